"""The facts of a contact as they change: every function gives a new body, nothing is lost that was typed before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from homevisit.domain.completeness import missing_from
from homevisit.domain.moments import local_moment
from homevisit.domain.visit import Asked, ChildSeen, Presence, SeenAlone, VisitBody
from ui.presenters.visit_state import TimeProblems
from ui.presenters.visit_times import TypedTimes, joined, read_day, read_time, split
from ui.words import tr

ROOM = "visit"


def with_times(body: VisitBody, typed: TypedTimes, today: date) -> VisitBody:
    """The body with times as typed; the end is on the day of the start."""
    ended = joined(typed.day, typed.end, today) if typed.end.strip() else ""
    return replace(body, started=joined(typed.day, typed.start, today), ended=ended)


def with_present(body: VisitBody, person: str, present: bool) -> VisitBody:
    """Tick or untick a person of the family."""
    others = tuple(item for item in body.present if item.person != person)
    return replace(body, present=(*others, Presence(person=person)) if present else others)


def with_visitors(body: VisitBody, names: Sequence[str]) -> VisitBody:
    """Other visitors by name; the people of the family stay as they are."""
    family = tuple(item for item in body.present if item.person)
    visitors = tuple(Presence(name=name) for name in names if name.strip())
    return replace(body, present=family + visitors)


def with_child(body: VisitBody, child: ChildSeen) -> VisitBody:
    """What is known about one child; a child who was seen was present."""
    known = child.person in {item.person for item in body.children}
    children = tuple(child if item.person == child.person else item for item in body.children)
    changed = replace(body, children=children if known else (*children, child))
    return with_present(changed, child.person, child.seen is Asked.YES)


def with_alone(body: VisitBody, alone: SeenAlone) -> VisitBody:
    """Whether one carer was seen alone."""
    known = alone.person in {item.person for item in body.alone}
    kept = tuple(alone if item.person == alone.person else item for item in body.alone)
    return replace(body, alone=kept if known else (*kept, alone))


def child_of(body: VisitBody, person: str) -> ChildSeen:
    return next((item for item in body.children if item.person == person), ChildSeen(person=person))


def alone_of(body: VisitBody, person: str) -> SeenAlone:
    return next((item for item in body.alone if item.person == person), SeenAlone(person=person))


def visitors_of(body: VisitBody) -> tuple[str, ...]:
    return tuple(item.name for item in body.present if not item.person)


def time_problems(body: VisitBody, now: datetime) -> TimeProblems:
    """What is wrong with the times, each beside its field. An empty field is not wrong, only missing."""
    today = now.astimezone().date()
    start, end = split(body.started), split(body.ended)
    missing = {item.what for item in missing_from(body, (), {}, now)}
    day_wrong = bool(start.day) and read_day(start.day, today) is None
    start_wrong = bool(start.time) and read_time(start.time) is None
    return TimeProblems(
        day=tr(ROOM, "There is no such day. Write it like 1/3/2026.")
        if day_wrong
        else _ahead("time.future" in missing),
        start=tr(ROOM, "There is no such time. Write it like 10:05.") if start_wrong else "",
        end=_end_problem(body, end.time) if "time.end" in missing and not day_wrong else "",
    )


def _ahead(is_ahead: bool) -> str:
    return tr(ROOM, "This moment has not come yet. It can be signed once it has.") if is_ahead else ""


def _end_problem(body: VisitBody, end: str) -> str:
    if read_time(end) is None:
        return tr(ROOM, "There is no such time. Write it like 11:10.")
    if local_moment(body.started) is None:
        return ""
    return tr(ROOM, "The end is before the start.")
