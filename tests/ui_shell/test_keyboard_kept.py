"""The keyboard stays near a control that goes away, so that shortcuts go on acting."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.keyboard_kept import KeyboardKept


class Page(QWidget):
    """A page of a window with one button, beside a field that is not shown yet."""

    def __init__(self) -> None:
        super().__init__()
        self.window_ = QWidget()
        self.button, self.field = QPushButton("Sign"), QLineEdit()
        line = QVBoxLayout(self)
        line.addWidget(self.button)
        QVBoxLayout(self.window_).addWidget(self)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made.window_)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    KeyboardKept(made.window_, application)
    made.window_.show()
    made.window_.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made.window_)
    made.button.setFocus()
    qtbot.waitUntil(made.button.hasFocus)
    return made


def test_a_button_that_is_switched_off_leaves_the_keyboard_to_what_stood_around_it(page: Page, qtbot: QtBot) -> None:
    page.button.setEnabled(False)
    qtbot.waitUntil(page.hasFocus)


def test_a_button_that_is_removed_does_so_too(page: Page, qtbot: QtBot) -> None:
    page.button.setEnabled(False)
    page.button.deleteLater()
    qtbot.waitUntil(page.hasFocus)


def test_whoever_says_where_the_keyboard_goes_on_is_heeded(page: Page, qtbot: QtBot) -> None:
    page.layout().addWidget(page.field)
    page.button.setEnabled(False)
    page.field.setFocus()
    qtbot.waitUntil(page.field.hasFocus)
