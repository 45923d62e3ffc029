"""A control that goes away must not take the keyboard along: the shortcuts of a page act only while it is in there."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class KeyboardKept(QObject):
    """Gives the keyboard to what stood around a control that was switched off or removed while it had it."""

    def __init__(self, window: QWidget, application: QApplication) -> None:
        super().__init__(window)
        self._window = window
        self._around: tuple[QWidget, ...] = ()
        application.focusChanged.connect(self._on_focus)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None or before is None or not shiboken6.isValid(before):
            return
        self._around = tuple(self._ancestors(before))
        QTimer.singleShot(0, self, self._give)  # whoever hides a control usually says itself where it goes on

    def _ancestors(self, control: QWidget) -> list[QWidget]:
        found: list[QWidget] = []
        parent = control.parentWidget()
        while parent is not None and parent is not self._window:
            found.append(parent)
            parent = parent.parentWidget()
        return found if parent is self._window else []

    def _give(self) -> None:
        around, self._around = self._around, ()
        if QApplication.focusWidget() is not None or QApplication.activeWindow() is not self._window:
            return
        for each in around:
            if shiboken6.isValid(each) and each.isVisible() and each.isEnabled():
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                return
