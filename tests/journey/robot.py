"""Drives the real window as a person would: looks for a control, clicks, types, and waits for what should be seen."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from tests.journey.hands import Condition, Hands, hands
from ui.window import MainWindow

TICK_MS = 8
SETTLING_S = 0.08
QUICK_PNG = 90
"""Little compression: a picture is written in 30 ms instead of 130."""
INSISTING_S = 1.0
PATIENCE_S = 20.0
Wait = tuple[Condition, str]
Script = Generator[Wait, None, None]


class Robot(QObject):
    """Runs one script in the program's own event loop; every wait has a limit and a sentence."""

    def __init__(self, window: MainWindow, out: Path, *, chapter: str) -> None:
        super().__init__(window)
        self._window = window
        self._out = out
        self._chapter = chapter
        self._hands: Hands = hands()
        self._pictures = 0
        self._script: Script | None = None
        self._wait: Wait | None = None
        self._since = 0.0
        self.failure = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)

    @property
    def window(self) -> MainWindow:
        return self._window

    def start(self, script: Script) -> None:
        """Begin; the program's event loop does the rest."""
        self._script = self._begin(script)
        self._timer.start(TICK_MS)

    def _begin(self, script: Script) -> Script:
        yield self._window.isVisible, "the window"
        yield from self.return_to_window()
        yield from script

    def say(self, sentence: str) -> None:
        """Print a step as it happens."""
        print(f"  {self._chapter}: {sentence}", flush=True)

    # Looking

    def find(self, name: str) -> QWidget | None:
        """The visible control with an object name ("*end" for one that ends so), or None."""
        for widget in QApplication.allWidgets():
            own = widget.objectName()
            if widget.isVisible() and (own.endswith(name[1:]) if name.startswith("*") else own == name):
                return widget
        return None

    def labelled(self, words: str, kind: type[QWidget] = QWidget) -> QWidget | None:
        """The visible control of a kind whose accessible name or text is (or begins with) these words."""
        for widget in QApplication.allWidgets():
            named = widget.accessibleName().startswith(words) or _words(widget).startswith(words)
            if isinstance(widget, kind) and widget.isVisible() and named:
                return widget
        return None

    def reads(self, words: str) -> bool:
        """Whether the words stand anywhere on the visible window."""
        return any(words in _words(widget) for widget in QApplication.allWidgets() if widget.isVisible())

    def lists(self, words: str) -> bool:
        """Whether a list on the screen has a row with the words."""
        shown = [view for view in QApplication.allWidgets() if isinstance(view, QAbstractItemView) and view.isVisible()]
        return any(
            words in _spoken(view.model().index(line, 0)) for view in shown for line in range(view.model().rowCount())
        )

    def text_of(self, name: str) -> str:
        """What stands in a text box."""
        return _text_in(self.find(name))

    # Acting

    def until(self, condition: Condition, what: str) -> Script:
        """Wait until something is so."""
        yield condition, what

    def see(self, words: str) -> Script:
        """Wait until the words are on the screen."""
        yield (lambda: self.reads(words)), f"“{words}” to be seen"

    def settle(self) -> Script:
        """Wait until what was asked for is painted."""
        yield self._pause(SETTLING_S), "the window to settle"

    def think(self, seconds: float) -> Script:
        """Do nothing for a while, where the time itself is what is promised."""
        yield self._pause(seconds), "a while"

    def click(self, name: str) -> Script:
        """Click the control with this object name."""
        yield (lambda: _ready(self.find(name))), f"{name} to be there"
        yield from self._click(self.find(name), name)

    def click_label(self, words: str, kind: type[QWidget] = QWidget) -> Script:
        """Click the control with this accessible name or text."""
        yield (lambda: _ready(self.labelled(words, kind))), f"a control called “{words}”"
        yield from self._click(self.labelled(words, kind), words)

    def click_widget(self, widget: QWidget, spot: QPoint | None = None) -> Script:
        """Click a control that was found some other way."""
        yield from self._click(widget, widget.objectName(), spot)

    def click_row(self, name: str, words: str) -> Script:
        """Click the last row of a list whose spoken text holds the words."""
        yield (lambda: self._row(name, words) is not None), f"a row “{words}” in {name}"
        view, index = self._row(name, words) or (None, None)
        if view is None or index is None:
            raise AssertionError(f"the row {words} went away")
        view.scrollTo(index)
        for area in _scroll_areas(view):
            if (inner := area.widget()) is not None:
                spot = view.viewport().mapTo(inner, view.visualRect(index).center())
                area.ensureVisible(spot.x(), spot.y())
        yield (lambda: True), "scrolling"
        yield from self._perform(
            self._hands.click(view.viewport(), view.visualRect(index).center()), f"the click on {words}"
        )

    def write(self, name: str, text: str) -> Script:
        """Click into a text box and type; waits until the box holds the text."""
        yield from self.click(name)
        yield from self._perform(self._hands.type(text), f"typing into {name}")
        yield (lambda: text in _text_in(self.find(name))), f"{name} to hold what was typed"

    def type(self, text: str) -> Script:
        """Type where the keyboard is."""
        yield from self._perform(self._hands.type(text), "typing")

    def press(self, keys: str) -> Script:
        """Strike a key or a chord such as Ctrl+Return."""
        yield from self._perform(self._hands.press(keys), f"the keys {keys}")

    # The keyboard alone

    def has_focus(self, name: str) -> bool:
        """Whether the keyboard is in a control: by object name, "*end", a part of it, or "=Accessible name"."""
        focus = QApplication.focusWidget()
        if focus is None:
            return False
        own = focus.objectName()
        if name.startswith("="):
            return (focus.accessibleName() or _words(focus)).startswith(name[1:])
        return own.endswith(name[1:]) if name.startswith("*") else own == name or own.startswith(f"{name}.")

    def tab_to(self, name: str, *, keys: str = "Tab", most: int = 60) -> Script:
        """Strike Tab until a control has the keyboard; on the way it must never get lost."""
        route: list[str] = []
        while not self.has_focus(name):
            if len(route) == most:
                raise AssertionError(f"{keys} never came to {name}, but to:\n  " + "\n  ".join(route))
            before = QApplication.focusWidget()
            route.append(_described(before))
            yield from self.press(keys)
            moved = partial(_is_elsewhere, before)
            yield moved, f"{keys} to leave {route[-1]}"

    def return_to_window(self) -> Script:
        """Give the window the keyboard, as a window manager does at the start and when a dialog has closed."""
        for condition in self._hands.take_keyboard(self._window):
            yield condition, "the window to have the keyboard"

    def focused(self, name: str) -> Script:
        """Wait until a control has the keyboard by itself."""
        yield (
            (lambda: self.has_focus(name)),
            f"the keyboard to be in {name}",
        )

    def choose_row(self, words: str) -> Script:
        """Go down the list that has the keyboard, from its top, to a row and open it with Return."""
        yield from self.press("Home")
        for _ in range(60):
            view = QApplication.focusWidget()
            if not isinstance(view, QAbstractItemView):
                raise AssertionError(f"the keyboard is in {_described(view)}, not in a list")
            if words in _spoken(view.currentIndex()):
                yield from self.press("Return")
                return
            yield from self.press("Down")
        raise AssertionError(f"no row “{words}” was reached")

    def insist(self, act: Callable[[], Script], condition: Condition, what: str) -> Script:
        """Do something again until it took: the file dialog's own suggestions may get in between."""
        for _ in range(5):
            yield from act()
            late = self._pause(INSISTING_S)
            yield (lambda late=late: condition() or late()), what  # type: ignore[misc]
            if condition():
                return
        yield condition, what

    def shot(self, name: str) -> Script:
        """Keep a picture of the window once it has been painted."""
        yield from self.settle()
        self._pictures += 1
        path = self._out / f"{self._chapter}-{self._pictures:02d}-{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._window.grab().save(str(path), "PNG", QUICK_PNG)

    def _click(self, widget: QWidget | None, what: str, spot: QPoint | None = None) -> Script:
        if widget is None:
            raise AssertionError(f"{what} went away")
        for area in _scroll_areas(widget):
            area.ensureWidgetVisible(widget)
        yield (lambda: True), "scrolling"
        yield from self._perform(self._hands.click(widget, spot or widget.rect().center()), f"the click on {what}")

    def _perform(self, acts: Iterator[Condition], what: str) -> Script:
        for condition in acts:
            yield condition, what
        yield (lambda: True), "the events to arrive"

    def _pause(self, seconds: float) -> Condition:
        until = time.monotonic() + seconds
        return lambda: time.monotonic() >= until

    def _row(self, name: str, words: str) -> tuple[QAbstractItemView, QModelIndex] | None:
        view = self.find(name)
        if not isinstance(view, QAbstractItemView):
            return None
        model = view.model()
        for line in reversed(range(model.rowCount())):
            index = model.index(line, 0)
            if words in _spoken(index):
                return view, index
        return None

    # Running

    @property
    def is_done(self) -> bool:
        """Nothing of the script is left: a window that closed too early ends the program in the middle of one."""
        return self._script is None

    def _on_tick(self) -> None:
        try:
            self._go_on()
        except StopIteration:
            self._end()
        except Exception as problem:  # noqa: BLE001 - the program's own crash path would swallow a fault of the script
            self._fail("".join(traceback.format_exception(problem)))

    def _go_on(self) -> None:
        if self._wait is None or self._wait[0]():
            self._wait = next(self._script) if self._script else None
            self._since = time.monotonic()
        elif time.monotonic() - self._since > PATIENCE_S:
            self._fail(f"waited {PATIENCE_S:.0f} s for {self._wait[1]}")

    def _fail(self, sentence: str) -> None:
        self.failure = sentence
        where = _described(QApplication.focusWidget())
        print(f"  {self._chapter}: FAILED: {sentence}; the keyboard is in {where}", file=sys.stderr, flush=True)
        self._out.mkdir(parents=True, exist_ok=True)
        self._window.screen().grabWindow(0).save(str(self._out / f"{self._chapter}-failed.png"))
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._script = self._wait = None
        self._window.close()


def _spoken(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole) or "")


def _described(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    return f"{type(widget).__name__} {widget.objectName()!r} “{widget.accessibleName() or _words(widget)}”"


def _is_elsewhere(before: QWidget | None) -> bool:
    return QApplication.focusWidget() is not before


def _ready(widget: QWidget | None) -> bool:
    return widget is not None and widget.isEnabled()


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text()
    own = getattr(widget, "text", None)
    text = own() if callable(own) and not isinstance(widget, QLineEdit | QTextEdit) else ""
    return str(text) or widget.accessibleName()


def _text_in(widget: QWidget | None) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText()
    inner = widget.findChild(QLineEdit) if widget else None
    return inner.text() if inner is not None else ""


def _scroll_areas(widget: QWidget) -> list[QScrollArea]:
    found = []
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            found.append(parent)
        parent = parent.parentWidget()
    return found
