"""Resident memory of the real window with Families open on 10,000 visits."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import report
from benchmarks._homes import WHOLE, Size, copied, large_home
from benchmarks._programs import figures_of

LIMIT_MB = 250.0
MEGABYTE = 1_000_000


def main(size: Size = WHOLE) -> None:
    """One process; memory hardly differs between runs."""
    with copied(large_home(size)) as (home,):
        found = figures_of("benchmarks._memory_program", str(home))
    report("resident on the Unlock screen", found["unlock"] / MEGABYTE, "MB")
    report("resident on Families", found["families"] / MEGABYTE, "MB", limit=LIMIT_MB)
    report("peak until then", found["peak"] / MEGABYTE, "MB")


if __name__ == "__main__":
    main()
