"""The few sentences that only the reading view needs: times, people and what was left out, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from homevisit.clock import parse_instant
from homevisit.domain.family import Person, parse_date
from homevisit.domain.visit import Presence, Section
from ui.visit_words import person_name, role_words, section_words
from ui.words import tr

ROOM = "reading"
People = Mapping[str, Person]


def day_words(text: str) -> str:
    """1 March 2026, for an ISO date; a text that names none is shown as it was typed."""
    day = parse_date(text)
    return _date(day, "d MMMM yyyy") if day else text


def wall_words(started: str, ended: str) -> str:
    """Sunday 1 March 2026, 09:30–10:15, from wall times as typed; impossible ones are shown as typed."""
    try:
        start = datetime.fromisoformat(started)
    except ValueError:
        return started or tr(ROOM, "Time not given")
    words = _date(start.date(), "dddd d MMMM yyyy") + f", {start:%H:%M}"
    return words + (f"–{_end(start, ended)}" if ended else "")


def _end(start: datetime, ended: str) -> str:
    try:
        end = datetime.fromisoformat(ended)
    except ValueError:
        return ended
    same_day = end.date() == start.date()
    return f"{end:%H:%M}" if same_day else _date(end.date(), "d MMMM ") + f"{end:%H:%M}"


def moment_words(instant: str) -> str:
    """1 Mar 2026, 10:40, in the person's own time for an instant; "" for none."""
    try:
        moment = parse_instant(instant).astimezone()
    except ValueError:
        return instant
    return _date(moment.date(), "d MMM yyyy") + f", {moment:%H:%M}"


def _date(day: date, form: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def named(people: People, person: str, *, with_role: bool = True) -> str:
    """A person of the family by name and role; one who is no longer listed is said to be so."""
    found = people.get(person)
    if found is None:
        return tr(ROOM, "somebody no longer listed")
    name, role = person_name(found), role_words(found.details.role)
    return f"{name} ({role})" if with_role and name.casefold() != role.casefold() else name


def present_words(people: People, present: tuple[Presence, ...]) -> str:
    """Everybody who was present, in one line."""
    names = [each.name.strip() if not each.person else named(people, each.person) for each in present]
    return ", ".join(name for name in names if name)


def omission_words(what: str, people: People) -> str:
    """What a code of ``missing_from`` stands for, as a heading before its reason."""
    code, _, subject = what.partition("/")
    if code.startswith("note."):
        section = code.removeprefix("note.")
        return section_words(Section(section)) if section in tuple(Section) else section
    sentence = _OMITTED.get(code)
    if sentence is None:
        return code
    person = subject.rpartition("/")[2]
    return tr(ROOM, sentence, name=named(people, person, with_role=False) if person else tr(ROOM, "the visit"))


_OMITTED = {
    "present": "Who was present",
    "child.seen": "Whether {name} was seen",
    "child.awake": "Whether {name} was awake",
    "child.reason": "Why {name} was not seen",
    "alone": "Whether {name} was seen alone",
    "response": "Prompts without an answer, {name}",
    "gap.no-outcome": "The outcome of step three, {name}",
    "gap.needs-without-strengths": "Strengths beside the areas of need, {name}",
    "gap.worry-without-baby-voice": "What it is like to be this baby, after a worry was noted",
}
