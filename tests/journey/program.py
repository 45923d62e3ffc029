"""Starts the real program in this process with a robot at its keyboard; one chapter of a journey is one process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from homevisit.paths import Home
from tests.journey.robot import Robot, Script
from ui.main import start
from ui.session import later


def play(chapter: str, home: Path, out: Path, script: Callable[[Robot], Script]) -> int:
    """Run one chapter on a home; gives 0 if every step did what it says."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Homevisit")
    session = start(app, Home(home))
    session.window.resize(1366, 768)
    session.window.move(0, 0)
    session.window.show()
    later(session.warm_up)
    robot = Robot(session.window, out, chapter=chapter)
    robot.start(script(robot))
    app.exec()
    session.end()
    return 1 if robot.failure else 0
