"""Fixtures of the hostile tests: two honest desks and a forger."""

from __future__ import annotations

import pytest

from tests.exchange.sealing_desks import Desks, new_desks
from tests.hostile.forge import Forge


@pytest.fixture
def desks() -> Desks:
    return new_desks()


@pytest.fixture
def forge(desks: Desks) -> Forge:
    return Forge(desks)
