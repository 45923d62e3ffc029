"""A person's details, merged field by field."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.codec import person_from_fields
from homevisit.domain.entry import Entry
from homevisit.domain.family import PersonDetails
from homevisit.domain.merge import merged_fields
from homevisit.domain.summaries import HitKind
from homevisit.storage.folds.patches import readable
from homevisit.storage.folds.rows import (
    Folded,
    SearchText,
    compact,
    conflicts,
    family_of,
    is_withdrawn,
    values_of,
)

TABLES = {"person": "id", "field_conflict": "record"}


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """The row of one person."""
    merged = merged_fields(ordered)
    fields = readable(values_of(merged), person_from_fields)
    details, family, withdrawn = person_from_fields(fields), family_of(ordered), is_withdrawn(ordered)
    row = {
        "id": record,
        "family": family,
        "name": details.name,
        "name_key": details.name.casefold(),
        "role": details.role.value,
        "birth_date": details.birth_date,
        "due_date": details.due_date,
        "gestation_days": details.gestation_days,
        "fields": compact(fields),
        "withdrawn": int(withdrawn),
    }
    texts = () if withdrawn or not merged else (_text(family, details),)
    return Folded({"person": [row], "field_conflict": conflicts(record, ordered, merged)}, texts)


def _text(family: str, details: PersonDetails) -> SearchText:
    number = details.nhs_number
    grouped = f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""
    return SearchText(
        kind=HitKind.PERSON,
        family=family,
        day=details.birth_date,
        name=" · ".join(filter(None, (details.name, number, grouped, details.phone))),
        text=details.note,
    )
