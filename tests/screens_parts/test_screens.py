"""Three of the screens are drawn as ``dev.py screens`` does, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dev


def test_screens_are_drawn_in_every_look(tmp_path: Path) -> None:
    command = [sys.executable, "tests/screens.py", "--out", str(tmp_path), "--only", "[ut][nr][lo][ou]*"]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=dev.ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    named = {path.name.split(".")[0] for path in tmp_path.glob("*.png")}
    assert named == {"unlock", "unlock-wrong", "unlock-recovery", "trouble"}
    assert len(list(tmp_path.glob("unlock.*.png"))) == 5
