"""Rows of the read models: what stands is compared with what the folds give, and only what differs is written.

Most of a visit stays as it was when a word of it is amended, and every row and index that is left alone is a page that
need not be encrypted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.folds.rows import ModelRow

Values = tuple[object, ...]
TEXTS = "search_text"
FROM_INDEX = (
    "INSERT INTO search (search, rowid, name, text) SELECT 'delete', id, name, text FROM search_text WHERE id IN"
)
TO_INDEX = "INSERT INTO search (rowid, name, text) SELECT id, name, text FROM search_text WHERE id > ?"
# A table whose rows have no number of their own: those of a record are written anew, and there are hardly ever any.
WITHOUT_NUMBERS = frozenset({"field_conflict"})


@dataclass(slots=True)
class _Difference:
    """Row numbers that go, rows that change (number, as it was, as it is to be), and rows that are new."""

    gone: list[int] = field(default_factory=list)
    changed: list[tuple[int, Values, Values]] = field(default_factory=list)
    fresh: list[Values] = field(default_factory=list)


class Wanted:
    """What the folds give for some records, by table."""

    def __init__(self) -> None:
        self.of_table: dict[str, list[Values]] = {}
        self.columns: dict[str, tuple[str, ...]] = {}

    def add(self, rows: Mapping[str, Sequence[ModelRow]]) -> None:
        """The rows of one more record; the columns of a table are the same in each."""
        for table, of_table in rows.items():
            if of_table:
                self.columns.setdefault(table, tuple(of_table[0]))
                self.of_table.setdefault(table, []).extend(tuple(row.values()) for row in of_table)


class ModelRows:
    """Writes within the caller's transaction. With ``indexing`` the search index has no triggers meanwhile."""

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database
        self._last_text = self._indexed_until = 0

    def begin(self) -> None:
        """To be called before the first row of a transaction."""
        self._last_text = self._indexed_until = int(self._database.value_of("SELECT max(id) FROM search_text") or 0)

    def write(self, wanted: Wanted, *, standing: Mapping[str, tuple[str, Sequence[str]]], indexing: bool) -> None:
        """Bring these rows about. ``standing`` has the column and records of each table that may hold rows already."""
        found = {
            table: self._difference(table, wanted, *standing.get(table, ("", ())))
            for table in dict.fromkeys((*standing, *wanted.of_table))
        }
        for table, difference in found.items():
            self._remove(table, difference.gone, indexing=indexing)
        for table, difference in found.items():
            columns = wanted.columns.get(table, ())
            self._change(table, columns, difference.changed)
            self._insert(table, columns, difference.fresh)

    def index(self) -> None:
        """Put the texts that were written since :meth:`begin` into the search index, all in one go."""
        self._database.change(TO_INDEX, (self._indexed_until,))

    def _difference(self, table: str, wanted: Wanted, column: str, records: Sequence[str]) -> _Difference:
        rows = wanted.of_table.get(table, [])
        if not records:
            return _Difference(fresh=rows)
        if table in WITHOUT_NUMBERS:
            self._database.change_among(f"DELETE FROM {table} WHERE {column} IN", records)  # noqa: S608
            return _Difference(fresh=rows)
        columns = wanted.columns.get(table, ())
        sql = f"SELECT {', '.join(('rowid', *columns))} FROM {table} WHERE {column} IN"  # noqa: S608 - our own names
        stand = self._database.rows_among(sql, records)
        place = columns.index(column) if column == "id" and columns else -1
        return _compared(stand, rows) if place < 0 else _compared_by_key(stand, rows, place)

    def _remove(self, table: str, numbers: Sequence[int], *, indexing: bool) -> None:
        # In their order: the index writes out what it has gathered whenever a number is lower than the last.
        numbers = sorted(numbers)
        if table == TEXTS and indexing:
            self._database.change_among(FROM_INDEX, numbers)
        self._database.change_among(f"DELETE FROM {table} WHERE rowid IN", numbers)  # noqa: S608 - our own names

    def _change(self, table: str, columns: Sequence[str], changed: Iterable[tuple[int, Values, Values]]) -> None:
        """Only the columns that differ: the indexes of the others are not touched."""
        alike: dict[tuple[int, ...], list[Values]] = {}
        for number, before, after in changed:
            places = tuple(place for place, value in enumerate(after) if value != before[place])
            alike.setdefault(places, []).append((*(after[place] for place in places), number))
        for places, rows in alike.items():
            names = ", ".join(f"{columns[place]} = ?" for place in places)
            self._database.change_all(f"UPDATE {table} SET {names} WHERE rowid = ?", rows)  # noqa: S608

    def _insert(self, table: str, columns: Sequence[str], fresh: Sequence[Values]) -> None:
        if not fresh:
            return
        rows: Iterable[Values] = fresh
        if table == TEXTS:  # numbered here, so that no text gets the number of one that went
            columns, first = ("id", *columns), self._last_text + 1
            rows = ((number, *values) for number, values in enumerate(fresh, first))
            self._last_text += len(fresh)
        places = ", ".join("?" * len(columns))
        self._database.change_all(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608


def _compared(standing: Iterable[tuple[int, *Values]], wanted: Iterable[Values]) -> _Difference:
    """A row that stands as it is wanted stays; as often as it is wanted."""
    found, numbers = _Difference(), dict[Values, list[int]]()
    for number, *values in standing:
        numbers.setdefault(tuple(values), []).append(number)
    for row in wanted:
        if same := numbers.get(row):
            same.pop()
        else:
            found.fresh.append(row)
    found.gone = [number for left in numbers.values() for number in left]
    return found


def _compared_by_key(standing: Iterable[tuple[int, *Values]], wanted: Iterable[Values], place: int) -> _Difference:
    """Where a record has one row, that row is changed."""
    found = _Difference()
    by_key = {values[place]: (number, tuple(values)) for number, *values in standing}
    for row in wanted:
        stands = by_key.pop(row[place], None)
        if stands is None:
            found.fresh.append(row)
        elif stands[1] != row:
            found.changed.append((*stands, row))
    found.gone = [number for number, _ in by_key.values()]
    return found
