"""The real window in a program of its own: a heartbeat that is measured, hands that work in it, and its running."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from benchmarks._search_program import QUERIES
from homevisit.hardening import harden
from homevisit.paths import Home
from homevisit.services.demo.making import PASSPHRASE
from ui.main import start
from ui.session import Session, later
from ui.steadiness import keep_steady

Found = TypeVar("Found", bound=QWidget)
BEAT_MS, KEY_MS, SEARCH_MS = 2, 45, 130
TEXT = "10:05 - seen in the living room, calm and awake, held by her father while we talked. "


class Heart(QObject):
    """Notes how long the event loop left it waiting between two beats."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


class Hands(QObject):
    """Takes steps in the window, each when the bridge has nothing left to do; unlocks, types and searches."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self._session = session
        self._keys, self._words = cycle(TEXT), cycle(QUERIES)
        self._steps: Iterator[Callable[[], None]] = iter(())

    def _follow(self, *steps: Callable[[], None]) -> None:
        self._steps = iter(steps)
        self._session.bridge.idle.connect(self._next)

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is not None:
            QTimer.singleShot(300, step)

    def _unlock(self) -> None:
        self._find(QLineEdit, "unlock.secret.line").setText(PASSPHRASE)
        self._find(QPushButton, "unlock.go").click()

    def _type(self) -> None:
        QTest.keyClicks(self._find(QWidget, "visit.note.facts"), next(self._keys))

    def _search(self) -> None:
        self._find(QLineEdit, "search.words").setText(next(self._words))

    def _every(self, pause: int, act: Callable[[], None]) -> None:
        timer = QTimer(self, interval=pause)
        timer.timeout.connect(act)
        timer.start()

    def _find(self, kind: type[Found], name: str) -> Found:
        found = self._session.window.findChild(kind, name)
        if found is None:
            raise LookupError(name)
        return found


def run_window(home: Path, hands: Callable[[Session], Hands]) -> int:
    """Open the window on a home and let these hands work until they end it; gives the exit status."""
    harden()
    app = QApplication(sys.argv[:1])
    session = start(app, Home(home))
    hands(session)  # the window is their parent and keeps them
    session.window.show()
    later(session.warm_up)
    keep_steady(session.bridge, session.window)
    status = app.exec()
    session.end()
    return status
