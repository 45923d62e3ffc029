"""Writes what the folds give: one record at a time when something was signed, all of them in a rebuild."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from homevisit.domain.entry import Entry, Kind
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
MODEL_TABLES = tuple(sorted({table for fold in FOLDS.values() for table in fold.tables}))


class Folding:
    """Keeps the read models and the search index in step with the ledger."""

    def __init__(self, database: KeyedDatabase, entries: EntryTable) -> None:
        self._database = database
        self._entries = entries
        self._inserts: dict[str, str] = {}

    def refold(self, touched: Iterable[str]) -> None:
        """Fold these records again from their visible entries (a record has one kind, whatever a peer may send)."""
        for record in touched:
            rows = self._database.rows_of("SELECT DISTINCT kind FROM entry WHERE record = ? ORDER BY kind", (record,))
            kinds = [Kind(kind) for (kind,) in rows]
            for kind in kinds:
                self._remove(record, kind)
            for kind in kinds:
                self._fold(record, kind)

    def rebuild(self) -> None:
        """Drop everything derived and fold every record, in the order in which records last changed."""
        for trigger in ("search_added", "search_removed"):
            self._database.change(f"DROP TRIGGER IF EXISTS {trigger}")  # the index is built in one go at the end
        for table in (*MODEL_TABLES, "search_text"):
            self._database.change(f"DELETE FROM {table}")  # noqa: S608 - our own table names
        for record, kind in self.records():
            self._fold(record, kind)
        self._database.change("INSERT INTO search (search) VALUES ('rebuild')")
        triggers.put_in_place(self._database)

    def records(self) -> list[tuple[str, Kind]]:
        """Every record, the one that changed longest ago first."""
        rows = self._database.rows_of("SELECT record, kind FROM entry GROUP BY record, kind ORDER BY max(n)")
        return [(record, Kind(kind)) for record, kind in rows]

    def folded(self, record: str, kind: Kind) -> Folded:
        """What the read models should hold for a record."""
        ordered = self._entries.visible_of(record, kind)
        return FOLDS[kind].fold(record, ordered) if ordered else Folded()

    def _remove(self, record: str, kind: Kind) -> None:
        for table, column in FOLDS[kind].tables.items():
            self._database.change(f"DELETE FROM {table} WHERE {column} = ?", (record,))  # noqa: S608
        self._database.change("DELETE FROM search_text WHERE record = ?", (record,))

    def _fold(self, record: str, kind: Kind) -> None:
        folded = self.folded(record, kind)
        for table, rows in folded.rows.items():
            for row in rows:
                self._insert(table, row)
        for row in self.text_rows(record, folded):
            self._insert("search_text", row)

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

    def _insert(self, table: str, row: ModelRow) -> None:
        if table not in self._inserts:
            places = ", ".join("?" * len(row))
            self._inserts[table] = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"  # noqa: S608
        self._database.change(self._inserts[table], tuple(row.values()))
