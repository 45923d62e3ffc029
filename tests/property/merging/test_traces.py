"""Whatever laptops, relays, clocks and disks do: what was signed is everywhere, as it was signed, and shown alike."""

from __future__ import annotations

import pytest

from tests.property.merging import runs
from tests.property.merging.invariants import BrokenError
from tests.property.merging.seeded_bugs import BUGS, RECEIPT, SeededBug
from tests.property.merging.traces import begun, play

IN_CI, AT_NIGHT, PART = 1_950, 100_000, 195
RUNS_IN_CI = 60
ENOUGH = 200


@pytest.mark.parametrize("first", range(0, IN_CI, PART))
def test_histories_of_packages(first: int) -> None:
    play(range(first, first + PART))


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("first", range(0, AT_NIGHT, 5_000))
def test_a_hundred_thousand_histories(first: int) -> None:
    play(range(first, first + 5_000), {"steps": 30})


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name.strip("_"))
def test_a_seeded_bug_is_found(bug: SeededBug) -> None:
    """The checker that passes the program finds each of these faults in it, so that its silence means something."""
    with bug.planted():
        assert any(_breaks(seed, bug) for seed in range(ENOUGH)), f"not found: {bug.what}"


@pytest.mark.parametrize("first", range(0, RUNS_IN_CI, 30))
def test_histories_through_whole_runs_of_sending_and_receiving(first: int) -> None:
    runs.play(range(first, first + 30))


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_ten_thousand_histories_through_whole_runs() -> None:
    runs.play(range(10_000))


def test_a_receipt_that_is_trusted_without_its_signature_is_found() -> None:
    with RECEIPT.planted():
        assert any(_runs_break(seed) for seed in range(ENOUGH)), f"not found: {RECEIPT.what}"


def _runs_break(seed: int) -> bool:
    try:
        with runs.begun(seed, {"forge_receipts": 10}) as run:
            run.play()
    except BrokenError:
        return True
    return False


def _breaks(seed: int, bug: SeededBug) -> bool:
    try:
        with begun(seed, bug.weights) as trace:
            trace.run()
    except (BrokenError, KeyError):  # a version before the one it builds on is numbered by nothing
        return True
    return False
