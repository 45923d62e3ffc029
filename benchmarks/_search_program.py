"""Searches in a fresh process for ``searching``: the first one of the process, and many after it."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks._homes import unlocked
from homevisit.services.finding import Finding

QUERIES = (
    *("baby", "b", "the", "t", "a", "mother", "sleep", "feeding well", "in the", "he wa", "not", "s", "1"),
    *("mother said that", "visit the mother baby sleep", "zzzqq", "no hit whatever", "café", "'\" OR *", "seen at"),
)

FIRSTS = ("i at", "about that money", "no", "is", "well", "while", "nights", "asked")
"""Frequent words of the notes of the home, none of which the window's own warming up asks for."""


def main() -> None:
    """The first query a person types is that of the argument."""
    services = unlocked(Path(sys.argv[1]))
    services.finding.read_ahead()
    services.finding.warm_up()  # both as the window does it once Today is shown
    spent = time.process_time()
    first = _timed(services.finding, sys.argv[2])
    spent = time.process_time() - spent
    family = next(iter(services.store.views.family_names()))
    others = {words: _timed(services.finding, words) for words in QUERIES}
    within = {words: _timed(services.finding, words, family) for words in QUERIES}
    services.close()
    print(json.dumps({"first": first, "first_processor": spent, "others": others, "within": within}), flush=True)


def _timed(finding: Finding, words: str, family: str = "") -> float:
    begun = time.perf_counter()
    finding.search(words, family=family)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
