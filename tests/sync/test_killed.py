"""Killed at any point of a run, the next run goes on: nothing is lost, nothing is sent twice as something new."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dev
from tests.sync.killed import PUT_AND_NOT_NOTED

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
SAMPLE = 20
PARTS = 20
NEVER = 0
Kill = Callable[[int], dict[str, Any]]


@pytest.fixture
def kill(tmp_path: Path) -> Iterator[Kill]:
    """Kill a run at a point, let both desks settle, and say what there is."""
    command = [sys.executable, "-m", "tests.sync.killed", str(tmp_path / "desks")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=dev.ROOT, stdin=pipe, stdout=pipe, text=True) as program:
        assert program.stdin is not None
        assert program.stdout is not None

        def order(point: int) -> dict[str, Any]:
            program.stdin.write(f"{point}\n")  # type: ignore[union-attr]
            program.stdin.flush()  # type: ignore[union-attr]
            answer: dict[str, Any] = json.loads(program.stdout.readline())  # type: ignore[union-attr]
            return answer

        yield order
        program.stdin.close()


def test_a_run_killed_at_twenty_points_is_made_good_by_the_next(kill: Kill) -> None:
    whole = kill(NEVER)
    _check(whole, killed=False)
    for number in range(SAMPLE):
        answer = kill(1 + number * whole["points"] // SAMPLE)
        _check(answer, killed=True)
        assert answer["found"] == whole["found"]


def test_a_number_that_may_have_left_is_never_given_again(kill: Kill) -> None:
    """Killed between putting and noting, with the sealed copy gone: the package at the place and its number stand."""
    answer = kill(PUT_AND_NOT_NOTED)
    found = answer["found"]
    # What was put is taken in, and so is what was packed anew with the same words, which are nobody's news.
    assert (answer["status"], found.pop("exports")) == (-signal.SIGKILL, 3)
    assert found["new"] == kill(NEVER)["found"]["new"]
    _check({**answer, "found": {**found, "exports": 2}}, killed=True)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_a_run_killed_at_every_point_is_made_good_by_the_next(kill: Kill, part: int) -> None:
    whole = kill(NEVER)
    for point in range(1 + part, whole["points"] + 1, PARTS):
        answer = kill(point)
        _check(answer, killed=True)
        assert answer["found"] == whole["found"], point


def _check(answer: dict[str, Any], *, killed: bool) -> None:
    assert (answer["status"], answer["ended"]) == (-signal.SIGKILL if killed else 0, 0)
    found = answer["found"]
    assert found["everything_sent"] == [True, True, True]
    assert found["same"]
    assert found["numbers"] == [True, True]
    assert [found[name] for name in ("check", "kept", "left_open", "refused", "gaps")] == [[]] * 5
    assert (found["exports"], found["reviews"]) == (2, 1)
