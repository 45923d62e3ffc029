"""The real window on one page for ``window_while_exchanging``: first alone, then while a whole run goes on."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from benchmarks._homes import use_stick
from benchmarks._search_program import QUERIES
from benchmarks._steady_program import KEY_MS, SEARCH_MS, TEXT, Heart
from homevisit.assembly import Services
from homevisit.hardening import harden
from homevisit.paths import Home
from homevisit.services.demo.making import PASSPHRASE
from ui.main import start
from ui.session import Session, later
from ui.steadiness import keep_steady

Found = TypeVar("Found", bound=QWidget)
PROBE_MS, AFTER_MS, LATEST_MS = 100, 1_500, 180_000


class Pulse(Heart):
    """A heartbeat that also knows how long the window's thread stood in line for a processor in each gap.

    That is the machine's doing, or that of our own child programs; what is left is the window's own work and what it
    waited for other threads of the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.own: list[float] = []
        self._queued = 0.0
        self._accounts = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._has_accounts = self._accounts.exists()

    def start(self) -> None:
        self._queued = self._in_line()
        super().start()

    def _beat(self) -> None:
        super()._beat()
        queued = self._in_line()
        self.own.append(self.gaps[-1] - (queued - self._queued))
        self._queued = queued

    def _in_line(self) -> float:
        """Milliseconds so far; 0 where the system keeps no such account."""
        return int(self._accounts.read_text("ascii").split()[1]) / 1e6 if self._has_accounts else 0.0


class Errand(QObject):
    """The steps of one run, each begun when the bridge has nothing left to do."""

    def __init__(self, session: Session, stick: Path, page: str, seconds: float) -> None:
        super().__init__(session.window)
        self._session, self._stick, self._page, self._alone_for = session, stick, page, seconds
        self._heart = Pulse(self)
        self._alone: list[float] = []
        self._waits: list[float] = []
        self._begun = self._seconds = 0.0
        self._keys, self._words = cycle(TEXT), cycle(QUERIES)
        self._steps: Iterator[Callable[[], None]] = iter((self._unlock, self._open, self._begin))
        session.bridge.idle.connect(self._next)

    @property
    def _services(self) -> Services:
        assert self._session.shell is not None
        return self._session.shell.services

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is not None:
            QTimer.singleShot(300, step)

    def _unlock(self) -> None:
        self._find(QLineEdit, "unlock.secret.line").setText(PASSPHRASE)
        self._find(QPushButton, "unlock.go").click()

    def _open(self) -> None:
        def found() -> str:
            if self._page in {"family", "visit"}:
                family = self._services.families.list()[0].id
                return family if self._page == "family" else self._services.drafting.start(family).visit
            return ""

        self._session.bridge.run(found, partial(self._session.window.go, self._page), owner=self)

    def _begin(self) -> None:
        """The same is done with and without a run, so that what the page itself costs stands beside the result."""
        self._every(PROBE_MS, self._probe)
        if self._page == "visit":
            self._every(KEY_MS, self._type)
        if self._page == "search":
            self._every(SEARCH_MS, self._search)
        self._heart.start()
        QTimer.singleShot(round(self._alone_for * 1000), self._prepare)
        QTimer.singleShot(LATEST_MS, partial(QApplication.exit, 1))

    def _prepare(self) -> None:
        """Only now there is a place, or the window would have begun by itself."""
        self._session.bridge.run(lambda: use_stick(self._services, self._stick), self._exchange, owner=self)

    def _exchange(self, _: None) -> None:
        shell = self._session.shell
        assert shell is not None
        self._alone, self._heart.gaps, self._heart.own, self._waits = self._heart.gaps, [], [], []
        shell.sync.ended.connect(self._on_ended)
        self._begun = time.perf_counter()
        shell.sync.start(asked=True)

    def _on_ended(self) -> None:
        """What the page reads anew afterwards belongs to it."""
        self._seconds = time.perf_counter() - self._begun
        QTimer.singleShot(AFTER_MS, self._end)

    def _end(self) -> None:
        shell = self._session.shell
        assert shell is not None
        summary = shell.sync.state.summary
        assert summary is not None
        assert not summary.refused
        self._heart.stop()
        heart = {"gaps": self._heart.gaps, "own": self._heart.own, "alone": self._alone}
        found = {**heart, "waits": self._waits, "seconds": self._seconds}
        print(json.dumps({**found, "sent": summary.sent_entries, "received": summary.received_entries}), flush=True)
        QApplication.exit()

    def _probe(self) -> None:
        """How long a part of a draft would wait until it is its turn to be written."""
        asked = time.perf_counter()
        self._session.bridge.run(lambda: self._waits.append((time.perf_counter() - asked) * 1000))

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


def main() -> None:
    """Arguments: the home, the stick, the page that is looked at, and for how many seconds without an exchange."""
    harden()
    app = QApplication(sys.argv[:1])
    session = start(app, Home(Path(sys.argv[1])))
    errand = Errand(session, Path(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
    errand.setParent(session.window)
    session.window.show()
    later(session.warm_up)
    keep_steady(session.bridge, session.window)
    status = app.exec()
    session.end()
    sys.exit(status)


if __name__ == "__main__":
    main()
