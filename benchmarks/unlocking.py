"""Unlocking a home of 10,000 visits: from the press of Unlock to the painted Today, less the key derivation."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import median, report
from benchmarks._homes import WHOLE, Size, copied, large_home
from benchmarks._programs import figures_of

LIMIT_MS = 150.0


def main(size: Size = WHOLE) -> None:
    """A fresh process each time, with the real window and its lanes; the derivation is measured beside it."""
    with copied(large_home(size)) as (home,):
        runs = [figures_of("benchmarks._unlock_program", str(home)) for _ in range(size.rounds + 1)][1:]
    beyond = [(run["wall"] - run["derivation"]) * 1000 for run in runs]
    report("unlock to Today painted, less derivation, fastest", min(beyond), "ms", limit=LIMIT_MS)
    report("unlock to Today painted, less derivation, middle", median(beyond), "ms")
    report("of which processor time, all threads, fastest", min(run["processor"] for run in runs) * 1000, "ms")
    report("key derivation (a demo home's; a real one: 1 s)", median([run["derivation"] for run in runs]) * 1000, "ms")


if __name__ == "__main__":
    main()
