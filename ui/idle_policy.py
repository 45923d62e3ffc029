"""How long the program waits before it locks: what the person chose, or less where the team asks for less."""

from __future__ import annotations

from PySide6.QtCore import QObject

from homevisit.changes import Changes
from ui.idle import IdleWatch
from ui.preferences import Preferences
from ui.shell import Shell


class IdlePolicy(QObject):
    """Tells the watch its limit, again whenever the preferences or the team change."""

    def __init__(self, idle: IdleWatch, preferences: Preferences, shell: Shell) -> None:
        super().__init__(idle)
        self._idle, self._preferences, self._shell = idle, preferences, shell
        self._asked = 0
        preferences.changed.connect(self._apply)
        shell.changed.connect(self._on_changed)
        self._read()

    def _read(self) -> None:
        services = self._shell.services
        self._shell.bridge.run(lambda: services.teams.policy.idle_lock, self._on_read, owner=self)

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.SETTINGS:
            self._read()

    def _on_read(self, minutes: int) -> None:
        self._asked = minutes
        self._apply()

    def _apply(self) -> None:
        self._idle.change(least(self._preferences.settings.lock_after, self._asked))


def least(chosen: int, asked: int) -> int:
    """The shorter of two times in minutes, of which 0 means none."""
    return min((each for each in (chosen, asked) if each), default=0)
