"""Search over 10,000 visits: the first query of a fresh process with cold pages, and every kind of query after it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import median, report
from benchmarks._homes import WHOLE, Size, large_home
from benchmarks._programs import figures_of
from benchmarks._search_program import FIRSTS, QUERIES

LIMIT_MS = 10.0


def main(size: Size = WHOLE) -> None:
    """A process for each of the first words; the fastest of the runs of one query stands for it."""
    home = large_home(size)
    firsts = {words: [_run(home, words) for _ in range(min(size.rounds, 3))] for words in FIRSTS[: size.rounds + 1]}
    runs = [run for each in firsts.values() for run in each]
    for kind, label in (("first", "wall"), ("first_processor", "processor")):
        first = {words: min(run[kind] for run in each) for words, each in firsts.items()}
        worst = max(first, key=lambda words: first[words])
        report(f"first search, {label}, slowest words (“{worst}”)", first[worst] * 1000, "ms", limit=LIMIT_MS)
    for where, label, limit in (("others", "any search after it", LIMIT_MS), ("within", "search in one family", None)):
        fastest = {words: min(run[where][words] for run in runs) * 1000 for words in QUERIES}
        worst = max(fastest, key=lambda words: fastest[words])
        report(f"{label}, slowest words (“{worst}”)", fastest[worst], "ms", limit=limit)
        report(f"{label}, middle", median(list(fastest.values())), "ms")


def _run(home: Path, words: str) -> Any:
    """What the file system keeps in memory is dropped first, where that can be asked for."""
    for file in (home / "store").iterdir():
        descriptor = os.open(file, os.O_RDONLY)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
    return figures_of("benchmarks._search_program", str(home), words)


if __name__ == "__main__":
    main()
