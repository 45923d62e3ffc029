"""One run of the program: the entry screen, then the desk of one open store, until it is locked or closed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.clock import Clock
from homevisit.domain.card import Desk
from ui.bridge import Bridge, Where
from ui.crash import CrashPath
from ui.entry import Entry
from ui.importing import desk_modules
from ui.navigation import Place
from ui.preferences import Preferences
from ui.shortcuts import Shortcuts
from ui.slices import Slices
from ui.window import MainWindow

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.domain.summaries import KnownCard
    from ui.ahead import DeskAhead
    from ui.open_session import OpenSession
    from ui.shell import Shell

WARMED_UP = ("homevisit.assembly", "zxcvbn")
"""Imported on the worker lane once the first window is painted, while the person types; nothing of Qt is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a session is made of; ``relaunch`` replaces the process, ``place`` is where to come back to."""

    window: MainWindow
    entry: Entry
    bridge: Bridge
    preferences: Preferences
    shortcuts: Shortcuts
    clock: Clock
    crash: CrashPath
    relaunch: Callable[[Place | None], None]
    place: Place | None = None


class Session(QObject):
    """Keeps the parts together. There is at most one open store; after it the process ends or is replaced.

    ``warmed`` comes once everything is done that can be done before a passphrase is typed.
    """

    warmed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._modules = Slices(desk_modules(), self)
        self._modules.done.connect(self._on_modules)
        self._ahead: DeskAhead | None = None
        self.opened: OpenSession | None = None
        parts.entry.opened.connect(self.open)

    @property
    def window(self) -> MainWindow:
        return self._parts.window

    @property
    def bridge(self) -> Bridge:
        return self._parts.bridge

    @property
    def shell(self) -> Shell | None:
        """The shell of the open store, None while it is locked."""
        return self.opened.shell if self.opened else None

    def start(self) -> None:
        """Show the entry screen that most likely fits the folder."""
        self._parts.entry.start()

    def warm_up(self) -> None:
        """After the first paint: look at the folder properly, import what unlocking needs, make the desk for it."""
        self._parts.entry.look()
        self._parts.bridge.run(_warm_up, self._on_imported, where=Where.WORKER)

    def open(self, services: Services) -> None:
        """A store is open: learn whose it is, then put its desk into the window."""
        run = self._parts.bridge.run
        mine = run(services.cards.mine, lambda mine: self._on_card(services, mine), owner=self)
        run(lambda: _look_ahead(services, mine.result()))  # the lane has one worker: what is asked first is there

    def end(self) -> None:
        """After the event loop: nothing may run on, however it ended."""
        self._parts.bridge.shutdown(self.opened.close_store if self.opened else None)

    def take_down(self) -> None:
        """End, and destroy the window in Qt's own order.

        Left to Python's collector, which knows no order, what a layout holds would be freed twice now and then.
        """
        self.end()
        shiboken6.delete(self._parts.window)

    def _on_imported(self, _: None) -> None:
        if self.opened is None:
            self._modules.begin()

    def _on_modules(self) -> None:
        if not self._parts.entry.is_unlocking:
            self.warmed.emit()
            return
        self._ahead = importlib.import_module("ui.ahead").DeskAhead(self._parts)
        self._ahead.ready.connect(self.warmed)
        self._ahead.begin()

    def _on_card(self, services: Services, mine: KnownCard) -> None:
        self._modules.stop()
        made = self._ahead.take(mine.card.role) if self._ahead is not None else None
        self.opened = importlib.import_module("ui.open_session").open_session(self._parts, services, mine, made)


def _warm_up() -> None:
    for name in WARMED_UP:
        importlib.import_module(name)
    importlib.import_module("homevisit.prompts.library").Library.shipped()  # read once, and kept


def _look_ahead(services: Services, mine: KnownCard) -> None:
    """Read the day while the desk is put together; Today asks again."""
    if mine.card.role is Desk.PRACTITIONER:
        services.today.agenda()


def later(action: Callable[[], None]) -> None:
    """Run once the events that are waiting (the first paint) have been dealt with."""
    QTimer.singleShot(0, action)
