"""What every presenter is handed: the services, the bridge, and the few things that belong to the whole desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.clock import Clock
from homevisit.domain.card import Desk
from ui.bridge import Bridge
from ui.notices import Notice
from ui.presenters.sync import SyncRuns
from ui.privacy import Privacy
from ui.shortcuts import Shortcuts

if TYPE_CHECKING:
    from homevisit.assembly import Services

Flush = Callable[[], "Future[Any] | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToHit:
    """Something Ctrl+K can go to. ``finder``s of the shell make them off the GUI thread."""

    page: str
    arg: str
    title: str
    subtitle: str = ""
    icon: str = "users"


class Shell(QObject):
    """Handed to every page factory; presenters keep it and use it instead of any global.

    ``acted`` carries the action of the desk's notice when its button was pressed, ``handed`` a screen that somebody
    else is to hold until the practitioner takes it back.
    """

    went = Signal(str, str)
    noticed = Signal(object)
    changed = Signal(object)
    saved = Signal(object)
    counted = Signal(object)
    acted = Signal(str)
    handed = Signal(object)

    def __init__(
        self,
        *,
        services: Services | None = None,
        bridge: Bridge,
        clock: Clock,
        desk: Desk,
        shortcuts: Shortcuts,
    ) -> None:
        super().__init__()
        self._services = services
        self.bridge = bridge
        self.clock = clock
        self.desk = desk
        self.shortcuts = shortcuts
        self.privacy = Privacy(self)
        self.sync = SyncRuns(self)
        self.finders: list[Callable[[str], Iterable[GoToHit]]] = []
        self._flushes: list[tuple[QObject, Flush]] = []

    @property
    def services(self) -> Services:
        """What the open store can do; a desk that is put together before a store is open asks for nothing yet."""
        if self._services is None:
            raise RuntimeError("no store is open yet")
        return self._services

    @services.setter
    def services(self, services: Services) -> None:
        self._services = services

    def go(self, page: str, arg: str = "") -> None:
        """Go to a page; the desk decides whether it may be shown now."""
        self.went.emit(page, arg)

    def announce(self, notice: Notice | None) -> None:
        """Say something in the desk's quiet bar; None takes it away. A page's own problems belong in its own bar."""
        self.noticed.emit(notice)

    def tell(self, changes: Changes) -> None:
        """Tell the desk what a write touched, so that the page that is shown and the counts refresh."""
        self.changed.emit(changes)

    def note_saved(self, at: datetime) -> None:
        """A draft was written at this moment: shown in the status line."""
        self.saved.emit(at)

    def note_waiting(self, count: int | None) -> None:
        """How many records wait to be sent, as counted by the store: below zero for other changes only, None where that

        is not known now. Only :mod:`ui.unsent` counts.
        """
        self.counted.emit(count)

    def flush_with(self, owner: QObject, flush: Flush) -> None:
        """Register what writes the owner's pending draft: it submits the write to the bridge and gives its future."""
        self._flushes.append((owner, flush))

    def flush(self) -> list[Future[Any]]:
        """Ask everyone who is still there to write what is pending: before a lock, a close, Ctrl+S."""
        self._flushes = [(owner, flush) for owner, flush in self._flushes if shiboken6.isValid(owner)]
        futures = (flush() for _, flush in self._flushes)
        return [future for future in futures if future is not None]
