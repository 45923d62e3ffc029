"""Homes to play a journey on, and what starts a chapter on them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

import dev


class Play(Protocol):
    """Plays a chapter (``module:function``) on a home, on the virtual screen; gives what the program printed."""

    def __call__(self, chapter: str, home: Path, *, status: int = 0) -> str: ...


@pytest.fixture
def play(tmp_path: Path, screen: dict[str, str]) -> Play:
    work = tmp_path / "work"
    work.mkdir()

    def played(chapter: str, home: Path, *, status: int = 0) -> str:
        command = [sys.executable, "-m", "tests.journey.play_chapter", chapter, str(home), str(work)]
        environment = {**screen, "PYTHONFAULTHANDLER": "1"}
        done = subprocess.run(command, cwd=dev.ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == status, f"exit status {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    return played
