"""Whatever laptops, relays, clocks and disks do: what was signed is everywhere, as it was signed, and shown alike."""

from __future__ import annotations

import pytest

from tests.property.merging.invariants import BrokenError
from tests.property.merging.seeded_bugs import BUGS, SeededBug
from tests.property.merging.traces import begun, play

IN_CI, AT_NIGHT, PART = 2_000, 100_000, 250
ENOUGH = 200


@pytest.mark.parametrize("first", range(0, IN_CI, PART))
def test_two_thousand_histories(first: int) -> None:
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


def _breaks(seed: int, bug: SeededBug) -> bool:
    try:
        with begun(seed, bug.weights) as trace:
            trace.run()
    except (BrokenError, KeyError):  # a version before the one it builds on is numbered by nothing
        return True
    return False
