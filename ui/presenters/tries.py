"""Trying a secret: one try at a time, one sentence when it is wrong, a countdown while the next one has to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.errors import HomeVisitError
from ui.bridge import Bridge, Where
from ui.messages import notice_of
from ui.notices import Notice

SECOND_MS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TriesState:
    """``count`` grows with every refusal, so that a view clears its field once per refusal."""

    busy: bool = False
    wait: int = 0
    count: int = 0
    notice: Notice | None = None

    @property
    def can_try(self) -> bool:
        return not self.busy and self.wait == 0


class Tries(QObject):
    """``right`` carries what the job gave, ``given_up`` the code of a refusal that no other secret would mend."""

    changed = Signal(object)
    right = Signal(object)
    given_up = Signal(str)

    def __init__(self, bridge: Bridge, *, where: Where = Where.WRITER, hopeless: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._bridge = bridge
        self._where = where
        self._hopeless = hopeless
        self._state = TriesState()
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND_MS)
        self._tick.timeout.connect(self.count_down)

    @property
    def state(self) -> TriesState:
        return self._state

    def attempt(self, job: Callable[[], object]) -> None:
        """Try; nothing happens while a try runs or has to wait."""
        if self._state.can_try:
            self._put(replace(self._state, busy=True, notice=None))
            self._bridge.run(job, self._on_right, self._on_wrong, where=self._where)

    def say(self, notice: Notice | None) -> None:
        """Something about the secret that needs no try."""
        self._put(replace(self._state, notice=notice))

    def count_down(self) -> None:
        """One second has passed."""
        left = max(0, self._state.wait - 1)
        if left == 0:
            self._tick.stop()
        self._put(replace(self._state, wait=left, notice=self._state.notice if left else None))

    def _on_right(self, found: object) -> None:
        """It stays busy: what asked for the secret is about to go, and a second try would find the door open."""
        self.right.emit(found)

    def _on_wrong(self, error: HomeVisitError) -> None:
        if error.code in self._hopeless:
            self.given_up.emit(error.code)
            return
        seconds = error.values.get("seconds")
        wait = int(seconds) + 1 if isinstance(seconds, int | float) and seconds > 0 else 0
        if wait:
            self._tick.start()
        self._put(replace(self._state, busy=False, wait=wait, count=self._state.count + 1, notice=notice_of(error)))

    def _put(self, state: TriesState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)
