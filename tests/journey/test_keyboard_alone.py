"""The main job without a pointer, in the real program on a virtual screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import add_family, open_desks
from tests.journey.conftest import Play

pytestmark = pytest.mark.xvfb


def test_a_visit_goes_from_unlocking_to_a_sealed_package_by_keys_alone(tmp_path: Path, play: Play) -> None:
    desks = open_desks(tmp_path / "desks")
    for name in ("Example", "Finch", "Sandhu"):
        add_family(desks.practitioner, name)
    desks.close()
    play("keyboard:visit", tmp_path / "desks" / "practitioner")


def test_a_newcomer_comes_from_an_empty_laptop_to_a_signed_visit(tmp_path: Path, play: Play) -> None:
    assert "signed after" in play("newcomer:first_signed_visit", tmp_path / "new")
