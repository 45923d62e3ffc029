"""Unlocking: one secret, one clear sentence when it is wrong, and a countdown while the next try has to wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from homevisit.clock import Clock
from homevisit.paths import Home
from ui.bridge import Bridge
from ui.homes import Homes
from ui.notices import Notice
from ui.presenters.tries import Tries, TriesState
from ui.words import tr

if TYPE_CHECKING:
    pass

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
        self._clock = clock
        self._state = UnlockState(store_name=home.root.name, store_path=str(home.root))
        self._tries = Tries(bridge, hopeless=UNUSABLE)
        self._tries.setParent(self)
        self._tries.changed.connect(self._on_tries)
        self._tries.right.connect(self.unlocked)
        self._tries.given_up.connect(self.unusable)

    @property
    def state(self) -> UnlockState:
        return self._state

    def use_recovery(self, recovery: bool) -> None:
        """Ask for the recovery code instead of the passphrase, or the other way round."""
        self._set(replace(self._state, recovery=recovery))
        self._tries.say(None)

    def unlock(self, secret: str) -> None:
        """Try a secret; nothing happens while a try runs or has to wait."""
        if not self._state.can_try:
            return
        if not secret.strip():
            self._tries.say(self._nothing_typed())
            return
        home, homes, clock, recovery = self._home, self._homes, self._clock, self._state.recovery
        self._tries.attempt(lambda: homes.unlock(home, secret, clock=clock, recovery=recovery))

    def count_down(self) -> None:
        """One second has passed."""
        self._tries.count_down()

    def _on_tries(self, tries: TriesState) -> None:
        self._set(replace(self._state, busy=tries.busy, wait=tries.wait, attempt=tries.count, notice=tries.notice))

    def _nothing_typed(self) -> Notice:
        if self._state.recovery:
            return Notice(sentence=tr("unlock", "Type your recovery code first."))
        return Notice(sentence=tr("unlock", "Type your passphrase first."))

    def _set(self, state: UnlockState) -> None:
        self._state = state
        self.state_changed.emit(state)
