"""How two people relate, merged field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homevisit.domain.codec import TIE_READERS
from homevisit.domain.entry import Entry
from homevisit.domain.merge import merged_fields
from homevisit.errors import HomeVisitError
from homevisit.storage.folds.patches import readable
from homevisit.storage.folds.rows import Folded, compact, conflicts, family_of, is_withdrawn, text_of, values_of

TABLES = {"tie": "id", "field_conflict": "record"}


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """The row of one tie."""
    merged = merged_fields(ordered)
    fields = readable(values_of(merged), _checked)
    row = {
        "id": record,
        "family": family_of(ordered),
        "source": text_of(fields.get("source")),
        "target": text_of(fields.get("target")),
        "fields": compact(fields),
        "withdrawn": int(is_withdrawn(ordered)),
    }
    return Folded({"tie": [row], "field_conflict": conflicts(record, ordered, merged)})


def _checked(fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        try:
            TIE_READERS.get(name, _text)(value)
        except (ValueError, TypeError):
            raise HomeVisitError("entry.bad_body", what="Tie") from None


def _text(value: object) -> None:
    if not isinstance(value, str):
        raise TypeError("text expected")
