"""Times as people type them, and how a draft keeps the ones that cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

APART = " | "
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Typed:
    """The date and the time of a moment as the fields show them: in the usual form, or as typed."""

    day: str
    time: str


@dataclass(frozen=True, slots=True)
class TypedTimes:
    """What the three fields of a contact hold, as typed."""

    day: str
    start: str
    end: str


def read_time(text: str) -> str | None:
    """Read 10:05, 10.05, 1005, 10h05, 10 or 10am as "10:05"; None where the text names no time."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def read_day(text: str, today: date) -> str | None:
    """The ISO date for 2026-03-01, 1/3/26, today or yesterday; None where the text names no day."""
    words = text.strip().lower()
    if words in {"today", "yesterday"}:
        return date.fromordinal(today.toordinal() - (words == "yesterday")).isoformat()
    if _ISO.fullmatch(words):
        return _iso(*(int(part) for part in words.split("-")))
    found = _DATE.fullmatch(words)
    if found is None:
        return None
    year = int(found[3])
    return _iso(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))


def joined(day: str, time: str, today: date) -> str:
    """One moment for the draft: "2026-03-01T10:05", both texts as typed where it is none, "" where both are empty."""
    if not time.strip() and not day.strip():
        return ""
    iso, clock = read_day(day, today), read_time(time)
    if iso and clock:
        return f"{iso}T{clock}"
    return f"{iso or day}{APART}{clock or time}"


def split(moment: str) -> Typed:
    """The two texts that :func:`joined` put together, the day in the form people read."""
    day, apart, time = moment.partition(APART)
    if not apart:
        day, _, time = moment.partition("T")
    return Typed(shown_day(day), time)


def shown_day(day: str) -> str:
    """Write an ISO date as 01/03/2026; anything else stays as it is."""
    try:
        return date.fromisoformat(day).strftime("%d/%m/%Y")
    except ValueError:
        return day


def apart_in_words(happened: datetime, recorded: datetime) -> tuple[int, str]:
    """How long after the event it was recorded, as a number and a unit: minute, hour or day; 0 minutes is at once."""
    minutes = max(0, int((recorded - happened).total_seconds() // 60))
    if minutes < 90:
        return minutes, "minute"
    return (round(minutes / 60), "hour") if minutes < 36 * 60 else (round(minutes / 1440), "day")


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
