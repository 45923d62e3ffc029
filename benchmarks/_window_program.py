"""The real window on one page for ``window_while_exchanging``: first alone, then while a whole run goes on."""

from __future__ import annotations

import json
import sys
import threading
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks._homes import use_stick
from benchmarks._window import KEY_MS, SEARCH_MS, Hands, Heart, run_window
from homevisit.assembly import Services
from ui.session import Session

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


class Errand(Hands):
    """The steps of one run."""

    def __init__(self, session: Session, stick: Path, page: str, seconds: float) -> None:
        super().__init__(session)
        self._stick, self._page, self._alone_for = stick, page, seconds
        self._heart = Pulse(self)
        self._alone: list[float] = []
        self._waits: list[float] = []
        self._begun = self._seconds = 0.0
        self._follow(self._unlock, self._open, self._begin)

    @property
    def _services(self) -> Services:
        assert self._session.shell is not None
        return self._session.shell.services

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


def main() -> None:
    """Arguments: the home, the stick, the page that is looked at, and for how many seconds without an exchange."""
    home, stick, page, seconds = sys.argv[1:5]
    sys.exit(run_window(Path(home), lambda session: Errand(session, Path(stick), page, float(seconds))))


if __name__ == "__main__":
    main()
