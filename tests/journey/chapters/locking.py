"""Locking, covering and in-home view: what nobody but the practitioner may see, and coming back to the same place.

Locking replaces the process by itself; the chapter goes on in the new one, where a file says how far it came.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.desks import PASSPHRASE
from tests.journey.chapters.steps import start_visit, unlock_by_keys
from tests.journey.robot import Robot, Script
from ui.idle import IdleWatch

FAMILY, OTHERS = "Example", ("Finch", "Sandhu")
WORDS = "Before the lock."
AWAY_SECONDS = 61.0
"""A minute is the shortest that can be chosen."""


def lives(robot: Robot, work: Path) -> Script:
    """Three lives of one process: until Ctrl+L, until nobody touched it for a minute, and the screen after that."""
    notes = work / "life"
    life = len(notes.read_text().split()) + 1 if notes.exists() else 1
    with notes.open("a") as file:
        file.write(f"{os.getpid()}\n")
    if len(set(notes.read_text().split())) != 1:
        raise AssertionError("locking has changed the process id")
    yield from robot.focused("unlock.secret.line")
    if life == 3:
        robot.say("was locked because nobody touched it")
        return
    yield from unlock_by_keys(robot, PASSPHRASE)
    yield from _until_locked(robot) if life == 1 else _until_idle(robot)


def _until_locked(robot: Robot) -> Script:
    robot.say("writes in a visit; the field's own menu is open when somebody comes in")
    yield from start_visit(robot, FAMILY)
    yield from robot.type(WORDS)
    yield from _open_menu(robot)
    yield from _cover_and_uncover(robot, "visit.note.facts")
    robot.say("locks while the menu is open")
    yield from _open_menu(robot)
    yield from robot.press("Ctrl+L")
    yield (lambda: False), "the process to be replaced"


def _until_idle(robot: Robot) -> Script:
    robot.say("comes back to the same words")
    yield from robot.until(lambda: robot.text_of("visit.note.facts") == WORDS, "the visit as it was left")
    yield from robot.return_to_window()
    yield from _cover_over_a_list(robot)
    yield from _cover(robot)
    yield from _in_home(robot)
    robot.say("goes away for a minute, as the settings say")
    for idle in robot.window.findChildren(IdleWatch):
        idle._touched -= AWAY_SECONDS  # as if the laptop had slept
    yield (lambda: False), "the process to be replaced because nobody touched it"


def _open_menu(robot: Robot) -> Script:
    yield from robot.press("Menu")
    yield from robot.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu of the text field")


def _cover_and_uncover(robot: Robot, focus: str) -> Script:
    yield from robot.press("F12")
    yield from robot.until(lambda: robot.find("cover") is not None, "the cover")
    if QApplication.activePopupWidget() is not None:
        raise AssertionError("a popup is open over the cover")
    yield from robot.press("F12")
    yield from robot.focused(focus)


def _cover_over_a_list(robot: Robot) -> Script:
    robot.say("covers the screen while a drop-down is open")
    yield from robot.tab_to("visit.steps.list", keys="F6", most=4)
    yield from robot.choose_row("Contact")
    yield from robot.tab_to("visit.contact.kind")
    yield from robot.press("Space")
    yield from robot.until(lambda: QApplication.activePopupWidget() is not None, "the drop-down")
    yield from _cover_and_uncover(robot, "visit.contact.kind")
    box = robot.find("visit.contact.kind")
    if not isinstance(box, QComboBox) or box.view().isVisible():
        raise AssertionError("the drop-down is still open")
    yield from robot.tab_to("visit.steps.list", keys="F6", most=4)
    yield from robot.choose_row("Note")
    yield from robot.focused("visit.note.facts")


def _cover(robot: Robot) -> Script:
    robot.say("covers the screen; no shortcut acts behind it")
    yield from robot.press("F12")
    yield from robot.until(lambda: robot.find("cover") is not None, "the cover")
    for keys in ("Ctrl+K", "Ctrl+T", "Ctrl+Return", "Alt+Left", "Ctrl+Shift+F", "Ctrl+L", "F1", "Menu", "Return", "x"):
        yield from robot.press(keys)
    _expect_hidden(robot, FAMILY, *OTHERS, WORDS)
    yield from robot.shot("covered")
    yield from robot.press("F12")
    yield from robot.focused("visit.note.facts")
    if robot.text_of("visit.note.facts") != WORDS or robot.find("go_to") is not None:
        raise AssertionError("something acted behind the cover")


def _in_home(robot: Robot) -> Script:
    robot.say("turns in-home view on; no page shows another family")
    yield from robot.press("Ctrl+H")
    yield from robot.see("In-home view is on")
    for keys in ("Ctrl+K", "Ctrl+Shift+F", "Alt+Left"):
        yield from robot.press(keys)
        _expect_hidden(robot, *OTHERS)
    yield from robot.until(lambda: robot.find("visit") is not None, "the visit still to be shown")
    desk = robot.window.desk
    page = desk.page if desk else None
    if desk is None or page is None:
        raise AssertionError("there is no desk")
    family, here = page.family(), desk.here
    for name in desk._specs:
        desk.go(name, family if name in ("family", "over-time") else "")
        _expect_hidden(robot, *OTHERS)
        if desk.here and desk.here.page == name:
            yield from robot.shot(f"in-home-{name}")
            _expect_hidden(robot, *OTHERS)
    desk.go("visit", here.arg if here else "")
    yield from robot.press("Ctrl+Return")
    yield from robot.until(lambda: robot.find("finish.sign") is not None, "Finish")
    _expect_hidden(robot, *OTHERS)
    yield from robot.press("Alt+Left")
    yield from robot.until(lambda: robot.find("visit.note.facts") is not None, "the visit again")


def _expect_hidden(robot: Robot, *names: str) -> None:
    shown = [words for each in QApplication.allWidgets() if each.isVisible() for words in _texts(each)]
    found = [words for words in (*shown, robot.window.windowTitle()) if any(name in words for name in names)]
    if found:
        raise AssertionError(f"must not be on the screen: {found}")


def _texts(widget: QWidget) -> list[str]:
    if isinstance(widget, QLineEdit):
        return [widget.text(), widget.accessibleName()]
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return [widget.toPlainText()]
    if isinstance(widget, QAbstractItemView):
        model = widget.model()
        return [str(model.index(line, 0).data()) for line in range(model.rowCount())]
    own = getattr(widget, "text", None)
    return [str(own()) if callable(own) else "", widget.accessibleName(), widget.toolTip()]
