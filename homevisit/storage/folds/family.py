"""A family's details, merged field by field."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.codec import family_from_fields
from homevisit.domain.entry import Entry
from homevisit.domain.family import FamilyDetails
from homevisit.domain.merge import merged_fields
from homevisit.domain.summaries import HitKind
from homevisit.storage.folds.patches import readable
from homevisit.storage.folds.rows import Folded, SearchText, compact, conflicts, is_withdrawn, values_of

TABLES = {"family": "id", "field_conflict": "record"}


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """The row of one family."""
    merged = merged_fields(ordered)
    fields = readable(values_of(merged), family_from_fields)
    details, withdrawn = family_from_fields(fields), is_withdrawn(ordered)
    row = {
        "id": record,
        "name": details.name,
        "name_key": details.name.casefold(),
        "level": details.level.value,
        "address": details.address,
        "fields": compact(fields),
        "withdrawn": int(withdrawn),
    }
    texts = () if withdrawn or not merged else (_text(record, details),)
    return Folded({"family": [row], "field_conflict": conflicts(record, ordered, merged)}, texts)


def _text(record: str, details: FamilyDetails) -> SearchText:
    return SearchText(
        kind=HitKind.FAMILY,
        family=record,
        name=" · ".join(filter(None, (details.name, details.address, details.phone))),
        text="\n".join(filter(None, (details.worries, details.strengths, details.level_reason))),
    )
