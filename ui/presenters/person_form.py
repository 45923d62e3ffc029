"""What is typed about a person and a family: read forgivingly, explained beside the field, never changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Protocol, TypeVar

from homevisit.domain.age import gestation_on, gestation_text
from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import BABIES, FamilyDetails, Level, PersonDetails, Role, parse_date
from homevisit.domain.family_checks import nhs_number_problem, person_problems, plain_nhs_number
from homevisit.errors import HomeVisitError
from ui.messages import words_of
from ui.presenters.family_words import ROOM, away_words, baby_age, day_words
from ui.words import tr

NO_GESTATION = -1
LONGEST_AHEAD = 300
OLDEST_DAYS = 120 * 366
_GESTATION = re.compile(
    r"(\d{1,2})\s*(?:w|wk|wks|weeks?)?(?:\s*(?:\+|,|and)?\s*([0-6])\s*(?:d|days?)?)?(?:\s*/\s*40)?", re.IGNORECASE
)

Typed = TypeVar("Typed", bound="PersonTyped | FamilyTyped")


class ReadDay(Protocol):
    """A date as it was understood; ``problem`` is ``not-a-date`` or ``no-such-day`` where ``day`` is None."""

    @property
    def day(self) -> date | None: ...
    @property
    def problem(self) -> str: ...


DayReader = Callable[[str, date], ReadDay]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTyped:
    """The fields of the form, exactly as typed."""

    name: str = field(default="", repr=False)
    role: str = Role.CHILD.value
    birth: str = field(default="", repr=False)
    due: str = field(default="", repr=False)
    gestation: str = field(default="", repr=False)
    sex: str = ""
    nhs_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    lives_here: bool = True
    note: str = field(default="", repr=False)

    @property
    def is_blank(self) -> bool:
        """Nothing was typed: only choices that were there from the start."""
        texts = (self.name, self.birth, self.due, self.gestation, self.nhs_number, self.phone, self.note)
        return not any(text.strip() for text in texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyTyped:
    """The fields about the family as a whole, exactly as typed."""

    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    language: str = ""
    interpreter: str = ""
    level: str = ""
    level_reason: str = field(default="", repr=False)
    safety_note: str = field(default="", repr=False)
    worries: str = field(default="", repr=False)
    strengths: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRead:
    """What the typed fields come to; ``problems`` and ``hints`` stand beside the field of that name."""

    details: PersonDetails
    problems: Mapping[str, str] = field(default_factory=dict, repr=False)
    hints: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_person(typed: PersonTyped, today: date, read_day: DayReader) -> PersonRead:
    """Read a person; every problem is named in words, and what was understood is said back."""
    role = Role(typed.role)
    birth, birth_problem = _day(typed.birth, today, read_day)
    due, due_problem = _day(typed.due, today, read_day)
    gestation = read_gestation(typed.gestation)
    details = PersonDetails(
        name=typed.name.strip(),
        role=role,
        birth_date=birth.isoformat() if birth and role is not Role.UNBORN else "",
        due_date=due.isoformat() if due and role in BABIES else "",
        gestation_days=gestation if gestation != NO_GESTATION and role is not Role.UNBORN else None,
        sex=typed.sex,
        nhs_number=plain_nhs_number(typed.nhs_number.strip()),
        phone=typed.phone.strip(),
        lives_here=typed.lives_here,
        note=typed.note.strip(),
    )
    problems = {
        "birth": birth_problem or _birth_problem(birth, today),
        "due": due_problem or _due_problem(due, today),
        "gestation": _sentence("person.bad_gestation") if gestation == NO_GESTATION else "",
        "nhs_number": _sentence(nhs_number_problem(typed.nhs_number)),
    }
    for problem in person_problems(details):
        name = {"gestation_days": "gestation", "birth_date": "birth", "due_date": "due"}.get(
            problem.field_name, problem.field_name
        )
        problems[name] = problems.get(name) or _sentence(problem.code)
    shown = _shown_fields(role)
    return PersonRead(
        details=details,
        problems={name: words for name, words in problems.items() if words and name in shown},
        hints=_hints(details, today),
    )


def typed_person(details: PersonDetails) -> PersonTyped:
    """A person's details as the form shows them."""
    return PersonTyped(
        name=details.name,
        role=details.role.value,
        birth=_shown_day(details.birth_date),
        due=_shown_day(details.due_date),
        gestation="" if details.gestation_days is None else gestation_text(details.gestation_days),
        sex=details.sex,
        nhs_number=_grouped(details.nhs_number),
        phone=details.phone,
        lives_here=details.lives_here,
        note=details.note,
    )


