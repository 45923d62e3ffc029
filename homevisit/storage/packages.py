"""What leaves and what arrived: outbox and inbox rows, and what is known to have been sent to which device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from homevisit.clock import Clock, instant
from homevisit.domain.summaries import InboxRow, OutboxRow, PackageState
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.storage.admission import ReceivedPackage, storable
from homevisit.storage.driver import KeyedDatabase, Row
from homevisit.storage.numbering import Numbering
from homevisit.storage.outbox_rows import OutboxRows

__all__ = ["Addressee", "Outgoing", "PackageBox", "ReceivedPackage", "RefusedFile"]

INBOX = "SELECT id, file_name, received_at, sender_name, kind, code, new, known, held, kept FROM inbox"
# What lies on one's own other laptop only has not reached anybody.
SENT = """SELECT entry FROM outbox_entry JOIN outbox ON id = package WHERE state IN ('sent', 'confirmed', 'delivered')
AND EXISTS (SELECT 1 FROM outbox_recipient r WHERE r.package = outbox.id AND r.person <> outbox.owner)"""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A device that a package is sealed for. ``number`` counts the packages for it, from 1 in each epoch."""

    device: str
    person: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A package that was sealed. ``entries`` are the ids of what is inside, ``owner`` is whose package it is."""

    id: str
    name: str
    digest: str
    kind: str
    device: str
    epoch: str
    seq: int
    recipients: tuple[Addressee, ...]
    entries: tuple[str, ...]
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that was not taken in, why, and where it lies still sealed.

    ``device``, ``package`` and ``digest`` are known only where its sender's signature was right.
    """

    file_name: str
    code: str
    kept: str
    size: int
    device: str = ""
    package: str = ""
    digest: str = ""


