"""The whole way from a bare laptop to a reviewed note, in the real program on a virtual screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dev

PICTURES_OF = ("1-first-run", "2-visit", "3-send", "4-review", "5-returned")


@pytest.mark.xvfb
@pytest.mark.timeout(240)
def test_tour_goes_from_unlocking_to_the_returned_comment(tmp_path: Path, screen: dict[str, str]) -> None:
    command = [sys.executable, "tests/journey/tour.py", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=dev.ROOT, env=screen, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for chapter in PICTURES_OF:
        assert list(tmp_path.glob(f"{chapter}-*.png")), f"no picture of {chapter}"
    assert not list(tmp_path.glob("*-failed.png"))
