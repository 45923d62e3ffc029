"""Starts the real program in this process with a robot at its keyboard; one chapter of a journey is one process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from homevisit.paths import Home
from tests.journey.robot import Robot, Script
from ui.main import start
from ui.navigation import Place
from ui.relaunch import RETURN_OPTION
from ui.session import later
from ui.steadiness import keep_steady


def play(chapter: str, home: Path, out: Path, script: Callable[[Robot], Script]) -> int:
    """Run one chapter on a home; gives 0 if every step did what it says and the program had no fault."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Homevisit")
    session = start(app, Home(home), _place())
    session.window.resize(1366, 768)
    session.window.move(0, 0)
    session.window.show()
    later(session.warm_up)
    keep_steady(session.bridge, session.window)
    robot = Robot(session.window, out, chapter=chapter)
    robot.start(script(robot))
    app.exec()
    session.take_down()
    faults = sorted(Home(home).logs.glob("crash-*.json"))
    for fault in faults:
        print(fault.read_text("utf-8"), file=sys.stderr)
    return 1 if robot.failure or faults else 0


def _place() -> Place | None:
    """Where to come back to, in the process that locking has started."""
    words = sys.argv[sys.argv.index(RETURN_OPTION) :][1:2] if RETURN_OPTION in sys.argv else []
    return Place.from_text(words[0]) if words else None
