"""After something came in: what the database put off meanwhile is done, a little at a time, once nobody waits."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from homevisit.changes import Changes
from homevisit.errors import HomeVisitError
from ui.shell import Shell

BEGIN_MS = 3_000
PAUSE_MS = 40


class CatchingUp(QObject):
    """Nothing is shown of it, and it may be broken off at any point: the next time goes on from there."""

    def __init__(self, shell: Shell, parent: QObject, *, begin_ms: int = BEGIN_MS) -> None:
        super().__init__(parent)
        self._shell = shell
        self._begin_ms = begin_ms
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._step)
        shell.changed.connect(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.INBOX:
            self._timer.start(self._begin_ms)

    def _step(self) -> None:
        if self._shell.sync.is_running or not self._shell.bridge.is_idle:
            self._timer.start(self._begin_ms)
            return
        self._shell.bridge.run(self._shell.services.upkeep.catch_up, self._on_step, self._on_failed)

    def _on_step(self, has_more: bool) -> None:
        if has_more:
            self._timer.start(PAUSE_MS)

    def _on_failed(self, _: HomeVisitError) -> None:
        """A full disk is said by whatever has to be written; this can wait."""
