"""Desks that exchange through a folder by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import Desks, open_desks
from tests.sync.exchanging import agree_with_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The place that everybody can reach."""
    made = tmp_path / "place"
    made.mkdir()
    return made


@pytest.fixture
def desks(tmp_path: Path, folder: Path) -> Iterator[Desks]:
    """A practitioner and a supervisor with the same folder as their place."""
    opened = open_desks(tmp_path)
    for desk in (opened.practitioner, opened.supervisor):
        desk.places.add("folder", "", {"path": str(folder)}, {})
    agree_with_all(opened.practitioner)
    yield opened
    opened.close()
