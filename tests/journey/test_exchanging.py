"""Two real programs that exchange a visit through a folder, on a virtual screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import add_family, open_desks, whole_draft
from tests.journey.conftest import Play

pytestmark = pytest.mark.xvfb


def test_a_visit_goes_through_a_folder_and_its_review_comes_back_by_keys_alone(tmp_path: Path, play: Play) -> None:
    desks = open_desks(tmp_path / "desks")
    desks.practitioner.signing.sign(whole_draft(desks.practitioner, add_family(desks.practitioner, "Finch")))
    desks.close()
    play("through_a_folder:practitioner", tmp_path / "desks" / "practitioner")
    play("through_a_folder:supervisor", tmp_path / "desks" / "supervisor")
    play("through_a_folder:practitioner_again", tmp_path / "desks" / "practitioner")
