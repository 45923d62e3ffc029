"""When sending and receiving begins by itself: after unlocking, when the network is back, and every few minutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from homevisit.changes import Changes
from homevisit.domain.place import FOLDER, Place
from homevisit.errors import HomeVisitError
from ui.network import Network
from ui.preferences import Preferences
from ui.presenters.sync import SyncRuns
from ui.shell import Shell

WRITTEN = Changes.VISITS | Changes.REVIEWS | Changes.FAMILIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """In seconds. ``after_typing`` is how long nothing may have been typed; ``idle`` is for when nothing is left."""

    first: float = 5
    returned: float = 3
    written: float = 60
    busy: float = 5 * 60
    idle: float = 15 * 60
    after_typing: float = 30


class SyncSchedule(QObject):
    """Begins a run now and then; never while somebody is typing, and never where the person does not want it.

    A run costs nothing to leave out: whatever was missed is done by the next one.
    """

    def __init__(
        self,
        shell: Shell,
        preferences: Preferences,
        network: Network,
        *,
        rhythm: Rhythm | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(shell)
        self._shell, self._preferences, self._network = shell, preferences, network
        self._rhythm = rhythm or Rhythm()
        self._now = now
        self._typed = -self._rhythm.after_typing
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        shell.saved.connect(self._on_typed)
        shell.changed.connect(self._on_changed)
        shell.sync.ended.connect(self._on_ended)
        preferences.changed.connect(lambda: self._within(self._rhythm.written))
        network.setParent(self)
        network.returned.connect(lambda: self._within(self._rhythm.returned))
        self._within(self._rhythm.first)

    @property
    def next_in(self) -> float:
        """Seconds until it looks whether to begin; below zero where nothing is planned."""
        return self._timer.remainingTime() / 1000

    def look(self) -> None:
        """Begin, unless somebody is typing: then a little later."""
        still = self._typed + self._rhythm.after_typing - self._now()
        if self._shell.sync.is_running:
            return  # its end says when the next one is due
        if not self._preferences.settings.sync_by_itself:
            self._within(self._rhythm.idle)
        elif still > 0:
            self._within(still)
        else:
            self._shell.bridge.run(self._where_due, self._on_places, self._on_failed)

    def _where_due(self) -> tuple[Place, ...]:
        services = self._shell.services
        return services.places.all() if services.syncing.is_due() else ()

    def _on_places(self, places: tuple[Place, ...]) -> None:
        if any(place.kind != FOLDER for place in places):
            self._network.begin()
            if self._network.is_metered and not self._preferences.settings.sync_metered:
                self._within(self._rhythm.busy)
                return
        if places:
            self._shell.sync.start(asked=False)
        else:
            self._within(self._rhythm.idle)

    def _on_failed(self, _: HomeVisitError) -> None:
        self._within(self._rhythm.busy)

    def _on_ended(self, runs: SyncRuns) -> None:
        self._timer.stop()
        self._within(self._rhythm.busy if runs.has_more else self._rhythm.idle)

    def _on_typed(self, _: object) -> None:
        self._typed = self._now()

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.PLACES:
            self._within(self._rhythm.returned)
        elif changes & WRITTEN:
            self._within(self._rhythm.written)

    def _within(self, seconds: float) -> None:
        """Look at the latest then; an earlier plan stands."""
        wanted = round(seconds * 1000)
        if not self._timer.isActive() or self._timer.remainingTime() > wanted:
            self._timer.start(wanted)
