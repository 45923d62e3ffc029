"""Unlocking: one secret, one clear sentence when it is wrong, and a countdown while the next try has to wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from homevisit.clock import Clock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from ui.bridge import Bridge
from ui.homes import Homes
from ui.messages import notice_of
from ui.notices import Notice
from ui.presenters.tries import Tries, TriesState
from ui.tokens import Tone
from ui.words import tr

SET_ASIDE = "set-aside"
UNUSABLE = frozenset({"store.unreadable", "store.newer", "store.foreign"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockState:
    """``attempt`` grows with every refusal, so that the view clears the field once per refusal.

    ``can_help`` says that there is a sealed recovery code which the organisation can open.
    """

    store_name: str = ""
    store_path: str = ""
    recovery: bool = False
    can_help: bool = False
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
        home, homes = self._home, self._homes
        if recovery:
            self._bridge.run(lambda: homes.can_organisation_help(home), self._on_help, owner=self)

    def hand_out(self, path: Path) -> None:
        """Save the sealed recovery code for the organisation."""
        home, homes = self._home, self._homes
        self._bridge.run(
            lambda: homes.hand_out_code(home, path), lambda _: self._on_handed_out(path), self._on_refused, owner=self
        )

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

    def _on_help(self, can_help: bool) -> None:
        self._set(replace(self._state, can_help=can_help))

    def _on_handed_out(self, path: Path) -> None:
        said = Notice(
            sentence=tr("unlock", "Saved as “{name}”.", name=path.name),
            next_step=tr(
                "unlock",
                "Send it to whoever keeps your organisation’s recovery key, and ring them by a number that you know. "
                "Type the code that they read out here.",
            ),
            tone=Tone.GOOD,
        )
        self._tries.say(said)

    def _on_refused(self, error: HomeVisitError) -> None:
        self._tries.say(notice_of(error))

    def _nothing_typed(self) -> Notice:
        if self._state.recovery:
            return Notice(sentence=tr("unlock", "Type your recovery code first."))
        return Notice(sentence=tr("unlock", "Type your passphrase first."))

    def _set(self, state: UnlockState) -> None:
        self._state = state
        self.state_changed.emit(state)
