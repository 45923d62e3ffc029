"""No gap of the GUI loop while typing, taking a package of 1,500 visits in and searching at once."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import quantile, report
from benchmarks._homes import WHOLE, Size, copied, exchange_cards, large_home, sender_home, unlocked
from benchmarks._programs import figures_of

LIMIT_MS = 50.0


def main(size: Size = WHOLE) -> None:
    """Beside the result stand the gaps of the same window when nothing is done: what the machine itself adds."""
    with copied(large_home(size), sender_home(size)) as (home, sender):
        package = _package(home, sender)
        found = figures_of("benchmarks._steady_program", str(home), str(package), str(size.seconds))
    if found["code"]:
        raise RuntimeError(f"the package was refused: {found['code']}")
    gaps, alone = found["gaps"], found["alone"]
    report("longest gap of the GUI loop, doing nothing", max(alone), "ms")
    report("longest gap while typing, importing and searching", max(gaps), "ms", limit=LIMIT_MS)
    report("p99.9 of the gaps", quantile(gaps, 0.999), "ms")
    report("p99 of the gaps", quantile(gaps, 0.99), "ms")
    report("gaps over 16 ms", sum(gap > 16 for gap in gaps), f"of {len(gaps):,}")
    report(f"importing {found['new']:,} entries meanwhile", found["import"], "s")


def _package(home: Path, sender: Path) -> Path:
    receiving, sending = unlocked(home), unlocked(sender)
    exchange_cards(receiving, sending, sender)
    place = sender / "stick"
    place.mkdir()
    (row,) = sending.sending.export([receiving.cards.mine().card], place)
    receiving.close()
    sending.close()
    return place / row.name


if __name__ == "__main__":
    main()
