"""Places: one is tried before it is kept, a wrong field is named beside it, and no secret stays on the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from homevisit.domain.place import WEBDAV
from tests.ui_exchange.at_the_page import add_folder, button, line, press, settled, words_on
from tests.ui_exchange.conftest import Screen
from ui.presenters.places import Check


def test_a_folder_is_tried_then_added_and_said_to_work(sender: Screen, stick: Path, qtbot: QtBot) -> None:
    assert "without one you carry packages on a stick" in words_on(sender)
    assert button(sender, "exchange.sync.go").isHidden()
    add_folder(sender, stick, qtbot)
    assert "“stick” was added." in words_on(sender)
    assert button(sender, "places.add").hasFocus()
    assert [place.settings["path"] for place in sender.services.places.all()] == [str(stick)]
    press(sender, f"places.check.{sender.services.places.all()[0].id}", qtbot)
    assert [each.check for each in sender.places.state.lines] == [Check.GOOD]
    assert list(stick.iterdir()) == []
    assert not button(sender, "exchange.sync.go").isHidden()


def test_a_folder_that_is_not_there_is_not_kept_but_may_be_added_all_the_same(
    sender: Screen, tmp_path: Path, qtbot: QtBot
) -> None:
    add_folder(sender, tmp_path / "not yet", qtbot)
    assert "That place is not there now." in words_on(sender)
    assert sender.services.places.all() == ()
    press(sender, "places.add.anyway", qtbot)
    assert [place.title for place in sender.services.places.all()] == ["not yet"]


def _webdav(screen: Screen, address: str, qtbot: QtBot) -> None:
    screen.page._places_card.form._on_kind(WEBDAV)
    line(screen, "places.webdav.endpoint").selectAll()
    QTest.keyClicks(line(screen, "places.webdav.endpoint"), address)
    QTest.keyClicks(line(screen, "places.webdav.username"), "ines")
    QTest.keyClicks(line(screen, "places.webdav.password.line"), "s3cret")
    press(screen, "places.add.go", qtbot)


def focus_of(screen: Screen) -> str:
    focus = screen.page.focusWidget()
    return focus.objectName() if focus is not None else ""


def test_what_is_missing_or_wrong_is_said_and_nothing_of_it_is_kept(sender: Screen, qtbot: QtBot) -> None:
    press(sender, "places.add", qtbot)
    press(sender, "places.add.go", qtbot)
    assert "This is needed." in words_on(sender)
    assert focus_of(sender) == "places.folder.path"
    _webdav(sender, "cloud", qtbot)
    assert sender.places.state.refused_field == "endpoint"
    assert focus_of(sender) == "places.webdav.endpoint"
    _webdav(sender, "http://cloud.example.org/dav", qtbot)
    assert "a password would travel where others can read it" in words_on(sender)
    assert sender.services.places.all() == ()
    press(sender, "places.add.cancel", qtbot)
    assert [edit.text() for edit in sender.page._places_card.form.findChildren(QLineEdit) if edit.text()] == []


def test_a_place_is_taken_off_the_list_after_a_question(sender: Screen, stick: Path, qtbot: QtBot) -> None:
    add_folder(sender, stick, qtbot)
    press(sender, "places.by_itself", qtbot)
    assert not sender.preferences.settings.sync_by_itself
    assert button(sender, "places.metered").isHidden()
    press(sender, f"places.remove.{sender.services.places.all()[0].id}", qtbot)
    yes = sender.page.window().findChild(QAbstractButton, "confirm.yes")
    assert yes is not None
    QTest.keyClick(yes, Qt.Key.Key_Space)
    settled(sender, qtbot)
    assert sender.services.places.all() == ()
    assert stick.is_dir()
