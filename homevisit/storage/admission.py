"""Taking in entries of others: checked once more, counted, and recorded with the package they came in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from homevisit.clock import Clock, instant
from homevisit.domain.entry import Entry, Kind
from homevisit.errors import HomeVisitError
from homevisit.storage.anew import AnewBox
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.entries import EntryTable
from homevisit.storage.numbering import Numbering

# Logical times are never capped, but one that leaves no room for the next would stop this device's own clock.
LOGICAL_TIME = re.compile(r"[0-8]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z-\d{4,9}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPackage:
    """The package that entries came in. ``known_heads`` is what its sender had: (device, epoch, seq, entry id).

    ``number`` counts the packages that this chain sent to this device, 0 where the sender did not count; under the
    numbers of ``void`` (epoch, first, last) nothing comes any more.
    """

    id: str
    digest: str
    kind: str
    author: str
    device: str
    epoch: str
    seq: int
    prev: str
    file_name: str
    sender_name: str
    known_heads: tuple[tuple[str, str, int, str], ...] = ()
    number: int = 0
    void: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """How many entries were new, known already, and held until a parent arrives."""

    added: tuple[Entry, ...] = ()
    known: int = 0
    held: int = 0

    @property
    def new(self) -> int:
        return len(self.added)


class Admitting:
    """One admission; the caller holds the transaction."""

    def __init__(self, database: KeyedDatabase, entries: EntryTable, clock: Clock) -> None:
        self._database = database
        self._entries = entries
        self._clock = clock

    def take(self, entries: Sequence[Entry], *, package: ReceivedPackage | None) -> Admission:
        """Check and insert; ``entry.damaged`` refuses all of them."""
        for entry in entries:
            _check(entry)
        once = {entry.id: entry for entry in entries}
        known = self._entries.known(list(once))
        added = tuple(entry for entry in once.values() if entry.id not in known)
        self._entries.add_all(added)
        for entry in added:
            if entry.envelope.kind is Kind.REVIEW and entry.body is not None:
                self._note_delivered(entry.envelope.device, str(entry.body.get("version", "")))
        if package is not None:
            self._note_heads(package)
        return Admission(added=added, known=len(entries) - len(added))

    def counted(self, result: Admission, held: set[str], package: ReceivedPackage | None) -> Admission:
        """The result with the entries that stay held, and the package's row."""
        complete = replace(result, held=sum(entry.id in held for entry in result.added))
        if package is not None:
            self._note_package(package, complete)
        return complete

    def _note_package(self, package: ReceivedPackage, result: Admission) -> None:
        place = (package.id, package.device, package.epoch, package.seq)
        known = "SELECT 1 FROM inbox WHERE id = ? OR (device = ? AND epoch = ? AND seq = ? AND code = '')"
        if self._database.row_of(known, place) is None:
            self._note_arrival(package)
        Numbering(self._database).note_void(package.device, package.void)
        self._database.change(
            "INSERT OR IGNORE INTO inbox (id, digest, kind, author, device, epoch, seq, prev, file_name, sender_name,"
            " received_at, code, kept, size, new, known, held, package, number, receipt, last_n)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, ?, ?, ?, ?, ?, ?,"
            " (SELECT coalesce(max(n), 0) FROM entry))",
            (
                package.id,
                package.digest,
                package.kind,
                package.author,
                package.device,
                package.epoch,
                package.seq,
                package.prev,
                storable(package.file_name),
                package.sender_name,
                instant(self._clock.now()),
                result.new,
                result.known,
                result.held,
                package.id,
                package.number,
                _receipt(package),
            ),
        )

    def _note_arrival(self, package: ReceivedPackage) -> None:
        """A chain numbers its packages for this device: fewer than the highest number means that some are missing."""
        if package.number:
            AnewBox(self._database).notice(package.device, package.epoch)
            self._database.change(
                "INSERT INTO arrival (device, epoch, person, highest, arrived) VALUES (?, ?, ?, ?, 1)"
                " ON CONFLICT (device, epoch) DO UPDATE SET highest = max(highest, excluded.highest),"
                " arrived = arrived + 1",
                (package.device, package.epoch, package.author, package.number),
            )

    def _note_heads(self, package: ReceivedPackage) -> None:
        """What the sender has seen: an own entry among it was delivered."""
        AnewBox(self._database).correct(package.device, package.epoch, package.known_heads)
        for device, epoch, seq, entry in package.known_heads:
            self._database.change(
                "INSERT INTO peer_head (person, device, epoch, seq, id) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (person, device, epoch) DO UPDATE SET seq = excluded.seq, id = excluded.id"
                " WHERE excluded.seq > seq",
                (package.author, device, epoch, seq, entry),
            )
            self._note_delivered(package.device, entry)

    def _note_delivered(self, device: str, entry: str) -> None:
        """Only the package that holds this very entry is known to have arrived: an earlier one may be lost.

        What lies at a place waits for its receipt: the entry may have come by another road, and a package that was
        taken away before it was fetched would be missed for ever.
        """
        self._database.change(
            "UPDATE outbox_recipient SET delivered_at = ? WHERE device = ? AND delivered_at = '' AND package IN"
            " (SELECT id FROM outbox JOIN outbox_entry ON package = id WHERE entry = ? AND state = 'sent')",
            (instant(self._clock.now()), device, entry),
        )
        self._database.change(
            "UPDATE outbox SET state = 'delivered' WHERE state = 'sent'"
            " AND id IN (SELECT package FROM outbox_entry WHERE entry = ?)"
            " AND NOT EXISTS (SELECT 1 FROM outbox_recipient o WHERE o.package = outbox.id AND o.delivered_at = '')",
            (entry,),
        )


def _receipt(package: ReceivedPackage) -> str:
    """Receipts are acknowledged only along with something else: two desks would never stop thanking each other."""
    if not package.number:
        return ""
    return "along" if package.kind == "receipt" else "owed"


def _check(entry: Entry) -> None:
    if not entry.id_matches() or not entry.body_matches():
        raise HomeVisitError("entry.damaged", entry=entry.id[:64])
    if not LOGICAL_TIME.fullmatch(entry.envelope.hlc):
        raise HomeVisitError("entry.bad_time", entry=entry.id)


def storable(text: str) -> str:
    """A file name or path from the disk may hold bytes that are no text."""
    return text.encode("utf-8", "replace").decode("utf-8")
