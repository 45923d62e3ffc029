"""How a package gets from one laptop to another: sealed in memory, or by the services through files as in real use."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from homevisit.domain.card import Card
from homevisit.domain.entry import Entry
from homevisit.domain.hlc import tick
from homevisit.errors import HomeVisitError
from homevisit.exchange.manifest import KnownHead, PackageKind
from homevisit.exchange.package import Contents, open_package, seal
from homevisit.services.packing import Packing, Parcel
from homevisit.services.receiving import as_received
from tests.property.merging.people import Laptop


class Road(Protocol):
    """One way of carrying."""

    def pack(self, giver: Laptop, to: Sequence[Card], entries: Sequence[Entry]) -> bytes:
        """A sealed package."""

    def take_in(self, desk: Laptop, data: bytes) -> str:
        """Take a package in; the code of the refusal, "" for none."""


class InMemory:
    """Seal, open, check and admit, without a file: the same code that decides, several times as quick."""

    def pack(self, giver: Laptop, to: Sequence[Card], entries: Sequence[Entry]) -> bytes:
        own, ledger = giver.store.identity, giver.store.ledger
        heads = (
            KnownHead(device=key[0], epoch=key[1], seq=last[0], id=last[1]) for key, last in ledger.vector().items()
        )
        contents = Contents(
            kind=PackageKind.EXPORT,
            author=own.card.person,
            device=own.card.device,
            epoch=own.epoch,
            seq=1,
            prev="",
            recipients=tuple(sorted({card.person for card in to})),
            created=tick("", giver.clock.now()),
            entries=tuple(entries),
            known_heads=tuple(sorted(heads, key=lambda head: (head.device, head.epoch))),
        )
        return seal(contents, signer=own.sign_key, recipients=[card.age_recipient for card in to]).data

    def take_in(self, desk: Laptop, data: bytes) -> str:
        own = desk.store.identity
        try:
            opened = open_package(data, identity=own.age_identity, me=own.card.person, pinned=desk.pinned)
            desk.store.ledger.admit(opened.entries, package=as_received(opened, "", me=own.card.device))
        except HomeVisitError as refusal:
            return refusal.code
        return ""


class ThroughFiles:
    """What the program does: outbox, inbox, quarantine and all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pack(self, giver: Laptop, to: Sequence[Card], entries: Sequence[Entry]) -> bytes:
        packing = Packing(giver.store, giver.home, giver.clock)
        return packing.read(packing.pack(Parcel(recipients=tuple(to), entries=tuple(entries))).name)

    def take_in(self, desk: Laptop, data: bytes) -> str:
        path = self._folder / f"{secrets.token_hex(13)}.age"
        path.write_bytes(data)
        (row,) = desk.services.receiving.take_in([path])
        return row.code
