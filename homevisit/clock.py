"""Time is injected: nothing below the assembly reads the machine's clock by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Gives the present moment as an aware datetime in UTC, to the millisecond."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return to_milliseconds(datetime.now(UTC))


class ManualClock:
    """A clock that moves only when told to: demo histories and tests are told in it."""

    def __init__(self, start: datetime) -> None:
        self._now = to_milliseconds(start.astimezone(UTC))

    def now(self) -> datetime:
        return self._now

    def set(self, moment: datetime) -> None:
        self._now = to_milliseconds(moment.astimezone(UTC))

    def advance(self, step: timedelta) -> None:
        self.set(self._now + step)


def to_milliseconds(moment: datetime) -> datetime:
    """Cut a moment to whole milliseconds, the precision that entries keep."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def instant(moment: datetime) -> str:
    """Write a moment as a FHIR instant in UTC, ``2026-03-01T09:30:00.000Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def parse_instant(text: str) -> datetime:
    """Read what :func:`instant` wrote; raises ValueError for anything that has no zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC)
