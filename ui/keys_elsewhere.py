"""F12 and Ctrl+L where the window's own shortcuts do not reach: in dialogs, menus and drop-downs of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QMainWindow, QMenu, QWidget
from typing_extensions import override

from ui.shortcuts import Shortcuts

WINDOW_WIDE = "cover"


class KeysElsewhere(QObject):
    """Gives whatever else opens the keys of the window.

    While a popup is open Qt asks its shortcuts alone. Most popups are found by the keyboard going into them; a text
    field's own menu does not take it, so the field that has the keyboard is watched for the wish to open one. A filter
    on the application would find them all, but would see every event of every widget.
    """

    def __init__(self, window: QWidget, shortcuts: Shortcuts, acts: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(window)
        self._shortcuts = shortcuts
        self._acts = dict(acts)
        self._watched: list[QObject] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def close_popups(self) -> None:
        """Close every popup, the one that opened last first."""
        before: QWidget | None = None
        while (popup := QApplication.activePopupWidget()) is not None and popup is not before:
            popup.close()
            before = popup

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ContextMenu:
            QTimer.singleShot(0, self, self._dress_popup)  # it opens after this event
        return False

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        for each in self._watched:
            if shiboken6.isValid(each):
                each.removeEventFilter(self)
        self._watched = []
        if now is None:
            return
        self._watch(now)
        if not isinstance(now.window(), QMainWindow):
            self._dress(now.window())
        suggestions = now.completer() if isinstance(now, QLineEdit) else None
        if suggestions is not None and (popup := suggestions.popup()) is not None:
            self._dress(popup)

    def _watch(self, field: QWidget) -> None:
        self._watched = [field]
        if isinstance(field, QAbstractScrollArea):
            self._watched.append(field.viewport())  # a menu that the pointer asks for is asked for here
        for each in self._watched:
            each.installEventFilter(self)

    def _dress_popup(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            for each in (popup, *popup.findChildren(QMenu)):
                self._dress(each)

    def _dress(self, other: QWidget) -> None:
        for line_id in self._missing_in(other):
            key = QShortcut(QKeySequence(self._shortcuts.keys(line_id)), other)
            key.setObjectName(f"shortcut.{line_id}")
            key.activated.connect(self._acts[line_id])

    def _missing_in(self, other: QWidget) -> list[str]:
        """A key that a page listens to with all its parts acts in their popups too; given twice it would do nothing."""
        wanted = [WINDOW_WIDE] if isinstance(_base(other), QMainWindow) else list(self._acts)
        return [line_id for line_id in wanted if other.findChild(QShortcut, f"shortcut.{line_id}") is None]


def _base(other: QWidget) -> QWidget:
    """The window that a popup belongs to; anything else is its own."""
    window = other.window()
    parent = window.parentWidget()
    is_popup = window.windowType() == Qt.WindowType.Popup
    return _base(parent) if is_popup and parent is not None else window
