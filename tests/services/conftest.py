"""Two real desks, a stick between them, and a third person whose card the practitioner has too."""

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


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    opened = open_desks(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def colleague(desks: Desks, tmp_path: Path) -> Iterator[Services]:
    """A second practitioner; everybody has confirmed everybody's card."""
    profile = Profile(name="Col League", role=Desk.PRACTITIONER)
    made = homes.create(Home(tmp_path / "colleague"), profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services
    for number, (giver, taker) in enumerate(_pairs(made, desks)):
        taker.cards.confirm(taker.cards.read(giver.cards.save(tmp_path / f"{number}.card")))
    yield made
    made.close()


def _pairs(made: Services, desks: Desks) -> list[tuple[Services, Services]]:
    known = (desks.practitioner, desks.supervisor)
    return [(made, other) for other in known] + [(other, made) for other in known]
