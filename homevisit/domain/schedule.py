"""Which contacts are due by age or gestation. The windows are dated data; chronological age counts, not corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from homevisit.domain.age import TERM_DAYS, months_after
from homevisit.domain.family import Person, Role, parse_date
from homevisit.domain.visit import Contact

COMING = timedelta(days=7)
OVERDUE_SHOWN = timedelta(days=42)
SUGGESTED = "suggested"


class Due(StrEnum):
    """Where today lies against a contact's window."""

    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"


class Born(NamedTuple):
    """What the schedule needs to know of a child or an unborn child."""

    family: str
    role: Role
    birth_date: str
    due_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a contact should happen, counted from birth (``clock`` "age") or in gestation ("gestation").

    A ``suggested`` contact is one that services may choose to make: it is proposed, never called due or overdue.
    """

    contact: Contact
    clock: str
    suggested: bool = False
    from_days: int = 0
    to_days: int = 0
    from_months: int = 0
    to_months: int = 0

    def days(self, born: Born) -> tuple[date, date] | None:
        """First and last day of the window for a child; None if it does not apply."""
        if self.clock == "gestation":
            due = parse_date(born.due_date) if born.role is Role.UNBORN else None
            if due is None:
                return None
            conception = due - timedelta(days=TERM_DAYS)
            return conception + timedelta(days=self.from_days), conception + timedelta(days=self.to_days)
        birth = parse_date(born.birth_date) if born.role is Role.CHILD else None
        if birth is None:
            return None
        if self.to_months:
            return months_after(birth, self.from_months), months_after(birth, self.to_months)
        return birth + timedelta(days=self.from_days), birth + timedelta(days=self.to_days)

    def dates(self, day: date) -> tuple[str, str]:
        """The first and last date of birth (or due date) that the window can concern on a day, taken widely."""
        if self.clock == "gestation":
            early, late = self.to_days - TERM_DAYS, self.from_days - TERM_DAYS
        else:
            early, late = self.to_days + self.to_months * 31, self.from_days + self.from_months * 28
        return (day - OVERDUE_SHOWN - timedelta(early)).isoformat(), (day + COMING - timedelta(late)).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueContact:
    """One contact of one child that is coming, due or overdue."""

    family: str
    person: Person
    contact: Contact
    opens: date
    closes: date
    due: Due


def windows_from(source: Mapping[str, object]) -> tuple[Window, ...]:
    """The windows of a schedule file (``resources/schedule``); a contact without a confirmed window has none."""
    contacts = source["contacts"]
    if not isinstance(contacts, list):
        raise TypeError("contacts must be a list")
    return tuple(
        Window(
            contact=Contact(item["contact"]),
            clock=item["clock"],
            suggested=item["status"] == SUGGESTED,
            from_days=item.get("from_days", 0),
            to_days=item.get("to_days", 0),
            from_months=item.get("from_months", 0),
            to_months=item.get("to_months", 0),
        )
        for item in contacts
        if "clock" in item
    )


def due_contacts(
    people: Sequence[Person], kept: Mapping[str, frozenset[Contact]], windows: Sequence[Window], day: date
) -> tuple[DueContact, ...]:
    """Contacts to think of on a day, the soonest to close first.

    Args:
        people: children and unborn children.
        kept: per family, the kinds of contact that were kept already.
        windows: the schedule.
        day: today, in local time.
    """
    found = [
        DueContact(family=person.family, person=person, contact=window.contact, opens=span[0], closes=span[1], due=due)
        for person in people
        for window, span, due in _open_windows(_born(person), kept.get(person.family, frozenset()), windows, day)
    ]
    return tuple(sorted(found, key=lambda item: (item.closes, item.person.id)))


def is_due(born: Born, kept: frozenset[Contact], windows: Sequence[Window], day: date) -> bool:
    """Whether there is any contact to think of; asked of everyone before whole people are read."""
    return next(_open_windows(born, kept, windows, day), None) is not None


def near(windows: Sequence[Window], day: date) -> Callable[[Born], bool]:
    """A quick first look: whether a child's dates are near any window at all; exact dates are for :func:`is_due`."""
    spans = [(window.clock == "gestation", *window.dates(day)) for window in windows]

    def looks_near(born: Born) -> bool:
        return any(low <= (born.due_date if unborn else born.birth_date) <= high for unborn, low, high in spans)

    return looks_near


def _open_windows(
    born: Born, kept: frozenset[Contact], windows: Sequence[Window], day: date
) -> Iterator[tuple[Window, tuple[date, date], Due]]:
    for window in windows:
        span = window.days(born) if window.contact not in kept else None
        if span is not None and (due := _due(span, day)) is not None:
            yield window, span, due


def _born(person: Person) -> Born:
    details = person.details
    return Born(person.family, details.role, details.birth_date, details.due_date)


def _due(span: tuple[date, date], day: date) -> Due | None:
    opens, closes = span
    if opens <= day <= closes:
        return Due.DUE
    if opens - COMING <= day < opens:
        return Due.COMING
    return Due.OVERDUE if closes < day <= closes + OVERDUE_SHOWN else None
