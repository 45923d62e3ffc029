"""What leaves: choosing what each recipient does not have yet, sealing it, and putting it into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from homevisit.clock import Clock
from homevisit.domain.card import Card, Desk
from homevisit.domain.entry import Entry, Kind
from homevisit.domain.hlc import tick
from homevisit.domain.summaries import OutboxRow, VisitRow
from homevisit.errors import HomeVisitError
from homevisit.exchange.manifest import KnownHead, PackageKind
from homevisit.exchange.package import Contents, Sealed, seal
from homevisit.paths import Home
from homevisit.storage.access import AccessAct
from homevisit.storage.packages import Outgoing
from homevisit.storage.store import Store
from homevisit.sync.selection import batches, entries_for
from homevisit.sync.transports import folder as folder_transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What one recipient has not been sent yet."""

    card: Card
    entries: int
    visits: tuple[VisitRow, ...]


class Sending:
    """Packages that leave this device. An entry is offered again only until it was sent."""

    def __init__(self, store: Store, home: Home, clock: Clock) -> None:
        self._store = store
        self._home = home
        self._clock = clock

    def waiting(self, recipient: Card) -> Waiting:
        """What would go to this person now."""
        self._forget_vanished()
        entries = self._selected(recipient)
        visits = {entry.envelope.record for entry in entries if entry.envelope.kind is Kind.VISIT}
        rows = self._store.views.visits_among(sorted(visits))
        return Waiting(card=recipient, entries=len(entries), visits=rows)

    def unsent(self) -> int:
        """How many visits or reviews of one's own have not been sent to anybody yet."""
        return self._store.packages.unsent(self._store.identity.card.person)

    def export(self, recipients: Sequence[Card], place: Path) -> tuple[OutboxRow, ...]:
        """Seal what these people do not have yet and put it into the folder; each package is whole or not there.

        A package that could not be put stays *waiting* and is finished by the next export, to whatever folder.
        """
        if not recipients:
            raise HomeVisitError("sending.no_recipient")
        folder_transport.check(place)
        self._forget_vanished()
        for people, entries in self._lacking(recipients):
            for batch in batches(entries):
                self._package(people, batch)
        waiting = self._store.packages.waiting()
        if not waiting:
            raise HomeVisitError("sending.nothing_new")
        sent = tuple(self._put(row, place) for row in waiting)
        self._tidy()
        return sent

    def outbox(self) -> tuple[OutboxRow, ...]:
        """Every package that was made, newest first."""
        return self._store.packages.outbox()

    def _lacking(self, recipients: Sequence[Card]) -> list[tuple[tuple[Card, ...], list[Entry]]]:
        """Entries by exactly who lacks them: a package for several people holds nothing that concerns one only."""
        found: dict[str, tuple[Entry, list[Card]]] = {}
        for recipient in {card.device: card for card in recipients}.values():
            for entry in self._selected(recipient):
                found.setdefault(entry.id, (entry, []))[1].append(recipient)
        groups: dict[tuple[Card, ...], list[Entry]] = {}
        for entry, people in sorted(found.values(), key=lambda item: item[0].envelope.seq):
            groups.setdefault(tuple(people), []).append(entry)
        return list(groups.items())

    def _selected(self, recipient: Card) -> tuple[Entry, ...]:
        me = self._store.identity.card
        own = self._store.ledger.of_author(me.person, unless_sent_to=recipient.person)
        return entries_for(recipient, own, author_of=self._author_of)

    def _author_of(self, version: str) -> str:
        entry = self._store.ledger.entry(version)
        return entry.envelope.author if entry else ""

    def _package(self, recipients: Sequence[Card], entries: tuple[Entry, ...]) -> OutboxRow:
        identity = self._store.identity
        seq, prev = self._store.packages.next_place(identity.card.device, identity.epoch)
        contents = Contents(
            kind=PackageKind.REVIEW if identity.card.role is Desk.SUPERVISOR else PackageKind.EXPORT,
            author=identity.card.person,
            device=identity.card.device,
            epoch=identity.epoch,
            seq=seq,
            prev=prev,
            recipients=tuple(sorted({card.person for card in recipients})),
            created=tick("", self._clock.now()),
            entries=entries,
            in_reply_to=_reviewed(entries),
            known_heads=tuple(
                KnownHead(device=device, epoch=epoch, seq=last, id=entry)
                for (device, epoch), (last, entry) in sorted(self._store.ledger.vector().items())
            ),
        )
        sealed = seal(contents, signer=identity.sign_key, recipients=[card.age_recipient for card in recipients])
        folder_transport.put_new(self._outgoing(), sealed.name, sealed.data)
        return self._store.packages.queue(_outgoing(sealed, contents))

    def _put(self, row: OutboxRow, place: Path) -> OutboxRow:
        kept = self._outgoing() / row.name
        folder_transport.put_new(place, row.name, kept.read_bytes())
        sent = self._store.packages.mark_sent(row.id, place=str(place))
        self._store.access.record(AccessAct.EXPORTED, f"package/{row.id}", f"entries={row.entries}")
        with suppress(OSError):  # it left; the next export tidies up
            kept.unlink()
        return sent

    def _forget_vanished(self) -> None:
        """A package that never left and is no longer kept, as after a restore: its entries are offered again."""
        for row in self._store.packages.waiting():
            if not (self._home.outgoing / row.name).exists():
                self._store.packages.forget_waiting(row.id)

    def _tidy(self) -> None:
        """Remove what a power cut left beside the packages that wait; everything in them is in the ledger."""
        waiting = {row.name for row in self._store.packages.waiting()}
        for path in self._outgoing().iterdir():
            if path.name not in waiting:
                with suppress(OSError):
                    path.unlink()

    def _outgoing(self) -> Path:
        self._home.outgoing.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._home.outgoing


def _outgoing(sealed: Sealed, contents: Contents) -> Outgoing:
    return Outgoing(
        id=sealed.package_id,
        name=sealed.name,
        digest=sealed.digest,
        kind=contents.kind.value,
        device=contents.device,
        epoch=contents.epoch,
        seq=contents.seq,
        recipients=contents.recipients,
        entries=tuple(entry.id for entry in contents.entries),
    )


def _reviewed(entries: Sequence[Entry]) -> tuple[str, ...]:
    bodies = (entry.body for entry in entries if entry.envelope.kind is Kind.REVIEW and entry.body)
    return tuple(sorted({str(body["version"]) for body in bodies}))
