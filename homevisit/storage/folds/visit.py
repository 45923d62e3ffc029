"""A visit as its newest version says; versions that stand side by side are counted and named, never merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from homevisit.domain.entry import Act, Entry
from homevisit.domain.gist import Gist, gist_of, gist_of_visit, readable
from homevisit.domain.merge import heads, numbers
from homevisit.domain.summaries import HitKind
from homevisit.domain.visit import VisitBody
from homevisit.storage.folds.rows import Folded, ModelRow, SearchText, is_withdrawn

TABLES = {
    "visit": "id",
    "visit_version": "visit",
    "response": "visit",
    "planned_action": "visit",
}


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """The rows of one visit."""
    standing, counted = heads(ordered), numbers(ordered)
    shown = standing[0]
    source, gist = _source(shown, ordered)
    family, withdrawn = shown.envelope.family, is_withdrawn(ordered)
    row = {
        "id": record,
        "family": family,
        "contact": gist.contact,
        "attendance": gist.attendance,
        "started": gist.started,
        "recorded_at": shown.envelope.recorded_at,
        "author": shown.envelope.author,
        "head": shown.id,
        "heads": len(standing),
        "other_heads": " ".join(entry.id for entry in standing[1:]),
        "version": counted[shown.id],
        "withdrawn": int(withdrawn),
        "summary": gist.summary,
        "body_entry": source.id,
    }
    rows: dict[str, list[ModelRow]] = {
        "visit": [row],
        "visit_version": [{"entry": entry, "visit": record, "number": number} for entry, number in counted.items()],
        "response": _responses(record, family, gist),
        "planned_action": [] if withdrawn else _planned(record, family, gist),
    }
    return Folded(rows, _texts(family, gist))


def body_of(entry: Entry) -> VisitBody:
    """The body of a version; an empty one where it was erased or cannot be read."""
    return readable(entry.body) or VisitBody(family=entry.envelope.family)


def _source(shown: Entry, ordered: Sequence[Entry]) -> tuple[Entry, Gist]:
    """The version whose body is shown: a mark "entered in error" without one shows the version that it marks."""
    by_id = {entry.id: entry for entry in ordered}
    candidate, gist = shown, _gist(shown)
    while gist is None and candidate.envelope.act is Act.WITHDRAW and candidate.envelope.parents:
        candidate = by_id[candidate.envelope.parents[0]]
        gist = _gist(candidate)
    return candidate, gist or gist_of_visit(VisitBody(family=shown.envelope.family))


def _gist(entry: Entry) -> Gist | None:
    if entry.prepared is None:
        return gist_of(entry.body)
    told: list[Any] | None = entry.prepared.gist
    return None if told is None else Gist(*told)


def _responses(record: str, family: str, gist: Gist) -> list[ModelRow]:
    return [
        {
            "visit": record,
            "position": position,
            "family": family,
            "prompt_set": prompt_set,
            "subject": subject,
            "started": gist.started,
        }
        for position, (prompt_set, subject) in enumerate(gist.responses)
    ]


def _planned(record: str, family: str, gist: Gist) -> list[ModelRow]:
    return [
        {
            "visit": record,
            "position": position,
            "id": identifier,
            "family": family,
            "what": what,
            "owner": owner,
            "due": due,
            "outcome": outcome,
        }
        for position, (identifier, what, owner, due, outcome) in enumerate(gist.actions)
    ]


def _texts(family: str, gist: Gist) -> tuple[SearchText, ...]:
    day = gist.started[:10]
    return tuple(SearchText(kind=HitKind(kind), family=family, day=day, text=text) for kind, text in gist.texts)
