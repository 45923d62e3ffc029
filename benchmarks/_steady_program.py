"""The real window for ``steadiness``: typing, taking a package in and searching at once, with a heartbeat."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from benchmarks._search_program import QUERIES
from homevisit.domain.summaries import InboxRow
from homevisit.hardening import harden
from homevisit.paths import Home
from homevisit.services.demo.making import PASSPHRASE
from ui.main import start
from ui.session import Session, later
from ui.steadiness import keep_steady

Found = TypeVar("Found", bound=QWidget)
BEAT_MS, KEY_MS, SEARCH_MS = 2, 45, 130
LATEST_SECONDS = 90
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


class Afternoon(QObject):
    """The steps of one run, each begun when the bridge has nothing left to do."""

    def __init__(self, session: Session, package: Path, seconds: float) -> None:
        super().__init__(session.window)
        self._session = session
        self._package = package
        self._seconds = seconds
        self._heart = Heart(self)
        self._alone: list[float] = []
        self._begun = 0.0
        self._taken: tuple[float, InboxRow] | None = None
        self._keys, self._words = cycle(TEXT), cycle(QUERIES)
        self._steps: Iterator[Callable[[], None]] = iter(
            (self._unlock, self._open_search, self._open_visit, self._work)
        )
        session.bridge.idle.connect(self._next)

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is not None:
            QTimer.singleShot(300, step)

    def _unlock(self) -> None:
        self._find(QLineEdit, "unlock.secret.line").setText(PASSPHRASE)
        self._find(QPushButton, "unlock.go").click()

    def _open_search(self) -> None:
        self._session.window.go("search")
        self._session.bridge.run(lambda: None)

    def _open_visit(self) -> None:
        opened = self._session.opened
        assert opened is not None
        services = opened.shell.services

        def begin() -> str:
            return services.drafting.start(services.families.list()[0].id).visit

        self._session.bridge.run(begin, partial(self._session.window.go, "visit"), owner=self)

    def _work(self) -> None:
        """First the heartbeat alone for two seconds, so that the noise of the machine stands beside the result."""
        self._heart.start()
        QTimer.singleShot(2_000, self._begin)

    def _begin(self) -> None:
        self._alone, self._heart.gaps = self._heart.gaps, []
        self._begun = time.perf_counter()
        self._every(KEY_MS, self._type)
        self._every(SEARCH_MS, self._search)
        QTimer.singleShot(500, self._take_in)
        QTimer.singleShot(round(self._seconds * 1000), self._end)

    def _type(self) -> None:
        QTest.keyClicks(self._find(QWidget, "visit.note.facts"), next(self._keys))

    def _search(self) -> None:
        self._find(QLineEdit, "search.words").setText(next(self._words))

    def _take_in(self) -> None:
        opened = self._session.opened
        assert opened is not None
        receiving, begun = opened.shell.services.receiving, time.perf_counter()

        def taken(rows: tuple[InboxRow, ...]) -> None:
            self._taken = (time.perf_counter() - begun, rows[0])

        self._session.bridge.run(lambda: receiving.take_in([self._package]), taken, owner=self)

    def _end(self) -> None:
        if self._taken is None and time.perf_counter() - self._begun < LATEST_SECONDS:
            QTimer.singleShot(500, self._end)
            return
        self._heart.stop()
        seconds, row = self._taken or (0.0, None)
        found = {"gaps": self._heart.gaps, "alone": self._alone, "import": seconds, "new": row.new if row else 0}
        print(json.dumps({**found, "code": row.code if row else "late"}), flush=True)
        QApplication.exit()

    def _every(self, pause: int, act: Callable[[], None]) -> None:
        timer = QTimer(self, interval=pause)
        timer.timeout.connect(act)
        timer.start()

    def _find(self, kind: type[Found], name: str) -> Found:
        found = self._session.window.findChild(kind, name)
        if found is None:
            raise LookupError(name)
        return found


def main() -> None:
    """Arguments: the home, the package to take in, and for how many seconds to work."""
    harden()
    app = QApplication(sys.argv[:1])
    session = start(app, Home(Path(sys.argv[1])))
    afternoon = Afternoon(session, Path(sys.argv[2]), float(sys.argv[3]))
    afternoon.setParent(session.window)
    session.window.show()
    later(session.warm_up)
    keep_steady(session.bridge, session.window)
    app.exec()
    session.end()


if __name__ == "__main__":
    main()
