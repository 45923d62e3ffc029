"""The real window for ``memory``: unlocks, opens Families, scrolls through it, and says what the process holds."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPushButton

from homevisit.hardening import harden
from homevisit.paths import Home
from homevisit.services.demo.making import PASSPHRASE
from ui.main import start
from ui.session import Session, later
from ui.steadiness import keep_steady


class Steps(QObject):
    """One step after the other, each when the bridge has nothing left to do."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self._session = session
        self._unlock_screen = 0
        self._steps: Iterator[Callable[[], None]] = iter((self._unlock, self._go, self._scroll, self._say))
        session.bridge.idle.connect(self._next)

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is not None:
            QTimer.singleShot(300, step)

    def _unlock(self) -> None:
        self._unlock_screen = resident()
        window = self._session.window
        secret, go = window.findChild(QLineEdit, "unlock.secret.line"), window.findChild(QPushButton, "unlock.go")
        assert secret is not None
        assert go is not None
        secret.setText(PASSPHRASE)
        go.click()

    def _go(self) -> None:
        self._session.window.go("families")

    def _scroll(self) -> None:
        for table in self._session.window.findChildren(QAbstractItemView):
            if table.isVisible():
                table.scrollToBottom()
        self._session.bridge.run(lambda: None)

    def _say(self) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"unlock": self._unlock_screen, "families": resident(), "peak": peak}), flush=True)
        QApplication.exit()


def resident() -> int:
    """Bytes of this process in memory; its peak where there is no /proc."""
    known = Path("/proc/self/statm")
    if known.exists():
        return int(known.read_text("ascii").split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Argument: the home."""
    harden()
    app = QApplication(sys.argv[:1])
    session = start(app, Home(Path(sys.argv[1])))
    steps = Steps(session)
    steps.setParent(session.window)
    session.window.show()
    later(session.warm_up)
    keep_steady(session.bridge, session.window)
    app.exec()
    session.end()


if __name__ == "__main__":
    main()