class PackageBox:
    """``name_of`` gives the name on a person's card."""

    def __init__(self, database: KeyedDatabase, clock: Clock, name_of: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._rows = OutboxRows(database, name_of)
        self._numbering = Numbering(database)

    def queue(self, package: Outgoing) -> OutboxRow:
        """Keep a package that was made and has not left yet; what is inside is no longer owed to its recipients."""
        head = (package.id, package.name, package.digest, package.kind, package.device, package.epoch, package.seq)
        with self._database.atomic():
            self._database.change(
                "INSERT INTO outbox (id, name, digest, kind, device, epoch, seq, owner, state, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)",
                (*head, package.owner, instant(self._clock.now())),
            )
            for to in package.recipients:
                self._database.change(
                    "INSERT INTO outbox_recipient (package, device, person, number) VALUES (?, ?, ?, ?)",
                    (package.id, to.device, to.person, to.number),
                )
            self._database.change_all(
                "INSERT INTO outbox_entry (entry, package) VALUES (?, ?)",
                ((entry, package.id) for entry in package.entries),
            )
            self._settle_owed(package)
        return self.outbox_row(package.id)

    def mark_sent(self, package: str, *, place: str = "") -> OutboxRow:
        """The package lies in a folder that a person chose."""
        self._leave(package, PackageState.SENT, place)
        return self.outbox_row(package)

    def mark_confirmed(self, package: str, *, place: str) -> None:
        """The package was read back at a place; ``place`` is its title."""
        self._leave(package, PackageState.CONFIRMED, place)

    def give_up(self, package: str, *, code: str) -> None:
        """A package that may never be fetched: what was in it is owed again to those who lack it.

        Its row stays, since it may have left all the same: the number it was given is never given again.
        """
        with self._database.atomic():
            self.release(package)
            self.retire(package, code=code)

    def retire(self, package: str, *, code: str) -> None:
        """Nothing more is done about a package, and whoever waits for it will be told so."""
        with self._database.atomic():
            self._numbering.make_void(package)
            self._database.change("UPDATE outbox SET state = 'refused', code = ? WHERE id = ?", (code, package))

    def release(self, package: str) -> None:
        """What was in a package is owed again to each device that has not acknowledged it."""
        self._database.change(
            "INSERT OR IGNORE INTO owed (entry, device, person, n, code, gone)"
            " SELECT e.id, r.device, r.person, e.n, '', 0 FROM outbox_entry o JOIN entry e ON e.id = o.entry"
            " JOIN outbox_recipient r ON r.package = o.package WHERE o.package = ? AND r.delivered_at = ''",
            (package,),
        )
        self._database.change("DELETE FROM outbox_entry WHERE package = ?", (package,))
        self._database.change("UPDATE inbox SET receipt = 'owed' WHERE receipt = ?", (package,))
        self._database.change(  # whatever they know already may be said again
            "DELETE FROM told_device WHERE device IN (SELECT r.device FROM outbox_recipient r JOIN outbox o"
            " ON o.id = r.package WHERE o.id = ? AND o.kind = 'key' AND r.delivered_at = '')",
            (package,),
        )

    def next_place(self, device: str, epoch: str) -> tuple[int, str]:
        """The number of the next package of this chain and the digest of the one before it."""
        row = self._database.row_of(
            "SELECT seq, digest FROM outbox WHERE device = ? AND epoch = ? ORDER BY seq DESC LIMIT 1", (device, epoch)
        )
        return (row[0] + 1, row[1]) if row else (1, "")

    def next_number(self, device: str, epoch: str, *, to: str) -> int:
        """How many packages of this chain a device will have been sent with the next one."""
        query = (
            "SELECT r.number FROM outbox_recipient r JOIN outbox o ON o.id = r.package"
            " WHERE r.device = ? AND o.device = ? AND o.epoch = ? ORDER BY r.number DESC LIMIT 1"
        )
        return int(self._database.value_of(query, (to, device, epoch)) or 0) + 1

    def outbox(self) -> tuple[OutboxRow, ...]:
        """Every package that was made, newest first."""
        return self._rows.where("1", ())

    def outbox_row(self, package: str) -> OutboxRow:
        found = self._rows.where("id = ?", (package,))
        if not found:
            raise HomeVisitError("package.unknown", package=package)
        return found[0]

    def waiting(self) -> tuple[OutboxRow, ...]:
        """Packages that have not left yet, oldest first."""
        return self._rows.where("state = 'waiting'", ())[::-1]

    def devices_of(self, package: str) -> frozenset[str]:
        """The devices that a package is sealed for."""
        rows = self._database.rows_of("SELECT device FROM outbox_recipient WHERE package = ?", (package,))
        return frozenset(device for (device,) in rows)

    def kept_names(self) -> frozenset[str]:
        """The names of packages whose sealed bytes may still be needed."""
        rows = self._database.rows_of("SELECT name FROM outbox WHERE state IN ('waiting', 'confirmed')")
        return frozenset(name for (name,) in rows)

    def unsent(self, person: str) -> int:
        """How many of a person's visits and reviews have a version shown that was never sent to anybody."""
        counted = self._database.value_of(
            f"SELECT (SELECT count(*) FROM visit WHERE author = ? AND head NOT IN ({SENT}))"  # noqa: S608
            f" + (SELECT count(*) FROM review WHERE reviewer = ? AND entry NOT IN ({SENT}))",
            (person, person),
        )
        return int(counted)

    def delivered(self) -> int:
        """How many packages every recipient has acknowledged; receipts are none."""
        query = "SELECT count(*) FROM outbox WHERE state = 'delivered' AND kind <> 'receipt'"
        return int(self._database.value_of(query))

    def seen(self, package: str) -> bool:
        """Whether this package was taken in before."""
        return self._database.row_of("SELECT 1 FROM inbox WHERE id = ? AND code = ''", (package,)) is not None

    def inbox(self) -> tuple[InboxRow, ...]:
        """Everything that arrived, newest first."""
        rows = self._database.rows_of(f"{INBOX} ORDER BY received_at DESC, rowid DESC")
        return tuple(_inbox_row(row) for row in rows)

    def inbox_row(self, package: str) -> InboxRow:
        row = self._database.row_of(f"{INBOX} WHERE id = ?", (package,))
        if row is None:
            raise HomeVisitError("package.unknown", package=package)
        return _inbox_row(row)

    def refuse(self, refused: RefusedFile) -> InboxRow:
        """Keep that a file was refused and why; the same file refused again replaces its earlier line."""
        identifier, kept = new_id(), storable(refused.kept)
        name, now = storable(refused.file_name), instant(self._clock.now())
        with self._database.atomic():
            if kept:
                self._database.change("DELETE FROM inbox WHERE kept = ? AND code <> ''", (kept,))
            self._database.change(
                "INSERT INTO inbox (id, digest, kind, author, device, epoch, seq, prev, file_name, sender_name,"
                " received_at, code, kept, size, new, known, held, package, receipt)"
                " VALUES (?, ?, '', '', ?, '', 0, '', ?, '', ?, ?, ?, ?, 0, 0, 0, ?, ?)",
                (
                    identifier,
                    refused.digest,
                    refused.device,
                    name,
                    now,
                    refused.code,
                    kept,
                    refused.size,
                    refused.package,
                    "owed" if refused.device else "",
                ),
            )
        return self.inbox_row(identifier)

    def refused_as(self, file_name: str) -> tuple[InboxRow, ...]:
        """Refused files that came under this name."""
        rows = self._database.rows_of(f"{INBOX} WHERE code <> '' AND file_name = ?", (file_name,))
        return tuple(_inbox_row(row) for row in rows)

    def refused_count(self) -> int:
        """How many files were refused and still lie in quarantine."""
        return int(self._database.value_of("SELECT count(*) FROM inbox WHERE code <> ''"))

    def forget_refused(self, identifier: str) -> None:
        """Take a refused file off the list: it was taken in after all, or the person dealt with it."""
        self._database.change("DELETE FROM inbox WHERE id = ? AND code <> ''", (identifier,))

    def _leave(self, package: str, state: PackageState, place: str) -> None:
        before = PackageState.WAITING if state is PackageState.SENT else PackageState.SENT
        self._database.change(
            "UPDATE outbox SET state = ?, sent_at = ?, place = ?, code = '' WHERE id = ? AND state IN ('waiting', ?)",
            (state.value, instant(self._clock.now()), storable(place), package, before),
        )

    def _settle_owed(self, package: Outgoing) -> None:
        """Nothing in it is owed to these devices any more; to whom it is still held is told that it went elsewhere."""
        people = {to.person for to in package.recipients} - {package.owner}
        for to in package.recipients:
            self._database.change_all(
                "DELETE FROM owed WHERE entry = ? AND (device = ? OR (device = '' AND person = ?))",
                ((entry, to.device, to.person) for entry in package.entries),
            )
        if people:
            self._database.change_among("DELETE FROM owed WHERE person = '' AND entry IN", package.entries)
            self._database.change_among("UPDATE owed SET gone = 1 WHERE entry IN", package.entries)


def _inbox_row(row: Row) -> InboxRow:
    identifier, file_name, received_at, sender_name, kind, code, new, known, held, kept = row
    return InboxRow(
        id=identifier,
        file_name=file_name,
        received_at=received_at,
        sender_name=sender_name,
        kind=kind,
        code=code,
        new=new,
        known=known,
        held=held,
        kept=kept,
    )
