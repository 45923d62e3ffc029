"""Writes what the folds give: for the records that something was added to, or for all of them in a rebuild."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from homevisit.domain.entry import Entry, Kind
from homevisit.domain.merge import visible
from homevisit.storage import triggers
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.entries import EntryTable
from homevisit.storage.folds import action, family, person, review, share, tie, visit
from homevisit.storage.folds.rows import Folded, ModelRow
from homevisit.storage.model_rows import TEXTS, ModelRows, Wanted


@dataclass(frozen=True, slots=True)
class _Fold:
    """The fold of a kind and the tables it fills, each with the column that holds the record."""

    fold: Callable[[str, Sequence[Entry]], Folded]
    tables: dict[str, str]


FOLDS = {
    Kind.FAMILY: _Fold(family.fold, family.TABLES),
    Kind.PERSON: _Fold(person.fold, person.TABLES),
    Kind.TIE: _Fold(tie.fold, tie.TABLES),
    Kind.VISIT: _Fold(visit.fold, visit.TABLES),
    Kind.ACTION: _Fold(action.fold, action.TABLES),
    Kind.REVIEW: _Fold(review.fold, review.TABLES),
    Kind.SHARE: _Fold(share.fold, share.TABLES),
}
MANY = 12
"""From so many records on, the search index is written in one go."""
CHUNK = 500
"""So many records are folded at once: their bodies, read, are all that is in memory."""
MODEL_TABLES = tuple(sorted({table for fold in FOLDS.values() for table in fold.tables}))


@dataclass(frozen=True, slots=True)
class _Before:
    """Records that stood in the ledger until a row of it; ``are_shown`` unless the read models were emptied."""

    records: frozenset[str]
    until: int
    are_shown: bool = True


class Folding:
    """Keeps the read models and the search index in step with the ledger."""

    def __init__(self, database: KeyedDatabase, entries: EntryTable) -> None:
        self._database = database
        self._entries = entries
        self._rows = ModelRows(database)

    def refold(self, records: Iterable[str]) -> None:
        """Fold these records again from their visible entries (a record has one kind, whatever a peer may send)."""
        touched = dict.fromkeys(records)
        self._write({record: [] for record in touched}, stood=list(touched), until=self._entries.last_row())

    def take_up(self, added: Sequence[Entry], *, after: int) -> set[str]:
        """Fold the records of entries that were added just now; ``after`` is the row that was the last one before.

        A record that is new is folded from what is at hand: nothing of it has to be read or removed. Gives the ids of
        entries of these records that wait for a parent.
        """
        by_record: dict[str, list[Entry]] = {}
        for entry in added:
            by_record.setdefault(entry.envelope.record, []).append(entry)
        return self._write(by_record, stood=self._entries.records_until(after, list(by_record)), until=after)

    def rebuild(self) -> None:
        """Drop everything derived and fold every record, in the order in which records last changed."""
        records = dict.fromkeys(record for record, _ in self.records())
        with self._without_triggers():
            for table in (*MODEL_TABLES, TEXTS):
                self._database.change(f"DELETE FROM {table}")  # noqa: S608 - our own table names
            self._rows.begin()
            everything = dict.fromkeys(records, ())
            self._fold_all(everything, _Before(frozenset(records), self._entries.last_row(), are_shown=False))
            self._database.change("INSERT INTO search (search) VALUES ('rebuild')")

    def records(self) -> list[tuple[str, Kind]]:
        """Every record, the one that changed longest ago first."""
        rows = self._database.rows_of("SELECT record, kind FROM entry GROUP BY record, kind ORDER BY max(n)")
        return [(record, Kind(kind)) for record, kind in rows]

    def folded(self, record: str, kind: Kind) -> Folded:
        """What the read models should hold for a record."""
        return _folded(record, kind, self._entries.of_record(record, kind))

    def text_rows(self, record: str, folded: Folded) -> list[ModelRow]:
        """The rows of the search index for a record."""
        return [
            {
                "record": record,
                "kind": text.kind.value,
                "family": text.family,
                "day": text.day,
                "name": text.name,
                "text": text.text,
            }
            for text in folded.texts
        ]

    def _write(self, added: Mapping[str, Sequence[Entry]], *, stood: Sequence[str], until: int) -> set[str]:
        """The rows of these records: what was added to each, and before it what stood in the ledger until a row."""
        before = _Before(frozenset(stood), until)
        self._rows.begin()
        if len(added) < MANY:
            return self._fold_all(added, before)
        with self._without_triggers():
            held = self._fold_all(added, before, indexing=True)
            self._rows.index()
        return held

    @contextmanager
    def _without_triggers(self) -> Generator[None]:
        """The search index is left alone within, in the caller's transaction; who asks writes it in one statement.

        After every statement that a trigger makes, the index writes out what it has gathered. For many records that
        costs more than all the rest of taking them in.
        """
        for trigger in ("search_added", "search_removed"):
            self._database.change(f"DROP TRIGGER IF EXISTS {trigger}")
        yield
        triggers.put_in_place(self._database)

    def _fold_all(self, added: Mapping[str, Sequence[Entry]], before: _Before, *, indexing: bool = False) -> set[str]:
        held: set[str] = set()
        records = list(added)
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            stood = [record for record in chunk if record in before.records]
            read = self._entries.by_record(stood, until=before.until)
            wanted, kinds = Wanted(), dict[str, set[Kind]]()
            for record in chunk:
                entries = [*read.get(record, ()), *map(self._entries.as_kept, added[record])]
                held |= _held(entries)
                kinds[record] = {entry.envelope.kind for entry in entries}
                for kind in sorted(kinds[record]):
                    folded = _folded(record, kind, [entry for entry in entries if entry.envelope.kind is kind])
                    wanted.add(folded.rows)
                    wanted.add({TEXTS: self.text_rows(record, folded)})
            standing = _tables_of({record: kinds[record] for record in stood}) if before.are_shown else {}
            self._rows.write(wanted, standing=standing, indexing=indexing)
        return held


def _tables_of(kinds: Mapping[str, Iterable[Kind]]) -> dict[str, tuple[str, list[str]]]:
    """The tables that may hold rows of records of these kinds, each with the column that tells the record."""
    found = {TEXTS: ("record", list(kinds))} if kinds else {}
    for record, of_record in kinds.items():
        for kind in of_record:
            for table, column in FOLDS[kind].tables.items():
                found.setdefault(table, (column, []))[1].append(record)
    return found


def _folded(record: str, kind: Kind, entries: Sequence[Entry]) -> Folded:
    ordered = _visible(entries)
    return FOLDS[kind].fold(record, ordered) if ordered else Folded()


def _held(entries: Sequence[Entry]) -> set[str]:
    return {entry.id for entry in entries} - {entry.id for entry in _visible(entries)}


def _visible(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What most records are, one version after the other, needs no sorting."""
    return entries if _is_chain(entries) else visible(entries)


def _is_chain(entries: Sequence[Entry]) -> bool:
    before: tuple[str, ...] = ()
    for entry in entries:
        if entry.envelope.parents != before:
            return False
        before = (entry.id,)
    return True
