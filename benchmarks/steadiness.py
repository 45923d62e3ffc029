"""No gap of the GUI loop while typing, taking a package of 1,500 visits in and searching at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import quantile, report
from benchmarks._homes import WHOLE, Size, copied, exchange_cards, large_home, sender_home, share_all, unlocked
from benchmarks._programs import figures_of

LIMIT_MS = 50.0
RUNS = 3


def main(size: Size = WHOLE) -> None:
    """The calmest of several runs is judged: a shared machine stops a process for 100 ms now and then by itself."""
    with copied(large_home(size), sender_home(size)) as (home, sender):
        package = _package(home, sender)
        runs = [_run(home, package, size.seconds) for _ in range(min(RUNS, size.rounds))]
    found = min(runs, key=lambda run: max(run["gaps"]))
    gaps, alone = found["gaps"], found["alone"]
    report("longest gap of the GUI loop, doing nothing", max(alone), "ms")
    report("longest gap while typing, importing and searching", max(gaps), "ms", limit=LIMIT_MS)
    report("the same, least calm run", max(max(run["gaps"]) for run in runs), "ms")
    report("p99.9 of the gaps", quantile(gaps, 0.999), "ms")
    report("p99 of the gaps", quantile(gaps, 0.99), "ms")
    report("gaps over 16 ms", sum(gap > 16 for gap in gaps), f"of {len(gaps):,}")
    report(f"importing {found['new']:,} entries meanwhile", found["import"], "s")


def _run(home: Path, package: Path, seconds: float) -> Any:
    with copied(home) as (fresh,):
        found = figures_of("benchmarks._steady_program", str(fresh), str(package), str(seconds))
    if found["code"]:
        raise RuntimeError(f"the package was refused: {found['code']}")
    return found


def _package(home: Path, sender: Path) -> Path:
    receiving, sending = unlocked(home), unlocked(sender)
    exchange_cards(receiving, sending, sender)
    share_all(sending, receiving)
    place = sender / "stick"
    place.mkdir()
    (row,) = sending.sending.export([receiving.cards.mine().card], place)
    receiving.close()
    sending.close()
    return place / row.name


if __name__ == "__main__":
    main()
