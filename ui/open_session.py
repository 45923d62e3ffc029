"""From an open store to its desk, and what watches over it; loaded while the person types the passphrase."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from homevisit import logs
from homevisit.domain.summaries import KnownCard
from homevisit.errors import HomeVisitError
from ui.after_opening import AfterOpening
from ui.before_closing import BeforeClosing
from ui.desk import DeskView
from ui.idle import IdleWatch
from ui.idle_policy import IdlePolicy
from ui.locking import Leaving
from ui.messages import notice_of
from ui.session import Parts
from ui.shell import Shell
from ui.wiring import announce, empty_desk

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from ui.handover.screen import HandOverScreen

Made = tuple[Shell, DeskView]


class OpenSession(QObject):
    """What belongs to the one open store of this process. ``made`` is the desk where it was put together already."""

    def __init__(self, parts: Parts, services: Services, mine: KnownCard, made: Made | None = None) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._log: logging.Handler | None = None
        self.shell, desk = made or _made(parts, mine)
        self.shell.services = services
        self.shell.setParent(self)
        self.leaving = Leaving(parts.window, self.shell, close_store=self.close_store, relaunch=parts.relaunch)
        self.idle = IdleWatch(parts.preferences.settings.lock_after, self)
        IdlePolicy(self.idle, parts.preferences, self.shell)
        parts.preferences.allow_saving()
        parts.bridge.run(self._start_log)
        self._show_desk(desk)
        announce(self.shell)
        self._connect()
        self.after = AfterOpening(self.shell, parts.preferences, self)
        self.before = BeforeClosing(parts.window, self.shell, self.after.unsent, self.leaving.close)

    def close_store(self) -> None:
        """On the writer lane, after the last draft was written."""
        self.shell.services.close()
        logs.event("store.closed")
        if self._log is not None:
            logs.stop(self._log)

    def _start_log(self) -> None:
        """A log that cannot be written is done without."""
        with suppress(OSError):
            self._log = logs.start(self.shell.services.home.logs, self._parts.clock)
            logs.event("store.opened", kind=self.shell.desk.value)

    def _show_desk(self, desk: DeskView) -> None:
        desk.lock_asked.connect(self.leaving.lock)
        desk.text_asked.connect(self._parts.preferences.step_text)
        self._parts.window.show_content(desk)
        desk.start(self._parts.place)

    def _connect(self) -> None:
        parts = self._parts
        self.idle.watch(parts.window.windowHandle())
        self.idle.reached.connect(self.leaving.lock)
        parts.bridge.problem.connect(self._on_problem)
        parts.crash.happened.connect(self._on_fault)
        self.shell.handed.connect(self._on_handed)

    def _on_handed(self, screen: HandOverScreen) -> None:
        screen.lock_asked.connect(self.leaving.lock)
        screen.returned.connect(self._parts.window.take_back)
        self._parts.window.hand_over(screen)

    def _on_problem(self, error: HomeVisitError) -> None:
        self.shell.announce(notice_of(error))

    def _on_fault(self, _: str) -> None:
        self._on_problem(HomeVisitError("app.fault"))


def open_session(parts: Parts, services: Services, mine: KnownCard, made: Made | None = None) -> OpenSession:
    """Put the desk of an open store into the window."""
    return OpenSession(parts, services, mine, made)


def _made(parts: Parts, mine: KnownCard) -> Made:
    shell = Shell(bridge=parts.bridge, clock=parts.clock, desk=mine.card.role, shortcuts=parts.shortcuts)
    return shell, empty_desk(shell, parts.preferences)
