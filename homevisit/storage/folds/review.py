"""A supervisor's review, comments in its body. It names one exact version; whether that is here the reader asks."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.codec import plain, review_from_json
from homevisit.domain.entry import Entry
from homevisit.domain.merge import heads
from homevisit.errors import HomeVisitError
from homevisit.storage.folds.rows import Folded, compact, is_withdrawn

TABLES = {"review": "id"}


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """The row of one review; none for one that cannot be read."""
    shown = heads(ordered)[0]
    try:
        body = review_from_json(shown.body)
    except HomeVisitError:
        return Folded()
    row = {
        "id": record,
        "family": shown.envelope.family,
        "visit": body.visit,
        "version": body.version,
        "decision": body.decision.value,
        "reviewer": shown.envelope.author,
        "recorded_at": shown.envelope.recorded_at,
        "hlc": shown.envelope.hlc,
        "entry": shown.id,
        "body": compact(plain(body)),
        "comments": len(body.comments),
        "withdrawn": int(is_withdrawn(ordered)),
    }
    return Folded({"review": [row]})
