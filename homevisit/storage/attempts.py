"""Wrong passphrases slow the next try down; the count is kept beside the store and survives a restart."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from homevisit.clock import Clock, instant, parse_instant
from homevisit.errors import HomeVisitError
from homevisit.storage.files import read_small, write_whole

FREE = 2
LONGEST_SECONDS = 300
LARGEST = 4 * 1024


def delay_after(failures: int) -> int:
    """Seconds to wait after so many wrong tries: 0, 0, 1, 2, 4 … 300."""
    return 0 if failures <= FREE else min(LONGEST_SECONDS, 2 ** min(failures - FREE - 1, 10))


@dataclass(frozen=True, slots=True)
class _Tally:
    failures: int = 0
    last: datetime | None = None


class Attempts:
    """Counts a try before it is made, so that ending the program in the middle of one gains nothing."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    @property
    def failures(self) -> int:
        """Wrong tries since the last right one."""
        return self._read().failures

    def begin(self) -> None:
        """Count a try; ``store.wait`` with the seconds left if it comes too early."""
        tally, now = self._read(), self._clock.now()
        left = _left(tally, now)
        if left > 0:
            if tally.last is not None and tally.last > now:
                self._write(_Tally(tally.failures, now))  # the clock was set back: the wait starts again, bounded
            raise HomeVisitError("store.wait", seconds=left)
        self._write(_Tally(tally.failures + 1, now))

    def succeed(self) -> None:
        """Forget the wrong tries."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> _Tally:
        data = read_small(self._path, LARGEST)
        if data is None:
            return _Tally()
        try:
            source = json.loads(data)
            return _Tally(min(max(int(source["failures"]), 0), 1_000), parse_instant(source["last"]))
        except (ValueError, TypeError, KeyError, RecursionError):
            return _Tally(FREE + 1)

    def _write(self, tally: _Tally) -> None:
        last = instant(tally.last) if tally.last else ""
        write_whole(self._path, json.dumps({"failures": tally.failures, "last": last}).encode())


def _left(tally: _Tally, now: datetime) -> int:
    delay = delay_after(tally.failures)
    if tally.last is None or not delay:
        return 0
    waited = (now - tally.last).total_seconds()
    return delay if waited < 0 else max(0, math.ceil(delay - waited))
