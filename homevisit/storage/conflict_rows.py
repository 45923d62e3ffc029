"""Which records have something to settle, and the values of the fields that people gave side by side."""

from __future__ import annotations

from dataclasses import dataclass, field

from homevisit.domain.entry import Kind
from homevisit.storage.driver import KeyedDatabase

# Versions that all mark the visit as entered in error agree about it: there is nothing to settle.
VISITS = "SELECT id FROM visit WHERE heads > 1 AND withdrawn = 0 ORDER BY started DESC, id"
DETAILS = "SELECT DISTINCT record, family FROM field_conflict ORDER BY family, record"
KIND = "SELECT kind FROM entry WHERE id = (SELECT entry FROM field_conflict WHERE record = ? LIMIT 1)"
FIELDS = "SELECT field, entry FROM field_conflict WHERE record = ? ORDER BY field, shown DESC, entry"
FAMILY = "SELECT family FROM field_conflict WHERE record = ? LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFields:
    """The fields of a record with the entries that gave their values, the one shown first."""

    record: str
    kind: Kind
    family: str
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)


class ConflictRows:
    """Reads what the folds found; what is settled is no longer there."""

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database

    def visits(self) -> tuple[str, ...]:
        """Visits with several versions side by side."""
        return tuple(visit for (visit,) in self._database.rows_of(VISITS))

    def records(self) -> tuple[str, ...]:
        """Records with fields that people gave different values."""
        return tuple(record for record, _ in self._database.rows_of(DETAILS))

    def fields(self, record: str) -> OpenFields | None:
        """What is open about one record."""
        kind = self._database.value_of(KIND, (record,))
        if kind is None:
            return None
        found: dict[str, tuple[str, ...]] = {}
        for name, entry in self._database.rows_of(FIELDS, (record,)):
            found[name] = (*found.get(name, ()), entry)
        family = str(self._database.value_of(FAMILY, (record,)))
        return OpenFields(record=record, kind=Kind(kind), family=family, fields=found)
