"""Families, ages and days in words, the same on Today, Families, Family and Search."""

from __future__ import annotations

from datetime import date, datetime

from homevisit.clock import parse_instant
from homevisit.domain.age import described_age, gestation_on, gestation_text
from homevisit.domain.family import Level, Person, Relation, Role, parse_date
from homevisit.domain.moments import local_moment
from homevisit.domain.schedule import Due, DueContact
from ui.visit_words import role_words
from ui.words import tr, tr_count

ROOM = "family"
CLOCK_DAYS = 730


def day_words(day: date) -> str:
    """``3 Nov 2026``."""
    return f"{day.day} {day:%b %Y}"


def iso_day_words(text: str) -> str:
    """An ISO date in words; anything else as it is."""
    day = parse_date(text[:10])
    return day_words(day) if day else text


def moment_words(instant: str) -> str:
    """An instant in the person's own time: ``3 Nov 2026, 14:02``; "" stays ""."""
    try:
        moment = parse_instant(instant).astimezone()
    except ValueError:
        return instant
    return f"{day_words(moment.date())}, {moment:%H:%M}"


def wall_words(text: str) -> str:
    """A visit's wall time in words: ``3 Nov 2026, 10:05``."""
    moment = local_moment(text)
    return f"{day_words(moment.date())}, {moment:%H:%M}" if moment else text


def time_of(moment: datetime) -> str:
    """The time of day of a moment, ``14:31``."""
    return f"{moment.astimezone():%H:%M}"


def away_words(day: date, today: date) -> str:
    """How far a day is: today, tomorrow, in 5 days, 3 weeks ago."""
    days = (day - today).days
    near = {0: tr(ROOM, "today"), 1: tr(ROOM, "tomorrow"), -1: tr(ROOM, "yesterday")}
    if days in near:
        return near[days]
    length = length_words(abs(days))
    return tr(ROOM, "in {length}", length=length) if days > 0 else tr(ROOM, "{length} ago", length=length)


def length_words(days: int) -> str:
    """A number of days in the unit people would say."""
    if days < 14:
        return tr_count(ROOM, "{count} day", "{count} days", days)
    if days < 90:
        return tr_count(ROOM, "{count} week", "{count} weeks", days // 7)
    if days < 730:
        return tr_count(ROOM, "{count} month", "{count} months", round(days / 30.44))
    return tr_count(ROOM, "{count} year", "{count} years", days // 365)


def level_words(level: Level) -> str:
    """The level of service."""
    return {
        Level.UNKNOWN: tr(ROOM, "Level not set"),
        Level.COMMUNITY: tr(ROOM, "Community"),
        Level.UNIVERSAL: tr(ROOM, "Universal"),
        Level.TARGETED: tr(ROOM, "Targeted"),
        Level.SPECIALIST: tr(ROOM, "Specialist"),
    }[level]


def relation_words(relation: Relation) -> str:
    """How one person relates to another."""
    return {
        Relation.PARENT: tr(ROOM, "parent"),
        Relation.STEP_PARENT: tr(ROOM, "step-parent"),
        Relation.GRANDPARENT: tr(ROOM, "grandparent"),
        Relation.PARTNER: tr(ROOM, "partner"),
        Relation.FORMER_PARTNER: tr(ROOM, "former partner"),
        Relation.SIBLING: tr(ROOM, "brother or sister"),
        Relation.OTHER: tr(ROOM, "other relation"),
    }[relation]


def baby_age(birth: str, due: str, gestation: int | None, today: date) -> str:
    """``7 weeks 2 days (corrected 3 days)``, or for an unborn child ``31+4, due in 8 weeks``; "" where unknown."""
    born, expected = parse_date(birth), parse_date(due)
    if born is not None:
        return described_age(born, gestation, today)
    if expected is not None:
        weeks = gestation_text(max(0, gestation_on(expected, today)))
        return tr(ROOM, "{weeks} weeks, due {when}", weeks=weeks, when=away_words(expected, today))
    return ""


def baby_words(name: str, birth: str, due: str, gestation: int | None, today: date) -> str:
    """A baby with its age, as it stands in a list."""
    shown = name.strip() or (role_words(Role.CHILD) if birth else role_words(Role.UNBORN)).capitalize()
    age = baby_age(birth, due, gestation, today)
    return tr(ROOM, "{name}, {age}", name=shown, age=age) if age else shown


def clock_words(person: Person, today: date) -> str:
    """Where a baby is on the 1,001 days: ``Day 47 of 730 since birth``; "" where nobody can say."""
    born = parse_date(person.details.birth_date)
    if born is None or person.details.role is not Role.CHILD or not 0 <= (today - born).days <= CLOCK_DAYS:
        return ""
    return tr(ROOM, "Day {day} of {days} since birth", day=(today - born).days, days=CLOCK_DAYS)


def due_words(contact: DueContact, today: date) -> str:
    """A window in words: ``due until 3 Dec 2026 (in 5 days)``, ``overdue since …``, ``from …``."""
    if contact.due is Due.COMING:
        return tr(ROOM, "from {day}, {away}", day=day_words(contact.opens), away=away_words(contact.opens, today))
    closes = {"day": day_words(contact.closes), "away": away_words(contact.closes, today)}
    if contact.due is Due.OVERDUE:
        return tr(ROOM, "was due by {day}, {away}", **closes)
    return tr(ROOM, "due by {day}, {away}", **closes)


def due_state_words(due: Due) -> str:
    """The one word for where today lies against a window."""
    return {Due.COMING: tr(ROOM, "Coming"), Due.DUE: tr(ROOM, "Due"), Due.OVERDUE: tr(ROOM, "Overdue")}[due]
