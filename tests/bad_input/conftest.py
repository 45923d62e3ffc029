"""A practitioner's home with signed visits, closed, and ways to open copies of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.clock import Clock, SystemClock
from homevisit.paths import Home
from homevisit.services import homes
from tests.desks import PASSPHRASE, add_family, open_desks, whole_draft

Unlock = Callable[..., Services]
VISITS = 3


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a home with a family and some signed visits."""
    folder = tmp_path_factory.mktemp("template")
    desks = open_desks(folder)
    family = add_family(desks.practitioner)
    for number in range(VISITS):
        words = f"Visit number {number}. " * (40 if number else 400)  # the first runs over several pages
        desks.practitioner.signing.sign(whole_draft(desks.practitioner, family, words))
    desks.close()
    return folder / "practitioner"


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Home:
    """A copy of the template that a test may spoil."""
    shutil.copytree(template, tmp_path / "spoilt")
    return Home(tmp_path / "spoilt")


@pytest.fixture
def unlock() -> Iterator[Unlock]:
    """Unlocks a home; what was opened is closed when the test ends."""
    with ExitStack() as stack:

        def opened(home: Home, *, clock: Clock | None = None) -> Services:
            services = homes.unlock(home, PASSPHRASE, clock=clock or SystemClock())
            stack.callback(services.close)
            return services

        yield opened
