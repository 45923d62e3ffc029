"""Fixtures of the exchange tests."""

from __future__ import annotations

import pytest

from tests.exchange.sealing_desks import Desks, new_desks


@pytest.fixture
def desks() -> Desks:
    return new_desks()
