"""Work on the whole store: exporting all of it, taking 1,500 visits in, folding again, checking, backing up."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import report
from benchmarks._homes import (
    WHOLE,
    Size,
    build_seconds,
    copied,
    exchange_cards,
    large_home,
    sender_home,
    share_all,
    unlocked,
)
from homevisit.assembly import Services

T = TypeVar("T")


def main(size: Size = WHOLE) -> None:
    """The large home exports everything and takes in what another sends; then it is looked after."""
    with copied(large_home(size), sender_home(size)) as (home, other):
        large, small = unlocked(home), unlocked(other)
        visits = len(large.store.views.visits_between("", "~"))
        _exchange(large, small, other / "stick")
        for what, act in (
            ("rebuild", large.upkeep.rebuild),
            ("check", large.upkeep.check),
            ("backup", large.upkeep.backup),
        ):
            seconds, _ = _timed(act)
            report(f"{what} of a store of {visits:,} visits", seconds, "s")
        large.close()
        small.close()
    report(f"building that demo home ({visits:,} visits signed), when it was built", build_seconds(size), "s")


def _exchange(large: Services, small: Services, place: Path) -> None:
    place.mkdir()
    exchange_cards(large, small, place)
    for giver, taker in ((large, small), (small, large)):
        share_all(giver, taker)
    seconds, rows = _timed(lambda: large.sending.export([small.cards.mine().card], place))
    entries = sum(row.entries for row in rows)
    report(f"export of {entries:,} entries, sealed and put", entries / seconds, "entries/s")
    sent = small.sending.export([large.cards.mine().card], place)[0]
    seconds, _ = _timed(lambda: large.receiving.take_in([place / sent.name]))
    report(f"import of {sent.entries:,} entries, checked and folded", sent.entries / seconds, "entries/s")


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    found = act()
    return time.perf_counter() - begun, found


if __name__ == "__main__":
    main()
