"""A response as lines to read: for Finish, the timeline, review and printing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.prompts.contents import Contents
from homevisit.prompts.evaluate import Context, ItemState, evaluate
from homevisit.prompts.finding import Found, settled_contents
from homevisit.prompts.items import Item, Kind
from homevisit.prompts.known_by import KnownBy, known_by
from homevisit.prompts.paths import ROOT, Path, path_text
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.reading_items import objects, text
from homevisit.prompts.scoring import Score, scores_of
from homevisit.prompts.terms import Role
from homevisit.prompts.values import answer_text, answered_at


class LineKind(StrEnum):
    """How a line is meant to be read."""

    HEADING = "heading"
    ANSWER = "answer"
    VERBATIM = "verbatim"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One line. ``path`` is the text of a place (comments are pinned to it, and it tells the same answer in two
    versions); ``at`` the instant of the answer if it was kept; ``score`` what the number means, where it is one;
    ``known`` how the answer is known, where that was said.
    """

    path: str
    prompt: str
    answer: str = field(default="", repr=False)
    kind: LineKind = LineKind.ANSWER
    depth: int = 0
    sensitive: bool = False
    at: str = ""
    score: Score | None = field(default=None, repr=False)
    known: KnownBy | None = field(default=None, repr=False)


def readable(questionnaire: Questionnaire | None, response: Mapping[str, object]) -> tuple[ReadLine, ...]:
    """The answered prompts in order with their headings. Without the prompt set (another version of the program
    asked) the response's own texts are read.
    """
    if questionnaire is None:
        return tuple(_as_it_stands(response, ROOT, depth=0))
    scores = {score.path: score for score in scores_of(questionnaire, response)}
    contents = settled_contents(questionnaire, response)
    return tuple(_lines(questionnaire.items, ROOT, contents, depth=0, scores=scores))


def unanswered(questionnaire: Questionnaire, response: Mapping[str, object]) -> tuple[ReadLine, ...]:
    """The prompts that are still expected to be answered, for "what is missing"."""
    state = evaluate(questionnaire, response, Context())
    return tuple(_missing(each) for each in state.walk() if each.unanswered)


def changed_paths(before: tuple[ReadLine, ...], after: tuple[ReadLine, ...]) -> frozenset[str]:
    """Paths whose answers differ between two readings, those in one of them only included."""
    earlier, later = ({line.path: line.answer for line in lines} for lines in (before, after))
    return frozenset(path for path in earlier.keys() | later.keys() if earlier.get(path) != later.get(path))


def _missing(state: ItemState) -> ReadLine:
    return ReadLine(path=path_text(state.path), prompt=state.item.label)


def _lines(
    items: tuple[Item, ...], place: Path, contents: Contents, *, depth: int, scores: Mapping[str, Score]
) -> Iterator[ReadLine]:
    for item in items:
        if not item.is_beside and not item.hidden:
            for path in contents.places_of(item, place):
                yield from _occurrence(Found(item, path, contents), depth, scores)


def _occurrence(found: Found, depth: int, scores: Mapping[str, Score]) -> Iterator[ReadLine]:
    item, path = found.item, found.path
    if item.kind is Kind.DISPLAY:
        if item.has_role(Role.CREDIT) or item.has_role(Role.GUARD_RAIL):
            yield ReadLine(path=path_text(path), prompt=item.text, kind=LineKind.NOTE, depth=depth)
        return
    inner = [
        line
        for branch in found.contents.branches_of(item, path)
        for line in _lines(item.items, branch, found.contents, depth=depth + 1, scores=scores)
    ]
    score = scores.get(path_text(path))
    if found.answers or (score and score.answered):
        yield _answer(found, depth, score)
    elif item.label and any(line.answer for line in inner):
        sensitive = item.has_role(Role.SENSITIVE)
        yield ReadLine(path=path_text(path), prompt=item.label, kind=LineKind.HEADING, depth=depth, sensitive=sensitive)
    if any(line.answer for line in inner):
        yield from inner


def _answer(found: Found, depth: int, score: Score | None) -> ReadLine:
    counted = f"{score.answered} of {score.of} answered" if score and not score.complete else ""
    return ReadLine(
        path=path_text(found.path),
        prompt=found.item.label,
        answer=counted or found.text,
        kind=LineKind.VERBATIM if found.item.has_role(Role.VERBATIM) else LineKind.ANSWER,
        depth=depth,
        sensitive=found.item.has_role(Role.SENSITIVE),
        at=max((answered_at(answer) or "" for answer in found.answers), default=""),
        score=score,
        known=known_by(found.answers),
    )


def _as_it_stands(raw: Mapping[str, object], place: Path, *, depth: int) -> Iterator[ReadLine]:
    seen: dict[str, int] = {}
    for each in objects(raw, "item"):
        link = text(each, "linkId")
        path = (*place, (link, seen.setdefault(link, 0)))
        seen[link] += 1
        answers = list(objects(each, "answer"))
        kind = LineKind.ANSWER if answers else LineKind.HEADING
        words = "; ".join(answer_text(answer) for answer in answers)
        known, prompt = known_by(answers), text(each, "text") or link
        yield ReadLine(path=path_text(path), prompt=prompt, answer=words, kind=kind, depth=depth, known=known)
        for index, holder in enumerate(answers or [each]):
            branch = (*place, (link, index)) if answers else path
            yield from _as_it_stands(holder, branch, depth=depth + 1)
