"""Local wall times as a person types them, and what is wrong with the impossible ones."""

from __future__ import annotations

from datetime import datetime, tzinfo

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199  # a slip of the finger beyond these would be no instant that readers take


def local_moment(text: str, zone: tzinfo | None = None) -> datetime | None:
    """The aware moment that "2026-03-01T09:30" names in a zone (None: the machine's own); None if it names none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    if moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone) if zone else moment.astimezone()


def wall_text(moment: datetime, zone: tzinfo | None = None) -> str:
    """A moment as local wall time to the minute, the form that drafts keep."""
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
