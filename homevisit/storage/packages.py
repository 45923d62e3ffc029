"""What leaves and what arrived: outbox and inbox rows, and what is known to have been sent to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from homevisit.clock import Clock, instant
from homevisit.domain.summaries import InboxRow, OutboxRow, PackageState
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.storage.admission import ReceivedPackage, storable
from homevisit.storage.driver import KeyedDatabase, Row

__all__ = ["Outgoing", "PackageBox", "ReceivedPackage", "RefusedFile"]

OUTBOX = """
SELECT id, name, kind, state, made_at, sent_at, place,
  (SELECT count(*) FROM outbox_entry WHERE package = outbox.id),
  (SELECT count(DISTINCT record) FROM outbox_entry JOIN entry ON entry.id = outbox_entry.entry
   WHERE package = outbox.id AND entry.kind = 'visit')
FROM outbox"""
INBOX = "SELECT id, file_name, received_at, sender_name, kind, code, new, known, held, kept FROM inbox"
SENT = "SELECT entry FROM outbox_entry JOIN outbox ON id = package WHERE state IN ('sent', 'delivered')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A package that was sealed. ``recipients`` are person ids, ``entries`` the ids of what is inside."""

    id: str
    name: str
    digest: str
    kind: str
    device: str
    epoch: str
    seq: int
    recipients: tuple[str, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that was not taken in, why, and where it lies still sealed."""

    file_name: str
    code: str
    kept: str
    size: int


class PackageBox:
    """``name_of`` gives the name on a person's card."""

    def __init__(self, database: KeyedDatabase, clock: Clock, name_of: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._name_of = name_of

    def queue(self, package: Outgoing) -> OutboxRow:
        """Keep a package that was made and has not left yet."""
        with self._database.atomic():
            self._database.change(
                "INSERT INTO outbox (id, name, digest, kind, device, epoch, seq, state, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?)",
                (
                    package.id,
                    package.name,
                    package.digest,
                    package.kind,
                    package.device,
                    package.epoch,
                    package.seq,
                    instant(self._clock.now()),
                ),
            )
            for person in package.recipients:
                self._database.change(
                    "INSERT INTO outbox_recipient (package, person) VALUES (?, ?)", (package.id, person)
                )
            for entry in package.entries:
                self._database.change("INSERT INTO outbox_entry (entry, package) VALUES (?, ?)", (entry, package.id))
        return self.outbox_row(package.id)

    def mark_sent(self, package: str, *, place: str = "") -> OutboxRow:
        """The package lies where its recipients fetch it."""
        self._database.change(
            "UPDATE outbox SET state = 'sent', sent_at = ?, place = ? WHERE id = ? AND state = 'waiting'",
            (instant(self._clock.now()), storable(place), package),
        )
        return self.outbox_row(package)

    def forget_waiting(self, package: str) -> None:
        """A package that was made and never left is gone: what was in it counts as not sent."""
        with self._database.atomic():
            for table in ("outbox_entry", "outbox_recipient"):
                self._database.change(f"DELETE FROM {table} WHERE package = ?", (package,))  # noqa: S608 - two names
            self._database.change("DELETE FROM outbox WHERE id = ? AND state = 'waiting'", (package,))

    def next_place(self, device: str, epoch: str) -> tuple[int, str]:
        """The number of the next package of this chain and the digest of the one before it."""
        row = self._database.row_of(
            "SELECT seq, digest FROM outbox WHERE device = ? AND epoch = ? ORDER BY seq DESC LIMIT 1", (device, epoch)
        )
        return (row[0] + 1, row[1]) if row else (1, "")

    def outbox(self) -> tuple[OutboxRow, ...]:
        """Every package that was made, newest first."""
        return self._outgoing("1", ())

    def outbox_row(self, package: str) -> OutboxRow:
        found = self._outgoing("id = ?", (package,))
        if not found:
            raise HomeVisitError("package.unknown", package=package)
        return found[0]

    def waiting(self) -> tuple[OutboxRow, ...]:
        """Packages that have not left yet, oldest first."""
        return self._outgoing("state = 'waiting'", ())[::-1]

    def unsent(self, person: str) -> int:
        """How many of a person's visits and reviews have a version shown that was never sent to anybody."""
        counted = self._database.value_of(
            f"SELECT (SELECT count(*) FROM visit WHERE author = ? AND head NOT IN ({SENT}))"  # noqa: S608
            f" + (SELECT count(*) FROM review WHERE reviewer = ? AND entry NOT IN ({SENT}))",
            (person, person),
        )
        return int(counted)

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
        with self._database.atomic():
            if kept:
                self._database.change("DELETE FROM inbox WHERE kept = ? AND code <> ''", (kept,))
            self._database.change(
                "INSERT INTO inbox (id, digest, kind, author, device, epoch, seq, prev, file_name, sender_name,"
                " received_at, code, kept, size, new, known, held)"
                " VALUES (?, '', '', '', '', '', 0, '', ?, '', ?, ?, ?, ?, 0, 0, 0)",
                (
                    identifier,
                    storable(refused.file_name),
                    instant(self._clock.now()),
                    refused.code,
                    kept,
                    refused.size,
                ),
            )
        return self.inbox_row(identifier)

    def refused_count(self) -> int:
        """How many files were refused and still lie in quarantine."""
        return int(self._database.value_of("SELECT count(*) FROM inbox WHERE code <> ''"))

    def forget_refused(self, identifier: str) -> None:
        """Take a refused file off the list: it was taken in after all, or the person dealt with it."""
        self._database.change("DELETE FROM inbox WHERE id = ? AND code <> ''", (identifier,))

    def _outgoing(self, condition: str, values: tuple[str, ...]) -> tuple[OutboxRow, ...]:
        rows = self._database.rows_of(f"{OUTBOX} WHERE {condition} ORDER BY made_at DESC, seq DESC", values)
        return tuple(self._outbox_row(row) for row in rows)

    def _outbox_row(self, row: Row) -> OutboxRow:
        identifier, name, kind, state, made_at, sent_at, place, entries, visits = row
        people = self._database.rows_of("SELECT person FROM outbox_recipient WHERE package = ?", (identifier,))
        return OutboxRow(
            id=identifier,
            name=name,
            kind=kind,
            recipients=tuple(sorted(self._name_of(person) for (person,) in people)),
            state=PackageState(state),
            made_at=made_at,
            sent_at=sent_at,
            entries=entries,
            visits=visits,
            place=place,
        )


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
