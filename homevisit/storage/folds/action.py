"""What became of an action; what was planned stands in the visit that planned it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homevisit.domain.entry import Entry
from homevisit.domain.merge import merged_fields
from homevisit.domain.summaries import HitKind
from homevisit.errors import HomeVisitError
from homevisit.storage.folds.patches import readable
from homevisit.storage.folds.rows import (
    Folded,
    SearchText,
    compact,
    conflicts,
    family_of,
    is_withdrawn,
    text_of,
    values_of,
)

TABLES = {"action": "id", "field_conflict": "record"}
FIELDS: dict[str, type[object]] = {
    "done": bool,
    "due": str,
    "family": str,
    "outcome": str,
    "owner": str,
    "visit": str,
    "what": str,
}


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """The row of one action."""
    merged = merged_fields(ordered)
    fields = readable(values_of(merged), _checked)
    done, family, withdrawn = fields.get("done"), family_of(ordered), is_withdrawn(ordered)
    row = {
        "id": record,
        "family": family,
        "fields": compact(fields),
        "done": None if done is None else int(bool(done)),
        "done_at": merged["done"].shown.entry.envelope.happened_at if done else "",
        "withdrawn": int(withdrawn),
    }
    words = "\n".join(filter(None, (text_of(fields.get("what")), text_of(fields.get("owner")))))
    text = SearchText(kind=HitKind.ACTION, family=family, day=text_of(fields.get("due")), text=words)
    texts = (text,) if words and not withdrawn else ()
    return Folded({"action": [row], "field_conflict": conflicts(record, ordered, merged)}, texts)


def _checked(fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        if type(value) is not FIELDS.get(name):
            raise HomeVisitError("entry.bad_body", what="action")
