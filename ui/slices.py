"""What the window does when it has nothing else to do, a few milliseconds at a time."""

from __future__ import annotations

import time
from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_SECONDS = 0.008
"""Work goes on until this much has passed, then the window answers; no single step of it may take 50 ms."""


class Slices(QObject):
    """Goes through the steps of a generator. ``done`` comes once, after the last step, unless it was stopped."""

    done = Signal()

    def __init__(self, steps: Generator[None], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_turn)

    def begin(self) -> None:
        """Work from the next turn of the event loop on."""
        self._timer.start()

    def stop(self) -> None:
        """Work no more; what the generator clears up in its own end is cleared up now."""
        self._timer.stop()
        self._steps.close()

    def _on_turn(self) -> None:
        until = time.monotonic() + SLICE_SECONDS
        while time.monotonic() < until:
            if next(self._steps, self) is self:
                self._timer.stop()
                self.done.emit()
                return
