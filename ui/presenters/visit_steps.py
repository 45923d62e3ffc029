"""The few steps of a visit and what is done of each: read from the draft, never kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from homevisit.domain.completeness import EXPECTED_SECTIONS, missing_from
from homevisit.domain.family import CARERS, Person, Role
from homevisit.domain.visit import Attendance, Section, VisitBody
from homevisit.prompts.library import THREE_STEPS, Library, PromptSet
from ui.visit_words import attendance_words, mode_words, person_name, role_words
from ui.words import tr, tr_count

ROOM = "visit"
CONTACT, PRESENT, NOTE, FINISH = "contact", "present", "note", "finish"
PROMPTS = "prompts/"
FAILED_SECTIONS = (Section.FACTS, Section.PLAN)


class Progress(StrEnum):
    """How far a step is; every one has a word and an icon."""

    OPEN = "open"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the left column. ``status`` says in words how far it is, ``detail`` what else there is to say;
    steps of the same ``group`` stand under its heading.
    """

    id: str
    title: str = field(repr=False)
    detail: str = field(default="", repr=False)
    status: str = ""
    group: str = ""
    progress: Progress = Progress.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptPlace:
    """One prompt set about one person in this visit; ``key`` is the key of its response."""

    key: str
    set_id: str
    person: str
    title: str = field(repr=False)
    about: str = field(default="", repr=False)


def is_failed(body: VisitBody) -> bool:
    """Whether the family was not seen, so that facts and plan are enough."""
    return body.attendance is not Attendance.SEEN


def sections_shown(body: VisitBody) -> tuple[Section, ...]:
    """The sections to write in; text that stands in another one stays in sight."""
    if not is_failed(body):
        return tuple(Section)
    return tuple(item for item in Section if item in FAILED_SECTIONS or body.note.get(item, "").strip())


def prompt_places(library: Library, people: Sequence[Person], responses: Iterable[str]) -> tuple[PromptPlace, ...]:
    """Every prompt set once per person it is about, mother first; answered ones stay though the person is gone."""
    kept = tuple(responses)
    places = [_place(each, person) for each in library.sets for person in _asked(each, people)]
    known = {place.key for place in places}
    by_id = {each.id: each for each in library.sets}
    for key in kept:
        set_id, _, person = key.partition("/")
        if key not in known:
            title = by_id[set_id].title if set_id in by_id else set_id
            places.append(PromptPlace(key=key, set_id=set_id, person=person, title=title))
    return tuple(places)


def steps_of(
    body: VisitBody,
    people: Sequence[Person],
    places: Sequence[PromptPlace],
    open_prompts: Mapping[str, int],
    now: datetime,
) -> tuple[Step, ...]:
    """The steps of this kind of visit. ``open_prompts`` has, per response key, how many prompts have no answer."""
    missing = {item.what for item in missing_from(body, people, {}, now)}
    steps = [_contact(body, missing)]
    if not is_failed(body):
        steps.append(_present(body, missing))
    steps.append(_note(body))
    if not is_failed(body):
        steps += [_prompt(place, open_prompts.get(place.key)) for place in places]
    return (*steps, Step(id=FINISH, title=tr(ROOM, "Finish"), detail=tr(ROOM, "read, check and sign")))


def step_of(what: str) -> str:
    """The step in which something missing is put right."""
    head = what.partition("/")[0]
    if head == "response" or head.startswith("gap."):
        return PROMPTS + what.partition("/")[2]
    if head.startswith("note."):
        return NOTE
    return CONTACT if head.startswith("time.") else PRESENT


def children_of(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(person for person in people if person.details.role is Role.CHILD)


def carers_of(people: Iterable[Person]) -> tuple[Person, ...]:
    """Carers as persons in their own right, mother first, then in the order of the roles."""
    order = list(Role)
    carers = (person for person in people if person.details.role in CARERS)
    return tuple(sorted(carers, key=lambda person: order.index(person.details.role)))


def _asked(each: PromptSet, people: Sequence[Person]) -> tuple[Person | None, ...]:
    if each.per == "carer":
        return carers_of(people)
    return children_of(people) if each.per == "child" else (None,)


def _place(each: PromptSet, person: Person | None) -> PromptPlace:
    title = tr(ROOM, "Three-step conversation") if each.id == THREE_STEPS else each.title
    if person is None:
        return PromptPlace(key=f"{each.id}/", set_id=each.id, person="", title=title)
    about = f"{person_name(person)}, {role_words(person.details.role)}"
    return PromptPlace(key=f"{each.id}/{person.id}", set_id=each.id, person=person.id, title=title, about=about)


def _contact(body: VisitBody, missing: set[str]) -> Step:
    wrong = any(what.startswith("time.") for what in missing)
    words = (mode_words(body.mode), attendance_words(body.attendance).lower())
    return Step(
        id=CONTACT,
        title=tr(ROOM, "Contact"),
        detail=tr(ROOM, "Look at the times") if wrong else " · ".join(words),
        progress=Progress.STARTED if wrong else Progress.DONE,
    )


def _present(body: VisitBody, missing: set[str]) -> Step:
    still = sum(
        what.split("/")[0] in {"present", "child.seen", "child.reason", "child.awake", "alone"} for what in missing
    )
    begun = bool(body.present) or any(child.seen for child in body.children)
    detail = (
        tr_count(ROOM, "{count} thing to answer", "{count} things to answer", still) if still else tr(ROOM, "Answered")
    )
    progress = Progress.STARTED if begun else Progress.OPEN
    return Step(
        id=PRESENT,
        title=tr(ROOM, "Who was present"),
        detail=detail,
        progress=progress if still else Progress.DONE,
    )


def _note(body: VisitBody) -> Step:
    expected = FAILED_SECTIONS if is_failed(body) else EXPECTED_SECTIONS
    shown = sections_shown(body)
    written = [section for section in shown if body.note.get(section, "").strip()]
    done = all(section in written for section in expected)
    return Step(
        id=NOTE,
        title=tr(ROOM, "Note"),
        detail=tr(ROOM, "{written} of {all} sections written", written=len(written), all=len(shown)),
        progress=Progress.DONE if done else Progress.STARTED if written else Progress.OPEN,
    )


def _prompt(place: PromptPlace, still_open: int | None) -> Step:
    if still_open is None:
        progress, words = Progress.OPEN, tr(ROOM, "not started")
    elif still_open:
        progress, words = Progress.STARTED, tr_count(ROOM, "{count} not answered", "{count} not answered", still_open)
    else:
        progress, words = Progress.DONE, tr(ROOM, "answered")
    title, group = (place.about, place.title) if place.about else (place.title, "")
    return Step(id=PROMPTS + place.key, title=title, detail=words, status=words, group=group, progress=progress)
