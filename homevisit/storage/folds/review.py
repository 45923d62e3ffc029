"""A supervisor's review with its comments. It names one exact version; whether that is here is asked when reading."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.codec import plain, review_from_json
from homevisit.domain.entry import Entry
from homevisit.domain.merge import heads
from homevisit.domain.review import ReviewBody
from homevisit.errors import HomeVisitError
from homevisit.storage.folds.rows import Folded, ModelRow, compact, is_withdrawn

TABLES = {"review": "id", "comment": "review"}


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """The rows of one review; none for one that cannot be read."""
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
    return Folded({"review": [row], "comment": _comments(record, body)})


def _comments(record: str, body: ReviewBody) -> list[ModelRow]:
    return [
        {
            "review": record,
            "position": position,
            "part": comment.anchor.part,
            "start": comment.anchor.start,
            "ending": comment.anchor.end,
            "quote": comment.anchor.quote,
            "text": comment.text,
        }
        for position, comment in enumerate(body.comments)
    ]
