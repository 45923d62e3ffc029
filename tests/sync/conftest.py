"""Desks that exchange through a folder by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.storage.homes import Profile
from tests.desks import CHEAP, PASSPHRASE, Desks, open_desks
from tests.sync.exchanging import agree_with_all, introduce


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


@pytest.fixture
def colleague(desks: Desks, folder: Path, tmp_path: Path) -> Iterator[Services]:
    """A second practitioner whom only the first one knows."""
    profile = Profile(name="Col League", role=Desk.PRACTITIONER)
    made = homes.create(Home(tmp_path / "colleague"), profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services
    made.places.add("folder", "", {"path": str(folder)}, {})
    introduce(made, desks.practitioner, tmp_path)
    introduce(desks.practitioner, made, tmp_path)
    yield made
    made.close()
