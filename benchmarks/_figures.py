"""How benchmarks print: one line a figure with its limit beside it, so that a ratio is read in the run that made it."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def report(what: str, value: float, unit: str, *, limit: float | None = None, at_least: float | None = None) -> None:
    """Print one figure and, where there is one, the limit above or below it and whether it is kept."""
    line = f"{what:<66} {value:9.2f} {unit}"
    if limit is not None:
        line += f"   limit {limit:g} {unit}   {'kept' if value <= limit else 'MISSED'}"
    if at_least is not None:
        line += f"   at least {at_least:g} {unit}   {'kept' if value >= at_least else 'MISSED'}"
    print(line, flush=True)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
