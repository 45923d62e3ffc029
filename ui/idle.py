"""Notices that nobody has touched the program for a while, also when the laptop slept meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)
TICK_MS = 5_000


class IdleWatch(QObject):
    """Filters the events of top-level windows only: a filter on the application would see every event of every widget.

    The wall clock is asked, not only a timer, since timers stand still while the laptop sleeps.
    """

    reached = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None, *, now: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._now = now
        self._limit = minutes * 60.0
        self._touched = now()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def change(self, minutes: int) -> None:
        """Another limit; 0 never locks by itself."""
        self._limit = minutes * 60.0

    def watch(self, window: QObject) -> None:
        window.installEventFilter(self)

    def touch(self) -> None:
        self._touched = self._now()

    def look(self) -> None:
        """Compare the clock; emits ``reached`` once, then starts again. A clock that was set back counts as a touch."""
        passed = self._now() - self._touched
        if passed < 0:
            self.touch()
        elif self._limit and passed >= self._limit:
            self.touch()
            self.reached.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return False
