"""The real window for ``steadiness``: typing, taking a package in and searching at once, with a heartbeat."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks._window import KEY_MS, SEARCH_MS, Hands, Heart, run_window
from homevisit.domain.summaries import InboxRow
from ui.session import Session

LATEST_SECONDS = 90


class Afternoon(Hands):
    """The steps of one run."""

    def __init__(self, session: Session, package: Path, seconds: float) -> None:
        super().__init__(session)
        self._package = package
        self._seconds = seconds
        self._heart = Heart(self)
        self._alone: list[float] = []
        self._begun = 0.0
        self._taken: tuple[float, InboxRow] | None = None
        self._follow(self._unlock, self._open_search, self._open_visit, self._work)

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


def main() -> None:
    """Arguments: the home, the package to take in, and for how many seconds to work."""
    home, package, seconds = sys.argv[1:4]
    sys.exit(run_window(Path(home), lambda session: Afternoon(session, Path(package), float(seconds))))


if __name__ == "__main__":
    main()
