"""Days of a story counted from the day of making, kept off weekends, and the dates and ages its texts name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from homevisit.domain.age import described_age

PLACE = re.compile(r"\{(days|day|age|t) ?([^}]*)\}")
FRIDAY = 4
Births = Mapping[str, tuple[date, int | None]]


def offset_day(today: date, days: int) -> date:
    """The day some days from today."""
    return today + timedelta(days=days)


def working_day(today: date, days: int) -> date:
    """The same, moved to the Friday before if it is a weekend: nobody is visited then."""
    day = offset_day(today, days)
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def moment(day: date, clock: str) -> datetime:
    """The local moment of a time such as ``09:30`` or ``+1 08:40`` (on the day after)."""
    later, _, text = clock.rpartition(" ")
    return datetime.combine(day + timedelta(days=int(later or 0)), time.fromisoformat(text)).astimezone()


def gestation(text: str) -> int | None:
    """Days of gestation from ``39+5``."""
    weeks, _, days = text.partition("+")
    return int(weeks) * 7 + int(days or 0) if text else None


def filled(text: str, started: datetime, births: Births) -> str:
    """The text with ``{day +7}`` (counted from the visit), ``{days who}``, ``{age who}`` and ``{t+5}`` put in."""
    day = started.astimezone().date()

    def put(found: re.Match[str]) -> str:
        kind, what = found[1], found[2].strip()
        if kind == "day":
            return spoken(offset_day(day, int(what)))
        if kind == "t":
            return (started.astimezone() + timedelta(minutes=int(what))).strftime("%H:%M")
        birth, gestation_days = births[what]
        return str((day - birth).days) if kind == "days" else described_age(birth, gestation_days, day)

    return PLACE.sub(put, text.strip("\n"))


def spoken(day: date) -> str:
    """``Thursday 26 November``, in English whatever the machine's language is."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
