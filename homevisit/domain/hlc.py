"""Hybrid logical clock: orders entries for display. Causality is decided by parents and hashes, never by this."""

from __future__ import annotations

from datetime import datetime, timedelta

from homevisit.clock import instant, parse_instant

ZERO = ""
LARGEST_COUNTER = 9999


def tick(last: str, now: datetime) -> str:
    """The next stamp after ``last`` at ``now``: ``<instant>-<counter>``, sorting as text.

    A clock that was set back never makes a stamp smaller than the last one seen.
    """
    stamp = instant(now)
    if not last or stamp > last[:24]:
        return f"{stamp}-0000"
    counter = int(last[25:]) + 1
    if counter > LARGEST_COUNTER:  # one digit more would sort before what it follows
        return f"{instant(parse_instant(last[:24]) + timedelta(milliseconds=1))}-0000"
    return f"{last[:24]}-{counter:04d}"


def later(one: str, other: str) -> str:
    """The greater of two stamps, used when foreign entries are taken in (never capped: that breaks causality)."""
    return max(one, other)
