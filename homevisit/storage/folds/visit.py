"""A visit as its newest version says; versions that stand side by side are counted and named, never merged."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.canonical import JsonObject
from homevisit.domain.codec import visit_from_json
from homevisit.domain.entry import Act, Entry
from homevisit.domain.merge import heads, numbers
from homevisit.domain.responses import set_id, subject_id
from homevisit.domain.summaries import HitKind
from homevisit.domain.visit import Section, VisitBody
from homevisit.errors import HomeVisitError
from homevisit.storage.folds.rows import Folded, ModelRow, SearchText, is_withdrawn

TABLES = {
    "visit": "id",
    "visit_version": "visit",
    "response": "visit",
    "planned_action": "visit",
}
SUMMARY_LENGTH = 160


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """The rows of one visit."""
    standing, counted = heads(ordered), numbers(ordered)
    shown = standing[0]
    source = _source(shown, ordered)
    body = body_of(source)
    withdrawn = is_withdrawn(ordered)
    row = {
        "id": record,
        "family": shown.envelope.family,
        "contact": body.contact.value,
        "attendance": body.attendance.value,
        "started": body.started,
        "recorded_at": shown.envelope.recorded_at,
        "author": shown.envelope.author,
        "head": shown.id,
        "heads": len(standing),
        "other_heads": " ".join(entry.id for entry in standing[1:]),
        "version": counted[shown.id],
        "withdrawn": int(withdrawn),
        "summary": _summary(body),
        "body_entry": source.id,
    }
    rows: dict[str, list[ModelRow]] = {
        "visit": [row],
        "visit_version": [{"entry": entry, "visit": record, "number": number} for entry, number in counted.items()],
        "response": _responses(record, shown.envelope.family, body),
        "planned_action": [] if withdrawn else _planned(record, shown.envelope.family, body),
    }
    return Folded(rows, _texts(shown.envelope.family, body))


def body_of(entry: Entry) -> VisitBody:
    """The body of a version; an empty one where it was erased or cannot be read."""
    return _readable(entry.body) or VisitBody(family=entry.envelope.family)


def _source(shown: Entry, ordered: Sequence[Entry]) -> Entry:
    """The version whose body is shown: a mark "entered in error" without one shows the version that it marks."""
    by_id = {entry.id: entry for entry in ordered}
    candidate = shown
    while candidate.envelope.act is Act.WITHDRAW and candidate.envelope.parents and not _readable(candidate.body):
        candidate = by_id[candidate.envelope.parents[0]]
    return candidate


def _readable(body: JsonObject | None) -> VisitBody | None:
    if not body:
        return None
    try:
        return visit_from_json(body)
    except HomeVisitError:
        return None


def _summary(body: VisitBody) -> str:
    for section in (Section.ANALYSIS, Section.FACTS, *Section):
        words = " ".join(body.note.get(section, "")[: SUMMARY_LENGTH * 4].split())
        if words:
            return words if len(words) <= SUMMARY_LENGTH else words[: SUMMARY_LENGTH - 1] + "…"
    return ""


def _responses(record: str, family: str, body: VisitBody) -> list[ModelRow]:
    return [
        {
            "visit": record,
            "position": position,
            "family": family,
            "prompt_set": set_id(response),
            "subject": subject_id(response),
            "started": body.started,
        }
        for position, response in enumerate(body.responses)
    ]


def _planned(record: str, family: str, body: VisitBody) -> list[ModelRow]:
    return [
        {
            "visit": record,
            "position": position,
            "id": action.id,
            "family": family,
            "what": action.what,
            "owner": action.owner,
            "due": action.due,
            "outcome": action.outcome,
        }
        for position, action in enumerate(body.actions)
    ]


def _texts(family: str, body: VisitBody) -> tuple[SearchText, ...]:
    note = "\n".join(text for section in Section if (text := body.note.get(section, "").strip()))
    said: list[object] = []
    for response in body.responses:
        _add_answers(response, said)
    answers = [words for words in said if isinstance(words, str) and words and not words.isspace()]
    planned = [words for action in body.actions for words in (action.what, action.owner) if words]
    found = (
        (HitKind.NOTE, note),
        (HitKind.ANSWER, "\n".join(answers)),
        (HitKind.ACTION, "\n".join(planned)),
    )
    day = body.started[:10]
    return tuple(SearchText(kind=kind, family=family, day=day, text=text) for kind, text in found if text)


def _add_answers(node: object, said: list[object]) -> None:
    """What the answers of a QuestionnaireResponse say, in order, as it stands there: asked for every item there is."""
    for item in node if isinstance(node, list) else (node,):
        if isinstance(item, list):
            _add_answers(item, said)
        elif isinstance(item, dict):
            for answer in _list(item.get("answer")):
                _add_answer(answer, said)
            if "item" in item:
                _add_answers(item["item"], said)


def _add_answer(answer: object, said: list[object]) -> None:
    if isinstance(answer, dict):
        said.append(answer.get("valueString"))
        if isinstance(coding := answer.get("valueCoding"), dict):
            said.append(coding.get("display"))
        if "item" in answer:
            _add_answers(answer["item"], said)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
