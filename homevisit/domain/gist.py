"""What lists and the search need of a visit's body: found out once, and so small that a child program can say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from homevisit.domain.canonical import JsonObject
from homevisit.domain.codec import visit_from_json
from homevisit.domain.responses import set_id, subject_id
from homevisit.domain.summaries import HitKind
from homevisit.domain.visit import Section, VisitBody
from homevisit.errors import HomeVisitError

SUMMARY_LENGTH = 160


class Gist(NamedTuple):
    """Of one version of a visit; it is the same after a way through JSON, but that lists stand for tuples.

    ``responses`` are (prompt set, person), ``actions`` (id, what, owner, due, outcome), ``texts`` (kind of hit, text).
    """

    contact: str
    attendance: str
    started: str
    summary: str
    responses: Sequence[Sequence[str]] = ()
    actions: Sequence[Sequence[str]] = ()
    texts: Sequence[Sequence[str]] = ()


def gist_of(body: JsonObject | None) -> Gist | None:
    """The gist of a visit's body; None for one that is empty, was erased or cannot be read."""
    found = readable(body)
    return None if found is None else gist_of_visit(found)


def gist_of_visit(body: VisitBody) -> Gist:
    """The gist of a body that was read."""
    return Gist(
        contact=body.contact.value,
        attendance=body.attendance.value,
        started=body.started,
        summary=_summary(body),
        responses=tuple((set_id(response), subject_id(response)) for response in body.responses),
        actions=tuple((each.id, each.what, each.owner, each.due, each.outcome) for each in body.actions),
        texts=tuple(_texts(body)),
    )


def readable(body: JsonObject | None) -> VisitBody | None:
    """The visit that a body holds, None for no visit."""
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


def _texts(body: VisitBody) -> Iterable[tuple[str, str]]:
    said: list[str] = []
    for response in body.responses:
        _add_items(response, said)
    found = (
        (HitKind.NOTE, (body.note.get(section, "").strip() for section in Section)),
        (HitKind.ANSWER, said),
        (HitKind.ACTION, (words for action in body.actions for words in (action.what, action.owner))),
    )
    for kind, pieces in found:
        if text := "\n".join(filter(None, pieces)):
            yield kind.value, text


def _add_items(node: object, said: list[str]) -> None:
    """What the answers of a QuestionnaireResponse say, in order, as it stands there: asked for every item there is."""
    for item in node if isinstance(node, list) else (node,):
        if isinstance(item, dict):
            answers = item.get("answer")
            for answer in answers if isinstance(answers, list) else ():
                if isinstance(answer, dict):
                    _add_answer(answer, said)
            if "item" in item:
                _add_items(item["item"], said)
        elif isinstance(item, list):
            _add_items(item, said)


def _add_answer(answer: JsonObject, said: list[str]) -> None:
    words, coding = answer.get("valueString"), answer.get("valueCoding")
    if isinstance(words, str) and not words.isspace():
        said.append(words)
    if isinstance(coding, dict) and isinstance(shown := coding.get("display"), str) and not shown.isspace():
        said.append(shown)
    if "item" in answer:
        _add_items(answer["item"], said)
