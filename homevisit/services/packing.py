"""Making packages: what is sealed is kept in the home until it has left, so that a kill at any point loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card, Desk
from homevisit.domain.entry import Entry, Kind
from homevisit.domain.hlc import tick
from homevisit.domain.summaries import OutboxRow
from homevisit.exchange import limits
from homevisit.exchange.manifest import Addressed, KnownHead, PackageKind
from homevisit.exchange.package import Contents, Sealed, seal
from homevisit.paths import Home
from homevisit.services.inside import Inside, at_once
from homevisit.storage.packages import Addressee, Outgoing
from homevisit.storage.store import Store
from homevisit.sync.transports import folder as folder_transport

NOT_KEPT, OVERTAKEN = "sync.not_kept", "sync.overtaken"
OVERTAKEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What goes into one package, and for whom. ``also`` runs in the transaction that queues it."""

    recipients: tuple[Card, ...]
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    kind: PackageKind | None = None
    document: JsonObject | None = field(default=None, repr=False)
    also: Callable[[str], None] | None = None


class Packing:
    """Seals on any thread; goes to the store for what it must know and to queue what was made."""

    def __init__(self, store: Store, home: Home, clock: Clock) -> None:
        self._store = store
        self._home = home
        self._clock = clock

    def pack(self, parcel: Parcel, inside: Inside = at_once) -> OutboxRow:
        """Seal, keep and queue. Where another package took the number meanwhile it is sealed again with the next."""
        while True:
            contents, signer = inside(lambda: (self._contents(parcel), self._store.identity.sign_key))
            sealed = seal(contents, signer=signer, recipients=[card.age_recipient for card in parcel.recipients])
            folder_transport.put_new(self._folder(), sealed.name, sealed.data)
            row = inside(partial(self._queue, parcel, contents, sealed))
            if row is not None:
                return row
            self.drop(sealed.name)

    def has(self, name: str) -> bool:
        """Whether the sealed bytes of a package are still kept here."""
        return (self._home.outgoing / name).is_file()

    def read(self, name: str) -> bytes:
        """The sealed bytes of a package that was made here."""
        return folder_transport.get(self._home.outgoing, name, max_bytes=limits.PACKAGE_BYTES)

    def drop(self, name: str) -> None:
        """The package needs no copy here any more."""
        with suppress(OSError):  # the next tidying takes it
            (self._home.outgoing / name).unlink()

    def give_up_lost(self) -> None:
        """What is not known to have left and is no longer kept, or was overtaken by later ones: it is packed anew."""
        packages, now = self._store.packages, self._clock.now()
        for row in packages.waiting():
            if not self.has(row.name):
                packages.give_up(row.id, code=NOT_KEPT)
        before, epoch = instant(now - OVERTAKEN_AFTER), self._store.identity.epoch
        for package in self._store.numbering.overtaken(before=before, epoch=epoch):
            packages.give_up(package, code=OVERTAKEN)

    def tidy(self) -> None:
        """Remove what a power cut left beside the packages that are still needed."""
        needed = self._store.packages.kept_names()
        for path in self._folder().iterdir():
            if path.name not in needed:
                with suppress(OSError):
                    path.unlink()

    def _contents(self, parcel: Parcel) -> Contents:
        identity, packages = self._store.identity, self._store.packages
        own = identity.card
        seq, prev = packages.next_place(own.device, identity.epoch)
        return Contents(
            kind=parcel.kind or (PackageKind.REVIEW if own.role is Desk.SUPERVISOR else PackageKind.EXPORT),
            author=own.person,
            device=own.device,
            epoch=identity.epoch,
            seq=seq,
            prev=prev,
            recipients=tuple(sorted({card.person for card in parcel.recipients})),
            addressed=self._addressed(parcel, identity.epoch),
            created=tick("", self._clock.now()),
            entries=parcel.entries,
            document=parcel.document,
            in_reply_to=_reviewed(parcel.entries),
            known_heads=self._known_heads() if parcel.document is None else (),
        )

    def _addressed(self, parcel: Parcel, epoch: str) -> tuple[Addressed, ...]:
        packages, own = self._store.packages, self._store.identity.card.device
        return tuple(
            Addressed(
                device=device,
                number=packages.next_number(own, epoch, to=device),
                void=self._store.numbering.void_for(device),
            )
            for device in sorted({card.device for card in parcel.recipients})
        )

    def _known_heads(self) -> tuple[KnownHead, ...]:
        return tuple(
            KnownHead(device=device, epoch=epoch, seq=last, id=entry)
            for (device, epoch), (last, entry) in sorted(self._store.ledger.vector().items())
        )

    def _queue(self, parcel: Parcel, contents: Contents, sealed: Sealed) -> OutboxRow | None:
        epoch, packages = self._store.identity.epoch, self._store.packages
        if (contents.epoch, contents.seq, contents.prev) != (epoch, *packages.next_place(contents.device, epoch)):
            return None
        if contents.addressed != self._addressed(parcel, epoch):
            return None
        persons = {card.device: card.person for card in parcel.recipients}
        package = Outgoing(
            id=sealed.package_id,
            name=sealed.name,
            digest=sealed.digest,
            kind=contents.kind.value,
            device=contents.device,
            epoch=contents.epoch,
            seq=contents.seq,
            owner=contents.author,
            recipients=tuple(Addressee(to.device, persons[to.device], to.number) for to in contents.addressed),
            entries=tuple(entry.id for entry in contents.entries),
        )
        with self._store.database.atomic():
            row = packages.queue(package)
            if parcel.also is not None:
                parcel.also(package.id)
        return row

    def _folder(self) -> Path:
        self._home.outgoing.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._home.outgoing


def _reviewed(entries: Sequence[Entry]) -> tuple[str, ...]:
    bodies = (entry.body for entry in entries if entry.envelope.kind is Kind.REVIEW and entry.body)
    return tuple(sorted({str(body["version"]) for body in bodies}))
