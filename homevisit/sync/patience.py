"""How long to leave something alone that failed: longer each time, never quite the same, whatever the clock does."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from homevisit.clock import instant, parse_instant

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)
# A package that arrives damaged may still be on its way: it is fetched again for a day, then it is what it is.
WHOLE_WITHIN = timedelta(hours=24)


def not_before(now: datetime, tries: int) -> str:
    """The moment of the next try after so many failures, half of it by chance so that laptops do not come in step."""
    delay = min(FIRST * 2 ** min(tries - 1, 20), LONGEST)
    return instant(now + delay * (0.5 + random.random() / 2))  # noqa: S311 - spreads the load, guards nothing


def is_due(now: datetime, moment: str) -> bool:
    """Whether it may be tried. A moment too far ahead was written by a clock that has been set back since."""
    if not moment:
        return True
    written = parse_instant(moment)
    return now >= written or written - now > LONGEST


def may_come_whole(now: datetime, since: str) -> bool:
    """Whether a package that was damaged when it was first seen then may still arrive."""
    return abs(now - parse_instant(since)) < WHOLE_WITHIN
