"""The two demo homes, opened in real (offscreen) windows; one pair per run."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.jobs import ThreadLane
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.demo.making import PASSPHRASE, DemoSize, make_demo
from homevisit.settings import Settings
from ui import theme
from ui.bridge import Bridge
from ui.crash import CrashPath
from ui.desk import DeskView
from ui.entry import Entry
from ui.preferences import Preferences
from ui.session import Parts, Session
from ui.shortcuts import Shortcuts
from ui.window import MainWindow

CLOCK = SystemClock()
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Program:
    """One opened desk. Acts go through the accessibility tree, as assistive technology does them."""

    session: Session
    services: Services

    @property
    def window(self) -> MainWindow:
        return self.session.window

    @property
    def desk(self) -> DeskView:
        desk = self.window.desk
        assert desk is not None
        return desk

    def settle(self, qtbot: QtBot) -> None:
        """Nothing runs, and every layout has shown what was put into it."""
        for _ in range(2):
            qtbot.waitUntil(lambda: self.session.bridge.is_idle, timeout=20_000)
            with qtbot.waitCallback() as turned:
                QTimer.singleShot(0, turned)

    def go(self, qtbot: QtBot, page: str, arg: str = "") -> None:
        qtbot.waitUntil(lambda: self.window.desk is not None, timeout=20_000)
        self.window.activateWindow()
        self.desk.go(page, arg)
        self.settle(qtbot)

    def ask(self, question: Callable[[Services], Answer]) -> Answer:
        """Something of the store, asked on the lane that owns it."""
        return self.session.bridge.run(lambda: question(self.services)).result()

    def open_row(self, qtbot: QtBot, name: str, place: int) -> None:
        """Enter on a line of a list."""
        view = self.find(name)
        assert isinstance(view, QAbstractItemView)
        view.setFocus()
        view.setCurrentIndex(view.model().index(place, 0))
        QTest.keyClick(view, Qt.Key.Key_Return)
        self.settle(qtbot)

    def keys(self, qtbot: QtBot, keys: str) -> None:
        """Strike a chord where the keyboard is."""
        QTest.keySequence(QApplication.focusWidget() or self.window, QKeySequence(keys))
        self.settle(qtbot)

    def type(self, qtbot: QtBot, text: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        with qtbot.waitCallback() as passed:  # searching waits for a pause in typing
            QTimer.singleShot(200, passed)
        self.settle(qtbot)

    def has(self, name: str) -> bool:
        """Whether a control is shown and can be used."""
        return any(
            each.objectName() == name and each.isVisible() and each.isEnabled()
            for each in self.window.findChildren(QWidget)
        )

    def find(self, name: str) -> QWidget:
        """The visible control with an object name; "*end" for one that ends so."""
        for each in self.window.findChildren(QWidget):
            own = each.objectName()
            if each.isVisible() and (own.endswith(name[1:]) if name.startswith("*") else own == name):
                return each
        raise AssertionError(f"{name} is not shown")

    def press(self, qtbot: QtBot, name: str) -> None:
        """Enter on a button."""
        button = self.find(name)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        self.settle(qtbot)


@pytest.fixture(scope="module", autouse=True)
def collecting_here_alone() -> Iterator[None]:
    """Python collects wherever it happens to be: on a lane it would destroy widgets behind the window's back."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module")
def demo_homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Home]:
    """The practitioner's and the supervisor's."""
    folder = tmp_path_factory.mktemp("demo")
    pair = Home(folder / "practitioner"), Home(folder / "supervisor")
    make_demo(pair[0], clock=CLOCK, size=DemoSize(families=4), supervisor=pair[1])
    return pair


@pytest.fixture(scope="module")
def practitioner(qapp: QApplication, demo_homes: tuple[Home, Home]) -> Iterator[Program]:
    yield from _opened(qapp, demo_homes[0])


@pytest.fixture(scope="module")
def supervisor(qapp: QApplication, demo_homes: tuple[Home, Home]) -> Iterator[Program]:
    yield from _opened(qapp, demo_homes[1])


def new_session(home: Home) -> Session:
    """The program up to its entry screen; locking it would only end it."""
    bridge = Bridge(ThreadLane("writer"), ThreadLane("worker"))
    preferences = Preferences(home, Settings(), bridge)
    shortcuts = Shortcuts()
    window = MainWindow(preferences, shortcuts)
    window.resize(1366, 768)
    parts = Parts(
        window=window,
        entry=Entry(window, home, homes, bridge, CLOCK),
        bridge=bridge,
        preferences=preferences,
        shortcuts=shortcuts,
        clock=CLOCK,
        crash=CrashPath(home, window),
        relaunch=lambda _: None,
    )
    return Session(parts)


def _opened(qapp: QApplication, home: Home) -> Iterator[Program]:
    theme.apply(qapp, theme.Theme())
    session = new_session(home)
    services = session.bridge.run(lambda: homes.unlock(home, PASSPHRASE, clock=CLOCK)).result()
    session.open(services)
    session.window.show()
    yield Program(session, services)
    session.take_down()
