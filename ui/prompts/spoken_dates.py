"""Dates as people type them while they listen: "3 weeks ago", "last Tuesday", "at 6 weeks", "1/3/26". No Qt here."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_COUNTED, 1)}
_DAYS = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
_AGO = re.compile(r"(?:(in) )?(\d{1,4}|[a-z]+) (day|week|fortnight|month|year)s?(?: (ago|from now|from today))?")
_AT_AGE = re.compile(r"(?:at|when|aged?|from) (\d{1,4}|[a-z]+) (day|week|fortnight|month|year)s?(?: old| of age)?")
_OLD = re.compile(r"(\d{1,4}|[a-z]+) (day|week|fortnight|month|year)s? (?:old|of age)")
_SHORT_SPAN = re.compile(r"(\d{1,3})/(7|52|12)\b")
_SHORT_UNITS = {"7": "day", "52": "week", "12": "month"}
_PART = re.compile(r"(?:(?P<month>[a-z]{3,9}|\d{1,2})[ /.-])?(?P<year>\d{4})|(?P<first>\d{4})-(?P<second>\d{1,2})")
_WEEKDAY_OF_WEEK = re.compile(r"([a-z]{3,9}) (last|next|this) week")
_NAMED_DAY = re.compile(r"(?:(last|next|this|on|coming) )?([a-z]{3,9})")
_FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})(?:,? (\d{4}|\d{2}))?")
_WORDED_AMERICAN = re.compile(r"([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}|\d{2}))?")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?: ?(am|pm))?")


@dataclass(frozen=True, slots=True)
class Interpreted:
    """The day that was meant; without one ``problem`` says why: ``not-a-date``, ``no-such-day``, ``no-birth``."""

    day: date | None = None
    problem: str = ""


def interpret(text: str, today: date, *, born: date | None = None) -> Interpreted:
    """What a typed date means on a certain day; ``born`` is the child's day of birth, for "at 6 weeks"."""
    words = re.sub(r"\s+", " ", text.strip().lower().rstrip("."))
    words = _SHORT_SPAN.sub(_spelled, words) if re.search(r"\b(?:ago|at|in|old)\b", words) else words
    words = re.sub(r"^(?:on |the )|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?=\d)", "", words)
    if words in _DAYS:
        return Interpreted(today + timedelta(days=_DAYS[words]))
    for read in _READERS:
        found = read(words, today)
        if found is not None:
            return found
    return _at_age(words, born) or Interpreted(problem="not-a-date")


def interpret_part(text: str) -> str:
    """A month or a year as FHIR writes them, ``2025-03`` or ``2025``; "" for anything else."""
    found = _PART.fullmatch(re.sub(r"\s+", " ", text.strip().lower().rstrip(".")))
    if found is None:
        return ""
    year, month = found["year"] or found["first"], found["month"] or found["second"]
    if month is None:
        return year
    number = int(month) if month.isdigit() else _month(month)
    return f"{year}-{number:02d}" if number is not None and 1 <= number <= 12 else ""


def interpret_time(text: str) -> time | None:
    """``9:30``, ``0930``, ``9.30 pm``, ``9am``; None for no time of the day."""
    found = _TIME.fullmatch(text.strip().lower())
    if found is None or (found[2] is None and found[3] is None):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def distance(day: date, today: date) -> str:
    """How far a day is in a code that the window turns into words: ``today``, ``-3 weeks``, ``5 days``."""
    days = (day - today).days
    if days == 0:
        return "today"
    size = abs(days)
    unit, step = ("days", 1) if size < 14 else ("weeks", 7) if size < 90 else ("months", 30)
    if size >= 730:
        unit, step = "years", 365
    return f"{'-' if days < 0 else ''}{size // step} {unit}"


def _relative(words: str, today: date) -> Interpreted | None:
    found = _AGO.fullmatch(words)
    if found is None or bool(found[1]) == bool(found[4]):
        return None
    count = int(found[2]) if found[2].isdigit() else _NUMBERS.get(found[2])
    if count is None:
        return None
    signed = -count if found[4] == "ago" else count
    try:
        return Interpreted(_moved(today, signed, found[3]))
    except (OverflowError, ValueError):
        return Interpreted(problem="no-such-day")


def _spelled(found: re.Match[str]) -> str:
    """``3/52`` as it stands in notes: three weeks."""
    return f"{found[1]} {_SHORT_UNITS[found[2]]}s"


def _at_age(words: str, born: date | None) -> Interpreted | None:
    found = _AT_AGE.fullmatch(words) or _OLD.fullmatch(words)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1])
    if count is None:
        return None
    if born is None:
        return Interpreted(problem="no-birth")
    try:
        return Interpreted(_moved(born, count, found[2]))
    except (OverflowError, ValueError):
        return Interpreted(problem="no-such-day")


def _moved(today: date, count: int, unit: str) -> date:
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    if days:
        return today + timedelta(days=count * days)
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _weekday_of_week(words: str, today: date) -> Interpreted | None:
    """``Tuesday last week``: of the week before, whatever day it is now."""
    found = _WEEKDAY_OF_WEEK.fullmatch(words)
    names = [number for number, day in enumerate(_WEEKDAYS) if found and day.startswith(found[1])]
    if found is None or len(names) != 1:
        return None
    monday = today - timedelta(days=today.weekday())
    return Interpreted(monday + timedelta(days=names[0] + {"last": -7, "this": 0, "next": 7}[found[2]]))


def _weekday(words: str, today: date) -> Interpreted | None:
    found = _NAMED_DAY.fullmatch(words)
    names = [day for day in _WEEKDAYS if found and day.startswith(found[2])]
    if found is None or len(names) != 1:
        return None
    ahead = (_WEEKDAYS.index(names[0]) - today.weekday()) % 7
    if found[1] == "last":
        return Interpreted(today + timedelta(days=ahead - 7))
    return Interpreted(today + timedelta(days=ahead or (7 if found[1] == "next" else 0)))


def _figures(words: str, today: date) -> Interpreted | None:
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(words):
        return _day(_year(found[3], today), int(found[2]), int(found[1]))
    return None


def _month(name: str) -> int | None:
    months = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    return months[0] if len(months) == 1 else None


def _worded(words: str, today: date) -> Interpreted | None:
    if found := _WORDED.fullmatch(words):
        day, name, year = found[1], found[2], found[3]
    elif found := _WORDED_AMERICAN.fullmatch(words):
        name, day, year = found[1], found[2], found[3]
    else:
        return None
    month = _month(name)
    return _day(_year(year, today), month, int(day)) if month is not None else None


def _day(year: int, month: int, day: int) -> Interpreted:
    try:
        return Interpreted(date(year, month, day))
    except ValueError:
        return Interpreted(problem="no-such-day")


def _year(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    if len(text) == 4:
        return int(text)
    # Two figures: the century that puts the year within 80 years back and 20 ahead.
    year = today.year // 100 * 100 + int(text)
    return year - 100 if year > today.year + 20 else year + 100 if year < today.year - 80 else year


_READERS: tuple[Callable[[str, date], Interpreted | None], ...] = (
    _relative,
    _weekday_of_week,
    _weekday,
    _figures,
    _worded,
)
