"""Unlocking: one secret, one clear sentence when it is wrong, and a countdown while the next try has to wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.clock import Clock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from ui.bridge import Bridge
from ui.homes import Homes
from ui.messages import notice_of
from ui.notices import Notice
from ui.words import tr

if TYPE_CHECKING:
    from homevisit.assembly import Services

SET_ASIDE = "set-aside"
UNUSABLE = frozenset({"store.unreadable", "store.newer", "store.foreign"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockState:
    """``attempt`` grows with every refusal, so that the view clears the field once per refusal."""

    store_name: str = ""
    store_path: str = ""
    recovery: bool = False
    busy: bool = False
    wait: int = 0
    attempt: int = 0
    notice: Notice | None = None

    @property
    def can_try(self) -> bool:
        return not self.busy and self.wait == 0


class UnlockPresenter(QObject):
    """Holds an UnlockState. The secret is passed through and never kept."""

    state_changed = Signal(object)
    unlocked = Signal(object)
    unusable = Signal(str)

    def __init__(self, home: Home, homes: Homes, bridge: Bridge, clock: Clock) -> None:
        super().__init__()
        self._home = home
        self._homes = homes
        self._bridge = bridge
        self._clock = clock
        self._state = UnlockState(store_name=home.root.name, store_path=str(home.root))
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.count_down)

    @property
    def state(self) -> UnlockState:
        return self._state

    def use_recovery(self, recovery: bool) -> None:
        """Ask for the recovery code instead of the passphrase, or the other way round."""
        self._set(replace(self._state, recovery=recovery, notice=None))

    def unlock(self, secret: str) -> None:
        """Try a secret; nothing happens while a try runs or has to wait."""
        if not self._state.can_try:
            return
        if not secret.strip():
            self._set(replace(self._state, notice=self._nothing_typed()))
            return
        self._set(replace(self._state, busy=True, notice=None))
        home, homes, clock, recovery = self._home, self._homes, self._clock, self._state.recovery
        self._bridge.run(
            lambda: homes.unlock(home, secret, clock=clock, recovery=recovery), self._on_unlocked, self._on_refused
        )

    def count_down(self) -> None:
        """One second has passed."""
        left = max(0, self._state.wait - 1)
        if left == 0:
            self._tick.stop()
        self._set(replace(self._state, wait=left, notice=self._state.notice if left else None))

    def _on_unlocked(self, services: Services) -> None:
        self.unlocked.emit(services)

    def _on_refused(self, error: HomeVisitError) -> None:
        if error.code in UNUSABLE:
            self.unusable.emit(error.code)
            return
        seconds = error.values.get("seconds")
        wait = int(seconds) + 1 if isinstance(seconds, int | float) and seconds > 0 else 0
        if wait:
            self._tick.start()
        attempt = self._state.attempt + 1
        self._set(replace(self._state, busy=False, wait=wait, attempt=attempt, notice=notice_of(error)))

    def _nothing_typed(self) -> Notice:
        if self._state.recovery:
            return Notice(sentence=tr("unlock", "Type your recovery code first."))
        return Notice(sentence=tr("unlock", "Type your passphrase first."))

    def _set(self, state: UnlockState) -> None:
        self._state = state
        self.state_changed.emit(state)
