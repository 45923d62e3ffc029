"""A real store with a cheap key, and a clock that moves when told to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit.clock import ManualClock
from homevisit.domain.card import Desk
from homevisit.paths import Home
from homevisit.storage.homes import CreatedStore
from homevisit.storage.store import Store
from tests.storage.making import START, made


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "desk")


@pytest.fixture
def created(home: Home, clock: ManualClock) -> Iterator[CreatedStore]:
    new = made(home, clock)
    yield new
    new.store.close()


@pytest.fixture
def store(created: CreatedStore) -> Store:
    return created.store


@pytest.fixture
def other(tmp_path: Path, clock: ManualClock) -> Iterator[Store]:
    """A supervisor's store on another device."""
    new = made(Home(tmp_path / "other"), clock, name="Sam Beech", role=Desk.SUPERVISOR)
    yield new.store
    new.store.close()
