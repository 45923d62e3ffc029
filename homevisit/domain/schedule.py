"""Which contacts are due by age or gestation. The windows are dated data; chronological age counts, not corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """What the schedule needs to know of a child or an unborn child, and what a line about it says."""

    family: str
    role: Role
    birth_date: str
    due_date: str
    id: str = ""
    name: str = ""
    gestation_days: int | None = None


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


class Span(NamedTuple):
    """The dates of birth (of the unborn: due dates) that a window can concern on a day, taken widely."""

    window: Window
    earliest: str
    latest: str

    @property
    def contact(self) -> Contact:
        return self.window.contact

    @property
    def role(self) -> Role:
        return Role.UNBORN if self.window.clock == "gestation" else Role.CHILD


@dataclass(frozen=True, slots=True, kw_only=True)
class DueContact:
    """One contact of one child that is coming, due or overdue."""

    family: str
    child: Born
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


def born(person: Person) -> Born:
    """What the schedule needs of a person."""
    known = person.details
    dates = known.birth_date, known.due_date
    return Born(person.family, known.role, *dates, person.id, known.name, known.gestation_days)


def due_contacts(
    children: Iterable[Born], kept: Mapping[str, frozenset[Contact]], windows: Sequence[Window], day: date
) -> tuple[DueContact, ...]:
    """Contacts to think of on a day, the soonest to close first.

    Args:
        children: born and unborn.
        kept: per family, the kinds of contact that were kept already.
        windows: the schedule.
        day: today, in local time.
    """
    near = spans(windows, day)
    return due_among(
        (
            (child, span)
            for child in children
            for span in near
            if span.earliest <= (child.due_date if span.role is Role.UNBORN else child.birth_date) <= span.latest
            and span.contact not in kept.get(child.family, frozenset())
        ),
        day,
    )


def due_among(lacking: Iterable[tuple[Born, Span]], day: date) -> tuple[DueContact, ...]:
    """Which of the contacts that are near and lacking are coming, due or overdue, the soonest to close first."""
    found = [
        DueContact(family=child.family, child=child, contact=span.contact, opens=days[0], closes=days[1], due=due)
        for child, span in lacking
        if (days := span.window.days(child)) is not None and (due := _due(days, day)) is not None
    ]
    return tuple(sorted(found, key=lambda item: (item.closes, item.child.id)))


def spans(windows: Sequence[Window], day: date) -> tuple[Span, ...]:
    """A quick first look by texts that can be compared: working with the dates of everyone would take too long."""
    return tuple(Span(window, *window.dates(day)) for window in windows)


def _due(span: tuple[date, date], day: date) -> Due | None:
    opens, closes = span
    if opens <= day <= closes:
        return Due.DUE
    if opens - COMING <= day < opens:
        return Due.COMING
    return Due.OVERDUE if closes < day <= closes + OVERDUE_SHOWN else None
