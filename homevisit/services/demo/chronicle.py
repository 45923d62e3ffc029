"""Plays events in the order of their moments on a clock that moves with them; runs of plain entries go in together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from homevisit.clock import ManualClock
from homevisit.storage.ledger import Ledger, NewEntry

LARGEST_RUN = 2_000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a moment: an act of services, or an entry that only has to be signed."""

    moment: datetime
    act: Callable[[], object] | None = None
    entry: NewEntry | None = field(default=None, repr=False)


def play(events: Iterable[Event], *, ledger: Ledger, clock: ManualClock) -> None:
    """Let everything happen, the earliest first; events of the same moment in the order given."""
    ordered = sorted(events, key=lambda event: event.moment)
    for plain, run in groupby(ordered, key=lambda event: event.entry is not None):
        if plain:
            for part in _parts(list(run)):
                ledger.append(_entries(part, clock))
        else:
            for event in run:
                clock.set(event.moment)
                if event.act is not None:
                    event.act()


def _parts(run: Sequence[Event]) -> Iterator[Sequence[Event]]:
    for start in range(0, len(run), LARGEST_RUN):
        yield run[start : start + LARGEST_RUN]


def _entries(events: Sequence[Event], clock: ManualClock) -> Iterator[NewEntry]:
    for event in events:
        clock.set(event.moment)
        if event.entry is not None:
            yield event.entry
