"""Entries as rows of the ledger, and rows as entries again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from homevisit.domain.entry import Act, Entry, Envelope, Kind
from homevisit.domain.merge import visible
from homevisit.storage.driver import KeyedDatabase, Row, kept_json
from homevisit.storage.sealing import ContentKeys

COLUMNS = "id, family, envelope, signature, salt, sealed"
SLICE = 500


class EntryTable:
    """Reads and adds rows; it never changes or removes one, and the triggers would not let it."""

    def __init__(self, database: KeyedDatabase, contents: ContentKeys) -> None:
        self._database = database
        self._contents = contents

    def add(self, entry: Entry) -> None:
        """Insert one entry, its body sealed."""
        envelope = entry.envelope
        self._database.change(
            "INSERT INTO entry (id, record, kind, family, author, device, epoch, seq,"
            " envelope, signature, salt, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.id,
                envelope.record,
                envelope.kind.value,
                envelope.family,
                envelope.author,
                envelope.device,
                envelope.epoch,
                envelope.seq,
                envelope.canonical().decode(),
                entry.signature,
                entry.salt,
                self._contents.seal(envelope.family, entry.id, entry.body),
            ),
        )

    def has(self, entry: str) -> bool:
        return self._database.row_of("SELECT 1 FROM entry WHERE id = ?", (entry,)) is not None

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

    def _entry(self, row: Row) -> Entry:
        identifier, family, envelope, signature, salt, sealed = row
        return Entry(
            id=identifier,
            envelope=_envelope(envelope),
            signature=signature,
            salt=salt,
            body=self._contents.open(family, identifier, sealed),
        )


def _envelope(text: str) -> Envelope:
    source = kept_json(text)
    source.pop("format")
    source["kind"], source["act"] = Kind(source["kind"]), Act(source["act"])
    source["parents"] = tuple(source["parents"])
    return Envelope(**source)
