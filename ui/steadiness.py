"""Keeps the window answering while a lane works: the interpreter changes threads often, and tidies up when idle."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from homevisit.jobs import switch_often
from ui.bridge import Bridge

TIDY_MS = 3_000
WHOLE_EVERY = 10
WORTH_IT = 700


class Tidying(QObject):
    """Collects cyclic garbage on the GUI thread while no lane works.

    Python's own timing would do it in the middle of an import, with every thread standing still for 200 ms, and might
    destroy a widget on a thread that is not the window's.
    """

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._rounds = 0
        timer = QTimer(self, interval=TIDY_MS)
        timer.timeout.connect(self.tidy)
        timer.start()

    def tidy(self) -> None:
        """Collect what is young; now and then everything but the program itself, which stays as it is."""
        if not self._bridge.is_idle or gc.get_count()[0] < WORTH_IT:
            return
        if not self._rounds:
            gc.freeze()
        self._rounds += 1
        gc.collect(2 if self._rounds % WHOLE_EVERY == 0 else 1)


def keep_steady(bridge: Bridge, window: QObject) -> Tidying:
    """For the program itself, once the first window is there; tests and commands keep Python's own ways."""
    switch_often()
    gc.disable()
    return Tidying(bridge, window)
