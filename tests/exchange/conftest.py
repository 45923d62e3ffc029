"""Fixtures of the exchange tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.sealing_desks import Desks, new_desks

VECTORS = Path(__file__).parents[2] / "docs" / "vectors" / "formats-1.json"


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    """What docs/formats.md publishes for a second implementation."""
    found: dict[str, Any] = json.loads(VECTORS.read_bytes())
    return found


@pytest.fixture
def desks() -> Desks:
    return new_desks()
