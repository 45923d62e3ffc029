"""What a person does on Send & receive, by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui_exchange.conftest import Screen


def settled(screen: Screen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen.shell.bridge.is_idle)


def button(screen: Screen, name: str) -> QAbstractButton:
    found = screen.page.findChild(QAbstractButton, name)
    assert found is not None
    return found


def line(screen: Screen, name: str) -> QLineEdit:
    found = screen.page.findChild(QLineEdit, name)
    assert found is not None
    return found


def press(screen: Screen, name: str, qtbot: QtBot) -> None:
    found = button(screen, name)
    assert found.isVisibleTo(screen.page)
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Space)
    settled(screen, qtbot)


def words_on(screen: Screen) -> str:
    labels = screen.page.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(screen.page))


def add_folder(screen: Screen, folder: Path, qtbot: QtBot) -> None:
    """Add a folder as a place, its path typed."""
    press(screen, "places.add", qtbot)
    QTest.keyClicks(line(screen, "places.folder.path"), str(folder))
    press(screen, "places.add.go", qtbot)


def exchange(screen: Screen, qtbot: QtBot) -> None:
    """Ctrl+S on the page, until all of it is over."""
    assert screen.page.save_asked()
    qtbot.waitUntil(lambda: not screen.shell.sync.is_running)
    settled(screen, qtbot)
