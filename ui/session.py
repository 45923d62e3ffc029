"""One run of the program: entry screen, then the desk of an open store, then leaving it by lock or close."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from homevisit.clock import Clock
from homevisit.domain.summaries import KnownCard
from homevisit.errors import HomeVisitError
from ui.bridge import Bridge, Where
from ui.crash import CrashPath
from ui.desk import DeskView
from ui.entry import Entry
from ui.idle import IdleWatch
from ui.locking import Leaving
from ui.messages import notice_of
from ui.navigation import Place
from ui.preferences import Preferences
from ui.shell import Shell
from ui.shortcuts import Shortcuts
from ui.window import MainWindow

if TYPE_CHECKING:
    from homevisit.assembly import Services

WARMED_UP = ("homevisit.assembly", "ui.wiring", "zxcvbn")
"""Imported on the worker lane once the first window is painted, while the person types."""

BuildDesk = Callable[[Shell, Preferences], DeskView]


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
    """Keeps what belongs to the open store: there is at most one, and after it the process ends or is replaced."""

    def __init__(self, parts: Parts, *, build_desk: BuildDesk | None = None) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._build_desk = build_desk or _build_desk
        self.shell: Shell | None = None
        self.leaving: Leaving | None = None
        self.idle: IdleWatch | None = None
        parts.entry.opened.connect(self.open)
        parts.bridge.problem.connect(self._on_problem)
        parts.crash.happened.connect(self._on_fault)

    @property
    def window(self) -> MainWindow:
        return self._parts.window

    @property
    def bridge(self) -> Bridge:
        return self._parts.bridge

    def start(self) -> None:
        """Show the entry screen; the slow imports begin once it is painted."""
        self._parts.entry.start()

    def warm_up(self) -> None:
        """After the first paint: look at the folder properly, and import what unlocking needs."""
        self._parts.entry.look()
        self._parts.bridge.run(_warm_up, where=Where.WORKER)

    def open(self, services: Services) -> None:
        """A store is open: learn whose it is, then put the desk into the window."""
        self._parts.bridge.run(services.cards.mine, lambda card: self._on_card(services, card), owner=self)

    def end(self) -> None:
        """After the event loop: nothing may run on."""
        self._parts.bridge.shutdown()

    def _on_card(self, services: Services, mine: KnownCard) -> None:
        parts = self._parts
        shell = Shell(
            services=services,
            bridge=parts.bridge,
            clock=parts.clock,
            desk=mine.card.role,
            shortcuts=parts.shortcuts,
        )
        shell.setParent(self)
        self.shell = shell
        self.leaving = Leaving(parts.window, shell, relaunch=parts.relaunch, parent=self)
        parts.preferences.allow_saving()
        self._show_desk(shell, self.leaving)
        self._watch(self.leaving)

    def _show_desk(self, shell: Shell, leaving: Leaving) -> None:
        desk = self._build_desk(shell, self._parts.preferences)
        desk.lock_asked.connect(leaving.lock)
        desk.text_asked.connect(self._parts.preferences.step_text)
        self._parts.window.show_content(desk)
        desk.start(self._parts.place)

    def _watch(self, leaving: Leaving) -> None:
        preferences = self._parts.preferences
        self.idle = IdleWatch(preferences.settings.lock_after, self)
        self.idle.reached.connect(leaving.lock)
        self.idle.watch(self._parts.window.windowHandle())
        preferences.changed.connect(self._on_preferences)

    def _on_preferences(self) -> None:
        if self.idle is not None:
            self.idle.change(self._parts.preferences.settings.lock_after)

    def _on_problem(self, error: HomeVisitError) -> None:
        if self.shell is not None:
            self.shell.announce(notice_of(error))

    def _on_fault(self, _: str) -> None:
        self._on_problem(HomeVisitError("app.fault"))


def _warm_up() -> None:
    for name in WARMED_UP:
        importlib.import_module(name)


def _build_desk(shell: Shell, preferences: Preferences) -> DeskView:
    made = importlib.import_module("ui.wiring").build_desk(shell, preferences)
    if not isinstance(made, DeskView):
        raise TypeError("ui.wiring.build_desk makes a DeskView")
    return made


def later(action: Callable[[], None]) -> None:
    """Run once the events that are waiting (the first paint) have been dealt with."""
    QTimer.singleShot(0, action)
