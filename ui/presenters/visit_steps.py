"""The few steps of a visit and what is done of each: read from the draft, never kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from homevisit.domain.completeness import EXPECTED_SECTIONS, missing_from
from homevisit.domain.family import Person
from homevisit.domain.visit import Attendance, Section, VisitBody
from ui.presenters.visit_prompts import PromptPlace
from ui.visit_words import attendance_words, mode_words
from ui.words import tr, tr_count

ROOM = "visit"
CONTACT, PRESENT, NOTE, MORE, FINISH = "contact", "present", "note", "more", "finish"
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


def is_failed(body: VisitBody) -> bool:
    """Whether the family was not seen, so that facts and plan are enough."""
    return body.attendance is not Attendance.SEEN


def sections_shown(body: VisitBody) -> tuple[Section, ...]:
    """The sections to write in; text that stands in another one stays in sight."""
    if not is_failed(body):
        return tuple(Section)
    return tuple(item for item in Section if item in FAILED_SECTIONS or body.note.get(item, "").strip())


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
        alone = {set_id for set_id, count in Counter(place.set_id for place in places).items() if count == 1}
        steps += [_prompt(place, open_prompts.get(place.key), alone=place.set_id in alone) for place in places]
        steps.append(Step(id=MORE, title=tr(ROOM, "Add a prompt set"), detail=tr(ROOM, "what else fits this visit")))
    return (*steps, Step(id=FINISH, title=tr(ROOM, "Finish"), detail=tr(ROOM, "read, check and sign")))


def step_of(what: str) -> str:
    """The step in which something missing is put right."""
    head = what.partition("/")[0]
    if head == "response" or head.startswith("gap."):
        return PROMPTS + what.partition("/")[2]
    if head.startswith("note."):
        return NOTE
    return CONTACT if head.startswith("time.") else PRESENT


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


def _prompt(place: PromptPlace, still_open: int | None, *, alone: bool) -> Step:
    """A set that is asked about one person only is one line; several stand below its title."""
    if still_open is None:
        progress, words = Progress.OPEN, tr(ROOM, "not started")
    elif still_open:
        progress, words = Progress.STARTED, tr_count(ROOM, "{count} not answered", "{count} not answered", still_open)
    else:
        progress, words = Progress.DONE, tr(ROOM, "answered")
    title, group = (place.about, place.title) if place.about and not alone else (place.title, "")
    detail = f"{words} · {place.about}" if place.about and alone else words
    return Step(id=PROMPTS + place.key, title=title, detail=detail, status=words, group=group, progress=progress)
