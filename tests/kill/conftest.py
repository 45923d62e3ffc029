"""Tells at the end what the kills cost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from _pytest.terminal import TerminalReporter

from tests.kill.victim import Killed

LOSS, START = "milliseconds of typing lost", "milliseconds from the start to the first letter"


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[Killed, float], None]:
    """Takes one kill and the seconds of typing that it cost."""

    def told(killed: Killed, lost: float) -> None:
        record_property(LOSS, round(lost * 1000))
        record_property(START, round(killed.started_in * 1000))

    return told


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """The worst of all kills of this run."""
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    found = [pair for report in reports for pair in report.user_properties]
    losses, starts = ([value for name, value in found if name == wanted] for wanted in (LOSS, START))
    if losses:
        terminalreporter.write_line(
            f"{len(losses)} kills, worst loss {max(losses)} ms, slowest start to typing {max(starts)} ms"
        )
