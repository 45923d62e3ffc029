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
CHUNK = 200
"""So many records are folded at once: their bodies, read, are all that is in memory."""
TO_INDEX = "INSERT INTO search (rowid, name, text) SELECT id, name, text FROM search_text WHERE id > ?"
FROM_INDEX = (
    "INSERT INTO search (search, rowid, name, text) SELECT 'delete', id, name, text FROM search_text WHERE id IN"
)
MODEL_TABLES = tuple(sorted({table for fold in FOLDS.values() for table in fold.tables}))


class Folding:
    """Keeps the read models and the search index in step with the ledger."""

    def __init__(self, database: KeyedDatabase, entries: EntryTable) -> None:
        self._database = database
        self._entries = entries
        self._inserts: dict[str, str] = {}

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
            for table in (*MODEL_TABLES, "search_text"):
                self._database.change(f"DELETE FROM {table}")  # noqa: S608 - our own table names
            self._fold_all({record: [] for record in records}, stood=list(records), until=self._entries.last_row())
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

    def _write(self, added: Mapping[str, list[Entry]], *, stood: Sequence[str], until: int) -> set[str]:
        """The rows of these records: what was added to each, and before it what stood in the ledger until a row."""
        if len(added) < MANY:
            self._remove(stood)
            return self._fold_all(added, stood=stood, until=until)
        with self._without_triggers():
            # In their order: the index writes out what it has gathered whenever a number is lower than the last.
            texts = sorted(self._database.rows_among("SELECT id FROM search_text WHERE record IN", stood))
            self._database.change_among(FROM_INDEX, [text for (text,) in texts])
            self._remove(stood)
            last = self._database.value_of("SELECT max(id) FROM search_text") or 0
            held = self._fold_all(added, stood=stood, until=until)
            self._database.change(TO_INDEX, (last,))
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

    def _remove(self, records: Sequence[str]) -> None:
        by_kind: dict[Kind, list[str]] = {}
        for record, kind in self._entries.kinds_of(records):
            by_kind.setdefault(kind, []).append(record)
        for kind, of_kind in by_kind.items():
            for table, column in FOLDS[kind].tables.items():
                self._database.change_among(f"DELETE FROM {table} WHERE {column} IN", of_kind)  # noqa: S608
        self._database.change_among("DELETE FROM search_text WHERE record IN", records)

    def _fold_all(self, added: Mapping[str, list[Entry]], *, stood: Sequence[str], until: int) -> set[str]:
        held: set[str] = set()
        records, before = list(added), frozenset(stood)
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            read = self._entries.by_record([record for record in chunk if record in before], until=until)
            rows = _Rows()
            for record in chunk:
                entries = [*read.get(record, ()), *map(self._entries.as_kept, added[record])]
                held |= _held(entries)
                for kind in sorted({entry.envelope.kind for entry in entries}):
                    folded = _folded(record, kind, [entry for entry in entries if entry.envelope.kind is kind])
                    rows.add(folded.rows)
                    rows.add({"search_text": self.text_rows(record, folded)})
            self._insert(rows)
        return held

    def _insert(self, rows: _Rows) -> None:
        for table, values in rows.of_table.items():
            if table not in self._inserts:
                columns = rows.columns[table]
                places = ", ".join("?" * len(columns))
                self._inserts[table] = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
            self._database.change_all(self._inserts[table], values)


class _Rows:
    """Rows by table, so that a statement is run for many at once."""

    def __init__(self) -> None:
        self.of_table: dict[str, list[tuple[object, ...]]] = {}
        self.columns: dict[str, tuple[str, ...]] = {}

    def add(self, rows: Mapping[str, Sequence[ModelRow]]) -> None:
        for table, of_table in rows.items():
            if of_table:
                self.columns.setdefault(table, tuple(of_table[0]))
                self.of_table.setdefault(table, []).extend(tuple(row.values()) for row in of_table)


def _folded(record: str, kind: Kind, entries: Sequence[Entry]) -> Folded:
    ordered = _visible(entries)
    return FOLDS[kind].fold(record, ordered) if ordered else Folded()


def _held(entries: Sequence[Entry]) -> set[str]:
    return {entry.id for entry in entries} - {entry.id for entry in _visible(entries)}


def _visible(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What most records are, one version and nothing before it, needs no sorting."""
    return entries if len(entries) == 1 and not entries[0].envelope.parents else visible(entries)
