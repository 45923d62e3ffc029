"""Entries as rows of the ledger, and rows as entries again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import orjson

from homevisit.domain.entry import Act, Entry, Envelope, Kind, written_entry
from homevisit.domain.merge import visible
from homevisit.errors import HomeVisitError
from homevisit.storage.driver import KeyedDatabase, Row
from homevisit.storage.sealing import ContentKeys

COLUMNS = "id, family, envelope, signature, salt, sealed"
ADD = """
INSERT INTO entry (id, record, kind, family, author, device, epoch, seq, envelope, signature, salt, sealed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
SLICE = 500


class EntryTable:
    """Reads and adds rows; it never changes or removes one, and the triggers would not let it."""

    def __init__(self, database: KeyedDatabase, contents: ContentKeys) -> None:
        self._database = database
        self._contents = contents

    def add(self, entry: Entry) -> None:
        """Insert one entry, its body sealed."""
        self._database.change(ADD, self._row(entry))

    def add_all(self, entries: Iterable[Entry]) -> None:
        """Insert many at once."""
        self._database.change_all(ADD, map(self._row, entries))

    def known(self, entries: Sequence[str]) -> set[str]:
        """Those of these ids that are in the ledger."""
        return {found for (found,) in self._database.rows_among("SELECT id FROM entry WHERE id IN", entries)}

    def as_kept(self, entry: Entry) -> Entry:
        """The entry as reading it again would give it: without its body where the family was erased."""
        kept = self._contents.keeps(entry.envelope.family)
        return entry.copied() if kept else replace(entry, body=None)

    def last_row(self) -> int:
        """The number of the row that came last."""
        return int(self._database.value_of("SELECT max(n) FROM entry") or 0)

    def records_until(self, row: int, records: Sequence[str]) -> list[str]:
        """Those of these records that had an entry when this was the last row."""
        sql = f"SELECT DISTINCT record FROM entry WHERE n <= {row} AND record IN"  # noqa: S608 - a number
        return [record for (record,) in self._database.rows_among(sql, records)]

    def by_record(self, records: Sequence[str], *, until: int) -> dict[str, list[Entry]]:
        """Every entry of these records until a row, held ones too, in the order they came."""
        found: dict[str, list[Entry]] = {record: [] for record in records}
        sql = f"SELECT {COLUMNS}, n, record FROM entry WHERE n <= {until} AND record IN"  # noqa: S608 - a number
        rows = list(self._database.rows_among(sql, records))
        for row in sorted(rows, key=lambda row: int(row[-2])):
            found[row[-1]].append(self._entry(row[:-2]))
        return found

    def one(self, entry: str) -> Entry | None:
        """The entry with this id."""
        found = self.where("id = ?", (entry,))
        return found[0] if found else None

    def of_record(self, record: str, kind: str) -> list[Entry]:
        """Every entry of a record, held ones too."""
        return self.where("record = ? AND kind = ?", (record, kind))

    def visible_of(self, record: str, kind: str) -> tuple[Entry, ...]:
        """The entries of a record that have all their parents here, in causal order."""
        return visible(self.of_record(record, kind))

    def where(self, condition: str, values: Sequence[object]) -> list[Entry]:
        """Entries by a condition of ours, in the order they came."""
        rows = self._database.rows_of(f"SELECT {COLUMNS} FROM entry WHERE {condition} ORDER BY n", values)  # noqa: S608
        return [self._entry(row) for row in rows]

    def all(self) -> Iterator[Entry]:
        """Every entry in the order it came, read in slices."""
        last = 0
        while rows := self._database.rows_of(
            f"SELECT {COLUMNS}, n FROM entry WHERE n > ? ORDER BY n LIMIT {SLICE}",  # noqa: S608
            (last,),
        ):
            last = rows[-1][-1]
            yield from (self._entry(row[:-1]) for row in rows)

    def _row(self, entry: Entry) -> Row:
        envelope = entry.envelope
        return (
            entry.id,
            envelope.record,
            envelope.kind.value,
            envelope.family,
            envelope.author,
            envelope.device,
            envelope.epoch,
            envelope.seq,
            entry.head_bytes().decode(),
            entry.signature,
            entry.salt,
            self._contents.seal(entry),
        )

    def _entry(self, row: Row) -> Entry:
        identifier, family, head, signature, salt, sealed = row
        body = self._contents.open(family, identifier, sealed)
        written = head.encode()
        return written_entry(identifier, _envelope(written), head=written, seal=(signature, salt), body=body)


def _envelope(head: bytes) -> Envelope:
    try:
        source = orjson.loads(head)
    except orjson.JSONDecodeError:
        raise HomeVisitError("store.unreadable") from None  # as ``kept_json``, which is too slow for all of a ledger
    source.pop("format")
    source["kind"], source["act"] = Kind(source["kind"]), Act(source["act"])
    source["parents"] = tuple(source["parents"])
    return Envelope(**source)
