"""Hands for a robot: real X events by xdotool where there is a screen, Qt's own events where there is none."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Condition = Callable[[], bool]
X_KEYS = {"Ctrl": "ctrl", "Shift": "shift", "Alt": "alt", "Space": "space", "Plus": "plus", "Minus": "minus"}


class Hands(Protocol):
    """What a person's hands can do. Each act is a generator of conditions to wait for."""

    def take_keyboard(self, window: QWidget) -> Iterator[Condition]: ...

    def click(self, widget: QWidget, spot: QPoint) -> Iterator[Condition]: ...

    def type(self, text: str) -> Iterator[Condition]: ...

    def press(self, keys: str) -> Iterator[Condition]: ...


class XHands:
    """Moves the pointer and strikes the keys of the X server that the window is on."""

    def click(self, widget: QWidget, spot: QPoint) -> Iterator[Condition]:
        place = widget.mapToGlobal(spot)
        yield from self.take_keyboard(widget.window())
        yield self._act("mousemove", str(place.x()), str(place.y()), "click", "1")

    def type(self, text: str) -> Iterator[Condition]:
        yield self._act("type", "--delay", "1", "--", text)

    def press(self, keys: str) -> Iterator[Condition]:
        # A capital letter would strike Shift as well.
        yield self._act(
            "key", "+".join(X_KEYS.get(part, part.lower() if len(part) == 1 else part) for part in keys.split("+"))
        )

    def take_keyboard(self, window: QWidget) -> Iterator[Condition]:
        # There is no window manager on the virtual screen, so nobody else gives a window the keyboard.
        if QApplication.activeWindow() is not window:
            yield self._act("windowfocus", "--sync", str(int(window.winId())))
            yield lambda: QApplication.activeWindow() is window

    def _act(self, *words: str) -> Condition:
        running = subprocess.Popen(["xdotool", *words])
        return lambda: running.poll() is not None


class QtHands:
    """Sends the same events from inside; for machines without any screen."""

    def take_keyboard(self, window: QWidget) -> Iterator[Condition]:
        window.activateWindow()
        yield lambda: QApplication.activeWindow() is window

    def click(self, widget: QWidget, spot: QPoint) -> Iterator[Condition]:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        yield lambda: True

    def type(self, text: str) -> Iterator[Condition]:
        for line, part in enumerate(text.split("\n")):
            if line:
                QTest.keyClick(_focus(), Qt.Key.Key_Return)
            QTest.keyClicks(_focus(), part)
            yield lambda: True

    def press(self, keys: str) -> Iterator[Condition]:
        chord = QKeySequence(keys)[0]  # type: ignore[index]  # the stub forgets __getitem__
        QTest.keyClick(_focus(), chord.key(), chord.keyboardModifiers())
        yield lambda: True


def hands() -> Hands:
    """The hands that this machine has."""
    real = QGuiApplication.platformName() == "xcb" and shutil.which("xdotool")
    return XHands() if real else QtHands()


def _focus() -> QWidget:
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    if widget is None:
        raise AssertionError("nothing has the keyboard")
    return widget
