"""Settings: every choice takes effect at once; backups, passphrase, access log and licences are in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from homevisit.clock import SystemClock
from homevisit.services import homes
from tests.desks import PASSPHRASE
from tests.ui_desk.conftest import Room
from tests.ui_desk.test_today_page import titles, words_in
from ui.theme import theme_now
from ui.tokens import Mode
from ui.views.settings import SettingsPage

NEW = "orbit saddle maple quiet lantern"


def test_text_size_and_colours_change_at_once(room: Room) -> None:
    room.go(SettingsPage, "settings")
    room.click("settings.text_scale.150")
    room.click("settings.theme.dark")
    assert (theme_now().scale, theme_now().mode) == (150, Mode.DARK)
    assert room.preferences.settings.text_scale == 150


def test_a_choice_cannot_be_emptied(room: Room) -> None:
    room.go(SettingsPage, "settings")
    room.find(QWidget, "settings.theme.light").setFocus()
    room.press(Qt.Key.Key_Backspace)
    assert room.preferences.settings.theme == "light"
    assert room.find(QWidget, "settings.theme.light").isChecked()


def test_a_backup_is_made_and_listed(room: Room) -> None:
    room.go(SettingsPage, "settings")
    assert titles(room, "settings.backups") == []
    room.click("settings.backups.make")
    assert titles(room, "settings.backups") == ["22 Nov 2026, 12:00"] or len(titles(room, "settings.backups")) == 1


def test_the_access_log_is_readable(room: Room, family: str) -> None:
    room.services.families.open(family)
    room.go(SettingsPage, "settings")
    assert titles(room, "settings.access")[0] == "Opened"


def test_licences_of_the_prompt_sets_are_named(room: Room) -> None:
    said = words_in(room.go(SettingsPage, "settings"))
    for each in room.services.library.sets:
        assert each.attribution in said


def test_the_passphrase_is_changed(room: Room) -> None:
    room.go(SettingsPage, "settings")
    fill_passphrases(room, PASSPHRASE, NEW, NEW)
    room.click("settings.passphrase.change")
    assert not room.find(QLineEdit, "settings.passphrase.new.line").isVisible()
    assert room.find(QLineEdit, "settings.passphrase.new.line").text() == ""
    room.services.close()
    homes.unlock(room.services.home, NEW, clock=SystemClock()).close()


def test_a_wrong_present_passphrase_changes_nothing(room: Room) -> None:
    page = room.go(SettingsPage, "settings")
    fill_passphrases(room, "not this one", NEW, NEW)
    room.click("settings.passphrase.change")
    assert page.presenter.state.problem
    assert page.presenter.state.passphrase_changed == 0


def test_two_different_new_passphrases_are_refused(room: Room) -> None:
    page = room.go(SettingsPage, "settings")
    fill_passphrases(room, PASSPHRASE, NEW, NEW + "s")
    room.click("settings.passphrase.change")
    assert "differ" in page.presenter.state.problem


def test_a_weak_new_passphrase_is_refused(room: Room) -> None:
    page = room.go(SettingsPage, "settings")
    fill_passphrases(room, PASSPHRASE, "password1", "password1")
    room.click("settings.passphrase.change")
    assert "not strong enough" in page.presenter.state.problem


def fill_passphrases(room: Room, present: str, new: str, again: str) -> None:
    room.click("settings.passphrase.open")
    for name, text in (("present", present), ("new", new), ("again", again)):
        room.type(f"settings.passphrase.{name}.line", text)
    room.settle()
