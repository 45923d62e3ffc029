"""What changed between two states of a visit, place by place, with the changed words marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import Person
from homevisit.domain.responses import key_of
from homevisit.domain.visit import Section, VisitBody
from homevisit.prompts.library import Library
from ui.presenters.visit_prompts import Asking, prompt_places
from ui.presenters.visit_times import split
from ui.visit_words import asked_words, attendance_words, contact_words, mode_words, person_name, section_words
from ui.words import tr

ROOM = "visit"
_WORDS = re.compile(r"\s+|[^\s]+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
MOST_PIECES = 4_000


class Mark(StrEnum):
    """Whether a piece of text stands in both states, or only in this one."""

    SAME = "same"
    CHANGED = "changed"


Piece = tuple[Mark, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place that differs, with its text before and after in pieces; a ``sensitive`` one is not for in-home view."""

    part: str
    title: str = field(repr=False)
    before: tuple[Piece, ...] = field(repr=False)
    after: tuple[Piece, ...] = field(repr=False)
    sensitive: bool = False


def changes_between(
    before: VisitBody, after: VisitBody, people: Sequence[Person], library: Library
) -> tuple[Change, ...]:
    """Every place that differs, in reading order."""
    earlier, later = (_texts(body, people, library) for body in (before, after))
    responses = {key_of(response): response for response in (*before.responses, *after.responses)}
    hidden = {place.key for place in prompt_places(library, Asking(people=tuple(people)), responses) if place.sensitive}
    found = []
    for part in dict.fromkeys([*earlier, *later]):
        title, was = earlier.get(part, ("", ""))
        title, now = later.get(part, (title, ""))
        if was != now:
            first, second = pieces(was, now)
            sensitive = part.removeprefix("response/") in hidden
            found.append(Change(part=part, title=title, before=first, after=second, sensitive=sensitive))
    return tuple(found)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts cut into what they share and what they do not: by words, by lines where they are long."""
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(first), len(second)) > MOST_PIECES:
        first, second = _LINES.findall(before), _LINES.findall(after)
    if max(len(first), len(second)) > MOST_PIECES:
        return ((Mark.CHANGED, before),), ((Mark.CHANGED, after),)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        mark = Mark.SAME if kind == "equal" else Mark.CHANGED
        if b > a:
            left.append((mark, "".join(first[a:b])))
        if d > c:
            right.append((mark, "".join(second[c:d])))
    return tuple(left), tuple(right)


def _texts(body: VisitBody, people: Sequence[Person], library: Library) -> dict[str, tuple[str, str]]:
    """Every place of a visit as (title, text), by a code that is the same in both states."""
    texts = {
        "contact": (tr(ROOM, "Contact"), _contact_text(body)),
        "present": (tr(ROOM, "Who was present"), _present_text(body, people)),
    }
    for section in Section:
        texts[f"note.{section.value}"] = (section_words(section), body.note.get(section, ""))
    by_key = {key_of(response): response for response in body.responses}
    for place in prompt_places(library, Asking(people=tuple(people)), by_key):
        if place.key in by_key:
            title = f"{place.title} – {place.about}" if place.about else place.title
            texts[f"response/{place.key}"] = (title, _response_text(library, by_key[place.key]))
    return texts


def _contact_text(body: VisitBody) -> str:
    start, end = split(body.started), split(body.ended)
    times = f"{start.day} {start.time}" + (f" – {end.time}" if end.time else "")
    return "\n".join((contact_words(body.contact), mode_words(body.mode), attendance_words(body.attendance), times))


def _present_text(body: VisitBody, people: Sequence[Person]) -> str:
    names = {person.id: person_name(person) for person in people}
    lines = [names.get(item.person, item.name) for item in body.present]
    for child in body.children:
        lines.append(
            _line(tr(ROOM, "{name} seen", name=names.get(child.person, "")), asked_words(child.seen), child.reason)
        )
        lines.append(_line(tr(ROOM, "{name} awake", name=names.get(child.person, "")), asked_words(child.awake), ""))
    for alone in body.alone:
        title = tr(ROOM, "{name} seen alone", name=names.get(alone.person, ""))
        lines.append(_line(title, asked_words(alone.alone), alone.reason))
    return "\n".join(lines)


def _line(title: str, answer: str, reason: str) -> str:
    return f"{title}: {answer}" + (f" ({reason})" if reason.strip() else "")


def _response_text(library: Library, response: Mapping[str, object] | JsonObject) -> str:
    lines = library.readable(dict(response))
    return "\n".join(f"{line.prompt}\n{line.answer}" for line in lines if line.answer)
