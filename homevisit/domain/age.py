"""Ages and gestation in the units practitioners use; corrected age to 24 months; the 1,001-day clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

TERM_DAYS = 40 * 7
PRETERM_BEFORE_DAYS = 37 * 7
CORRECT_UNTIL_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Age:
    """Whole days since birth, and whole calendar months (a birthday on the 31st falls on the month's last day)."""

    days: int
    months: int


def age_on(birth: date, day: date) -> Age | None:
    """The age on a day; None before the birth."""
    if day < birth:
        return None
    months = (day.year - birth.year) * 12 + day.month - birth.month
    if day < months_after(birth, months):
        months -= 1
    return Age(days=(day - birth).days, months=months)


def corrected_birth(birth: date, gestation_days: int | None) -> date | None:
    """The date from which corrected age counts (term, 40+0); None for a baby born at 37+0 or later or unknown."""
    if gestation_days is None or gestation_days >= PRETERM_BEFORE_DAYS:
        return None
    return birth + timedelta(days=TERM_DAYS - gestation_days)


def gestation_on(due: date, day: date) -> int:
    """Days of gestation on a day, from the estimated date of delivery (40+0)."""
    return TERM_DAYS - (due - day).days


def gestation_text(days: int) -> str:
    """``31+4`` for 31 weeks and 4 days."""
    return f"{days // 7}+{days % 7}"


def age_text(age: Age) -> str:
    """``5 days``, ``7 weeks 2 days``, ``4 months``, ``2 years 3 months``: days to 2 weeks, weeks to 3 months."""
    if age.days < 14:
        return _count(age.days, "day")
    if age.months < 3:
        weeks, days = divmod(age.days, 7)
        return _count(weeks, "week") + (f" {_count(days, 'day')}" if days else "")
    if age.months < 24:
        return _count(age.months, "month")
    years, months = divmod(age.months, 12)
    return _count(years, "year") + (f" {_count(months, 'month')}" if months else "")


def described_age(birth: date, gestation_days: int | None, day: date) -> str:
    """The age with the corrected age beside it where that applies (born before 37+0, under 24 months)."""
    age = age_on(birth, day)
    if age is None:
        return "not born yet"
    text = age_text(age)
    corrected_from = corrected_birth(birth, gestation_days)
    if corrected_from is None or age.months >= CORRECT_UNTIL_MONTHS:
        return text
    corrected = age_on(corrected_from, day)
    shown = age_text(corrected) if corrected else f"{_count((corrected_from - day).days, 'day')} before term"
    return f"{text} (corrected {shown})"


def months_after(birth: date, months: int) -> date:
    """The day a number of months after a birth; a birth on the 31st falls on a shorter month's last day."""
    year, month = divmod(birth.month - 1 + months, 12)
    year, month = birth.year + year, month + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month, min(birth.day, last))


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
