"""One run of the real window for ``unlocking``: from the press of Unlock to the painted Today, in a fresh process."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from homevisit.hardening import harden
from homevisit.paths import Home
from homevisit.services.demo.making import PASSPHRASE
from homevisit.storage.homes import unlock_keys
from homevisit.storage.keys import Passphrase
from ui.main import start
from ui.session import Session, later
from ui.steadiness import keep_steady


class Stopwatch(QObject):
    """Presses Unlock once the window is warm, and stops when the cards of Today have been painted."""

    def __init__(self, session: Session, home: Home) -> None:
        super().__init__()
        self._session = session
        self._home = home
        self._begun = (0.0, 0.0)
        session.warmed.connect(self._press)
        session.window.installEventFilter(self)

    def _press(self) -> None:
        window = self._session.window
        secret, go = window.findChild(QLineEdit, "unlock.secret.line"), window.findChild(QPushButton, "unlock.go")

        if self._begun[0] or secret is None or go is None:
            return
        secret.setText(PASSPHRASE)
        self._begun = (time.perf_counter(), _processor())
        go.click()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or watched is not self._session.window:
            return False
        watched.event(event)
        due = self._session.window.findChild(QWidget, "today.due")
        if due is not None and due.isVisible():
            self._session.window.removeEventFilter(self)
            self._print(time.perf_counter() - self._begun[0], _processor() - self._begun[1])
        return True

    def _print(self, wall: float, processor: float) -> None:
        derivations = [_timed(self._home) for _ in range(5)]
        print(json.dumps({"wall": wall, "processor": processor, "derivation": min(derivations)}), flush=True)
        QTimer.singleShot(0, QApplication.quit)


def _timed(home: Home) -> float:
    begun = time.perf_counter()
    unlock_keys(home, Passphrase(PASSPHRASE))
    return time.perf_counter() - begun


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Open the window on the home that is named."""
    harden()
    app = QApplication(sys.argv[:1])
    home = Home(Path(sys.argv[1]))
    session = start(app, home)
    watch = Stopwatch(session, home)
    watch.setParent(session.window)
    session.window.show()
    later(session.warm_up)
    keep_steady(session.bridge, session.window)
    app.exec()
    session.end()


if __name__ == "__main__":
    main()
