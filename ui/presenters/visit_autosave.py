"""Nothing to save: every part of a draft is written at a pause in typing, and at once when something ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.errors import HomeVisitError
from ui.bridge import Bridge

PAUSE_MS = 350
LONGEST_MS = 800
RETRY_MS = (1_000, 2_000, 5_000, 10_000)

Save = Callable[[object], datetime]
Read = Callable[[], object]


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """A part that changed: how to read its newest value and how to write it."""

    read: Read
    save: Save


class Autosave(QObject):
    """Keeps the newest pending value per part and writes it when typing pauses, at the latest after ``LONGEST_MS``.

    ``saved`` carries when the last of what was handed in became safe on the disk. A write that fails stays pending,
    is announced once by ``failed`` and tried again until it succeeds or a newer value takes its place, be that still
    pending or handed in already: an older value must never be written over a newer one.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._pending: dict[str, Pending] = {}
        self._on_the_way: list[Future[Any]] = []
        self._newest: dict[str, Future[Any]] = {}
        self._failures = 0
        self._pause = self._timer()
        self._longest = self._timer()
        self._retry = self._timer()

    @property
    def is_clean(self) -> bool:
        """Everything that was typed is on the disk."""
        return not self._pending and not self._on_the_way

    def holds(self, start: str) -> bool:
        """Whether something of the parts that start like this is not known to be on the disk."""
        return any(part.startswith(start) for part in (*self._pending, *self._newest))

    def touch(self, part: str, read: Read, save: Save) -> None:
        """A part changed; ``read`` is asked for the newest value when it is written, on the GUI thread."""
        self._pending[part] = Pending(read, save)
        self._pause.start(PAUSE_MS)
        if not self._longest.isActive():
            self._longest.start(LONGEST_MS)

    def flush(self) -> tuple[Future[Any], ...]:
        """Hand everything pending to the writer lane now; every write that is not known to be safe yet."""
        for timer in (self._pause, self._longest, self._retry):
            timer.stop()
        pending, self._pending = self._pending, {}
        for part, item in pending.items():
            self._write(part, item)
        return tuple(self._on_the_way)

    def forget(self) -> None:
        """What is pending is not wanted any more: the draft was signed or thrown away on purpose."""
        for timer in (self._pause, self._longest, self._retry):
            timer.stop()
        self._pending.clear()
        self._newest.clear()

    def _write(self, part: str, item: Pending) -> None:
        value = item.read()
        future: Future[datetime] = self._bridge.run(
            lambda: item.save(value),
            lambda moment: self._on_saved(part, future, moment),
            lambda error: self._on_failed(future, (part, Pending(lambda: value, item.save)), error),
            owner=self,
        )
        self._on_the_way.append(future)
        self._newest[part] = future

    def _on_saved(self, part: str, future: Future[Any], moment: datetime) -> None:
        self._on_the_way.remove(future)
        if self._newest.get(part) is future:
            del self._newest[part]
        if not self._pending:
            self._failures = 0
        self.saved.emit(moment)

    def _on_failed(self, future: Future[Any], again: tuple[str, Pending], error: HomeVisitError) -> None:
        self._on_the_way.remove(future)
        if self._newest.get(again[0]) is not future:
            return
        del self._newest[again[0]]
        self._pending.setdefault(*again)
        self._retry.start(RETRY_MS[min(self._failures, len(RETRY_MS) - 1)])
        self._failures += 1
        self.failed.emit(error)

    def _timer(self) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.flush)
        return timer
