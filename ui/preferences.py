"""The settings while the program runs: applied at once, written a moment later off the GUI thread."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from homevisit.paths import Home
from homevisit.settings import Settings, save
from ui.bridge import Bridge, Where
from ui.theme import Theme, apply, resolve
from ui.tokens import Mode

SCALES = (100, 110, 125, 150, 175, 200)
_PAUSE_MS = 500


class Preferences(QObject):
    """Holds one frozen Settings. Nothing is written into a folder that holds no store yet (``allow_saving``)."""

    changed = Signal()

    def __init__(self, home: Home, settings: Settings, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._bridge = bridge
        self._settings = settings
        self._may_save = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.write)

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def theme(self) -> Theme:
        """The look that these settings ask for on this desktop."""
        return resolve(Mode(self._settings.theme), self._settings.text_scale)

    def allow_saving(self) -> None:
        self._may_save = True

    def change(self, **values: Any) -> None:
        """Take other values for some settings."""
        changed = replace(self._settings, **values)
        if changed == self._settings:
            return
        before, self._settings = self.theme, changed
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.theme != before:
            apply(app, self.theme)
        self.changed.emit()
        self._pause.start()

    def step_text(self, way: str) -> None:
        """Text "larger", "smaller" or "usual"."""
        now = self._settings.text_scale
        larger = [scale for scale in SCALES if scale > now]
        smaller = [scale for scale in SCALES if scale < now]
        choice = {"larger": larger[:1], "smaller": smaller[-1:], "usual": [SCALES[0]]}[way]
        if choice:
            self.change(text_scale=choice[0])

    def write(self) -> None:
        """Hand the settings to the worker lane now."""
        self._pause.stop()
        if self._may_save:
            settings, path = self._settings, self._home.settings
            self._bridge.run(lambda: save(path, settings), where=Where.WORKER)
