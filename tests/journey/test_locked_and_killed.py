"""A process that is replaced by locking, and one that is killed: nothing is seen by others, nothing is lost."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from homevisit.settings import Settings, save
from tests.desks import add_family, open_desks
from tests.journey.conftest import Play

pytestmark = pytest.mark.xvfb


@pytest.fixture
def home(tmp_path: Path) -> Path:
    desks = open_desks(tmp_path / "desks")
    for name in ("Example", "Finch", "Sandhu"):
        add_family(desks.practitioner, name)
    desks.close()
    return tmp_path / "desks" / "practitioner"


def test_locking_comes_back_to_the_same_words_and_shows_nobody_else(home: Path, play: Play) -> None:
    save(home / "settings.json", Settings(lock_after=1))
    said = play("locking:lives", home)
    assert "comes back to the same words" in said
    assert "was locked because nobody touched it" in said


def test_a_killed_program_says_what_it_recovered_and_compares_it(home: Path, play: Play) -> None:
    play("recovering:killed", home, status=-signal.SIGKILL)
    play("recovering:recovered", home)
