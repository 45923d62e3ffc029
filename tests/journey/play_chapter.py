"""Plays one chapter in a process of its own: ``python -m tests.journey.play_chapter MODULE:FUNCTION HOME WORK``."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.journey.program import play


def main() -> int:
    """The chapter gets the robot and the folder to work in; its pictures go there too."""
    module, _, function = sys.argv[1].partition(":")
    home, work = map(Path, sys.argv[2:4])
    chapter = getattr(importlib.import_module(f"tests.journey.chapters.{module}"), function)
    return play(function, home, work, lambda robot: chapter(robot, work))


if __name__ == "__main__":
    sys.exit(main())
