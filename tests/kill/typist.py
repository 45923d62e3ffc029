"""The real program with a robot at its keyboard: unlocks, opens a draft and types numbered tokens until it is killed.

Run as ``python -m tests.kill.typist HOME VISIT SEED`` with the passphrase on standard input. Every token is told on
standard output once it was typed: its number and the time of the machine's steady clock.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

import ui.main
from homevisit.hardening import harden
from homevisit.paths import Home
from ui.navigation import Place
from ui.session import later

LOOK_MS = 5
QUICK_MS = (5, 60)
PAUSE_MS = (380, 700)
PAUSES = 0.08
"""How often the robot stops to think: often enough for both kinds of autosave, at a pause and in mid-flow."""

Control = TypeVar("Control", bound=QWidget)


class Typist(QObject):
    """Looks until a control can be typed into, then goes on to the next thing."""

    def __init__(self, window: QWidget, passphrase: str, seed: int) -> None:
        super().__init__(window)
        self._window = window
        self._passphrase = passphrase
        self._random = random.Random(seed)
        self._number = 0
        self._next: Callable[[], bool] = self._unlock
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    def _look(self) -> None:
        if not self._next():
            return
        self._timer.stop()
        self._type()

    def _unlock(self) -> bool:
        line = self._ready(QLineEdit, "unlock.secret.line")
        if line is not None:
            QTest.keyClicks(line, self._passphrase)
            QTest.keyClick(line, Qt.Key.Key_Return)
            self._next = self._open_note
        return False

    def _open_note(self) -> bool:
        return self._ready(QPlainTextEdit, "visit.note.facts") is not None

    def _type(self) -> None:
        QTest.keyClicks(self._window.findChild(QPlainTextEdit, "visit.note.facts"), token(self._number))
        print(self._number, time.monotonic(), flush=True)
        self._number += 1
        least, most = PAUSE_MS if self._random.random() < PAUSES else QUICK_MS
        QTimer.singleShot(self._random.randint(least, most), self, self._type)

    def _ready(self, kind: type[Control], name: str) -> Control | None:
        found = self._window.findChild(kind, name)
        return found if found is not None and found.isVisible() and found.hasFocus() else None


def token(number: int) -> str:
    """What is typed; always of its own, so that order and gaps show."""
    return f"{number:05d} "


def main() -> int:
    """Start as ui.main does, on a named home and a named visit."""
    home, visit, seed = sys.argv[1:]
    harden()
    app = QApplication(sys.argv[:1])
    session = ui.main.start(app, Home(Path(home)), Place("visit", visit))
    session.window.show()
    later(session.warm_up)
    typist = Typist(session.window, sys.stdin.readline().rstrip("\n"), int(seed))
    assert typist.parent() is session.window
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
