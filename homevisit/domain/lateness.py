"""When a visit has waited longer for its review than the team asks: whole calendar days of local time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from homevisit.domain.summaries import VisitRow
from homevisit.domain.visit import RecordState


@dataclass(frozen=True, slots=True, kw_only=True)
class LateVisits:
    """For how many days each late visit has waited, by its id; ``within`` is what the team asks, 0 for nothing."""

    within: int = 0
    days: Mapping[str, int] = field(default_factory=dict)


NONE_LATE = LateVisits()


@dataclass(frozen=True, slots=True, kw_only=True)
class LateReviews:
    """One's own visits whose review is late: how many, the one that has waited longest, and whom to speak with."""

    count: int
    oldest: VisitRow
    days: int
    within: int
    supervisors: tuple[str, ...] = field(repr=False)


def awaits_review(row: VisitRow) -> bool:
    """Whether the version that stands was not reviewed; what was entered in error waits for nobody."""
    return row.state is not RecordState.WITHDRAWN and row.reviewed_version != row.version


def days_waited(signed: str, day: date, zone: tzinfo | None = None) -> int:
    """From the day on which something was signed to a day, in a time zone (None: the machine's own)."""
    return (day - datetime.fromisoformat(signed).astimezone(zone).date()).days


def first_in_time(day: date, within: int, zone: tzinfo | None = None) -> datetime:
    """The first moment of the first day that is not late on a day: what was signed before it is."""
    first = day - timedelta(days=within)
    return datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(zone)