def read_family(typed: FamilyTyped) -> FamilyDetails:
    """The family's details; any text is allowed."""
    values = {name: text.strip() for name, text in asdict(typed).items() if name != "level"}
    return FamilyDetails(**values, level=Level(typed.level))


def typed_family(details: FamilyDetails) -> FamilyTyped:
    """A family's details as the form shows them."""
    return FamilyTyped(**{**asdict(details), "level": details.level.value})


def read_gestation(text: str) -> int | None:
    """``31+4``, ``31``, ``31 weeks 4 days`` in days; None for nothing, ``NO_GESTATION`` for what is none."""
    if not text.strip():
        return None
    found = _GESTATION.fullmatch(text.strip())
    return int(found[1]) * 7 + int(found[2] or 0) if found else NO_GESTATION


def to_json(typed: PersonTyped | FamilyTyped) -> JsonObject:
    """The fields as a draft keeps them."""
    return asdict(typed)


def from_json(blank: Typed, source: object) -> Typed:
    """Fields that a draft kept; what is unknown or of another type is left as it is in ``blank``."""
    known = source if isinstance(source, dict) else {}
    kinds = {item.name: type(getattr(blank, item.name)) for item in fields(blank)}
    good = {name: value for name, value in known.items() if name in kinds and isinstance(value, kinds[name])}
    if "role" in good and good["role"] not in set(Role):
        del good["role"]
    if "level" in good and good["level"] not in set(Level):
        del good["level"]
    return replace(blank, **good)


def _day(text: str, today: date, read_day: DayReader) -> tuple[date | None, str]:
    if not text.strip():
        return None, ""
    read = read_day(text, today)
    if read.day is not None:
        return read.day, ""
    if read.problem == "no-such-day":
        return None, tr(ROOM, "There is no such day in the calendar.")
    return None, tr(ROOM, "Write a date like 1/3/26, 1 March 2026 or “3 weeks ago”.")


def _birth_problem(birth: date | None, today: date) -> str:
    if birth is None:
        return ""
    if birth > today:
        return tr(ROOM, "{day} is still to come. An unborn baby has a due date instead.", day=day_words(birth))
    too_old = (today - birth).days > OLDEST_DAYS
    return tr(ROOM, "{day} is more than 120 years ago.", day=day_words(birth)) if too_old else ""


def _due_problem(due: date | None, today: date) -> str:
    if due is None or (due - today).days <= LONGEST_AHEAD:
        return ""
    return tr(ROOM, "{day} is further away than a pregnancy lasts.", day=day_words(due))


def _hints(details: PersonDetails, today: date) -> dict[str, str]:
    birth, due = parse_date(details.birth_date), parse_date(details.due_date)
    hints: dict[str, str] = {}
    if birth and birth <= today:
        age = baby_age(details.birth_date, "", details.gestation_days, today)
        hints["birth"] = tr(ROOM, "{day} – {age}", day=day_words(birth), age=age)
    if due and details.role is Role.UNBORN:
        weeks = gestation_text(max(0, gestation_on(due, today)))
        hints["due"] = tr(ROOM, "{day} – {weeks} weeks today", day=day_words(due), weeks=weeks)
    elif due:
        hints["due"] = tr(ROOM, "{day}, {away}", day=day_words(due), away=away_words(due, today))
    return hints


def _shown_fields(role: Role) -> frozenset[str]:
    """The fields that the form shows for a role; a problem in a hidden one stops nothing."""
    always = frozenset({"name", "nhs_number"})
    if role is Role.UNBORN:
        return always | {"due"}
    return always | ({"birth", "due", "gestation"} if role is Role.CHILD else {"birth"})


def _sentence(code: str) -> str:
    return words_of(HomeVisitError(code)).sentence if code else ""


def _shown_day(text: str) -> str:
    day = parse_date(text)
    return day_words(day) if day else text


def _grouped(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}" if len(number) == 10 and number.isdigit() else number
