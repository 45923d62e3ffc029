"""From starting the program to an open store: looks at the folder and puts the right screen into the window.

Only the unlock screen is imported at once; the rarer ones when they are needed, so that it is painted sooner.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from homevisit.clock import Clock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from ui.bridge import Bridge
from ui.homes import Homes
from ui.presenters.unlock import UnlockPresenter
from ui.views.unlock import UnlockView
from ui.window import MainWindow

if TYPE_CHECKING:
    from ui.views.unlock_trouble import UnlockTroubleView

CODES = {"unreadable": "store.unreadable", "newer": "store.newer", "foreign": "store.foreign"}


class Entry(QObject):
    """``opened`` carries the services of the store that was unlocked or made."""

    opened = Signal(object)

    def __init__(self, window: MainWindow, home: Home, homes: Homes, bridge: Bridge, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._home = home
        self._homes = homes
        self._bridge = bridge
        self._clock = clock
        self._shown = ""

    def start(self) -> None:
        """Show what most likely fits the folder, told by two file names, so that the window is painted at once."""
        home = self._home
        self._show("ready" if home.keys.exists() or home.database.exists() else "empty")

    @property
    def is_unlocking(self) -> bool:
        """Whether the passphrase of a store is asked for."""
        return self._shown == "ready"

    def look(self) -> None:
        """Find out what the folder really holds; another screen is shown only if the first one was wrong."""
        home, homes = self._home, self._homes
        self._bridge.run(lambda: str(homes.state(home)), self._show, owner=self)

    def _show(self, state: str) -> None:
        if state == self._shown:
            return
        self._shown = state
        if state in CODES:
            self._show_trouble(CODES[state])
        elif state == "empty":
            self._show_first_run()
        else:
            self._show_unlock()

    def _show_unlock(self) -> None:
        view, presenter = UnlockView(), UnlockPresenter(self._home, self._homes, self._bridge, self._clock)
        presenter.setParent(view)
        presenter.state_changed.connect(view.render_state)
        presenter.unlocked.connect(self.opened)
        presenter.unusable.connect(self._on_unusable)
        view.tried.connect(presenter.unlock)
        view.recovery_asked.connect(presenter.use_recovery)
        view.hand_out_asked.connect(presenter.hand_out)
        view.render_state(presenter.state)
        self._window.show_content(view)

    def _show_first_run(self) -> None:
        made = importlib.import_module("ui.first_run_entry").first_run
        view, presenter = made(self._home, self._homes, self._bridge, self._clock)
        presenter.finished.connect(self.opened)
        self._window.show_content(view)

    def _show_trouble(self, code: str) -> None:
        trouble = importlib.import_module("ui.views.unlock_trouble").UnlockTroubleView
        view = trouble(HomeVisitError(code), str(self._home.root))
        view.retry_asked.connect(lambda: self._look_again(view))
        view.set_aside_asked.connect(lambda: self._set_aside(code))
        self._window.show_content(view)

    def _look_again(self, view: UnlockTroubleView) -> None:
        home, homes = self._home, self._homes
        self._bridge.run(lambda: str(homes.state(home)), lambda state: self._on_looked(state, view), owner=view)

    def _on_looked(self, state: str, view: UnlockTroubleView) -> None:
        if state == self._shown:
            view.show_looked(self._clock.now())
        else:
            self._show(state)

    def _set_aside(self, code: str) -> None:
        home, homes = self._home, self._homes
        self._bridge.run(lambda: homes.set_aside(home, code), self._on_set_aside, owner=self)

    def _on_set_aside(self, _: Path) -> None:
        self.look()

    def _on_unusable(self, code: str) -> None:
        self._show(code.removeprefix("store."))
