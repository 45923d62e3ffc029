"""Whole days in the native path: their order, and a number of years, months, weeks or days before or after."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from homevisit.prompts.expressions.moments import Moment
from homevisit.prompts.expressions.nodes import Node, Unsure

_MONTHS = {"year": 12, "years": 12, "month": 1, "months": 1}
_DAYS = {"week": 7, "weeks": 7, "day": 1, "days": 1}


class Span:
    """A number of calendar units, as in ``18 years``."""

    __slots__ = ("count", "unit")

    def __init__(self, number: str, unit: str) -> None:
        self.count = int(number)
        self.unit = unit


def is_span(number: str, unit: str) -> bool:
    """Whether the native path can count with it."""
    return number.isdigit() and len(number) < 6 and (unit in _MONTHS or unit in _DAYS)


def day_of(item: object) -> date | None:
    """The day that a full date stands for; None for everything else."""
    kind = item.kind if isinstance(item, Node | Moment) else ""
    text = item.data if isinstance(item, Node) else item
    if kind != "date" or not isinstance(text, str) or len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unsure from None


def moved(item: object, span: Span, sign: int) -> Moment:
    """The day so much later or, with the sign -1, earlier; in a shorter month its last day."""
    day = day_of(item)
    if day is None:
        raise Unsure
    try:
        if span.unit in _DAYS:
            found = day + timedelta(days=sign * span.count * _DAYS[span.unit])
        else:
            year, month = divmod(day.year * 12 + day.month - 1 + sign * span.count * _MONTHS[span.unit], 12)
            found = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        raise Unsure from None
    if found.year < 1000:
        raise Unsure  # a year of three figures is written in another way
    return Moment(found.isoformat(), "date")
