"""Autosave: one durable commit of a section of the note, as the writer lane does it at every pause in typing."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import median, quantile, report
from benchmarks._homes import WHOLE, Size, copied, large_home, unlocked
from homevisit.domain.visit import Section
from homevisit.storage.driver import connect, use_write_ahead_log

LIMIT_MS = 5.0
KEY = bytes(32)
Save = Callable[[str], object]


def main(size: Size = WHOLE) -> None:
    """Interleave our save with the plainest one of the same text: the same driver, WAL and FULL, one statement."""
    with tempfile.TemporaryDirectory() as folder, copied(large_home(size)) as (home,):
        services = unlocked(home)
        drafting = services.drafting
        visit = drafting.start(next(iter(services.store.views.family_names()))).visit
        plain = connect(Path(folder) / "plain.db", KEY)
        use_write_ahead_log(plain)
        plain.change("CREATE TABLE plain (n INTEGER PRIMARY KEY, body TEXT)")
        saves: tuple[Save, Save] = (
            lambda text: drafting.save_section(visit, Section.FACTS, text),
            lambda text: plain.change("INSERT OR REPLACE INTO plain VALUES (1, ?)", (text,)),
        )
        ours, plainest = _timed(saves, size.saves)
        plain.close()
        services.close()
    _report(ours, plainest)


def _timed(saves: tuple[Save, Save], count: int) -> tuple[list[float], list[float]]:
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(count):
        text = "10:05 – seen in the living room, calm and awake. " * 16 + str(number)
        for save, seconds in zip(saves, found, strict=True):
            begun = time.perf_counter()
            save(text)
            seconds.append((time.perf_counter() - begun) * 1000)
    return found


def _report(ours: list[float], plainest: list[float]) -> None:
    report("autosave commit, middle", median(ours), "ms")
    report("autosave commit, p99", quantile(ours, 0.99), "ms", limit=LIMIT_MS)
    report(f"autosave commit, worst of {len(ours):,}", max(ours), "ms")
    report("plain SQLCipher commit (WAL, FULL) of the text, middle", median(plainest), "ms")
    report("plain SQLCipher commit (WAL, FULL) of the text, p99", quantile(plainest, 0.99), "ms")
    report("autosave / plain commit, middle", median(ours) / median(plainest), "x")
    report("autosave / plain commit, p99", quantile(ours, 0.99) / quantile(plainest, 0.99), "x")


if __name__ == "__main__":
    main()
