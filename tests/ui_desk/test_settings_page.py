"""Settings: every choice takes effect at once; backups, passphrase, access log and licences are in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from homevisit.clock import SystemClock
from homevisit.services import homes
from tests.desks import PASSPHRASE
from tests.ui_desk.conftest import Room
from tests.ui_desk.test_today_page import titles, words_in
from ui.settings_places import PASSPHRASE as PASSPHRASE_CARD
from ui.settings_places import settings_arg
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


def test_the_nation_decides_at_once_which_contacts_are_due(room: Room) -> None:
    page = room.go(SettingsPage, "settings")
    assert "Delivery of the healthy child programme" in words_in(page)
    room.click("settings.nation.scotland")
    room.settle()
    assert room.preferences.settings.nation == "scotland"
    assert room.services.schedules.current.programme == "Universal Health Visiting Pathway"
    assert "Universal Health Visiting Pathway in Scotland" in words_in(page)


def test_a_backup_is_made_and_listed(room: Room) -> None:
    room.go(SettingsPage, "settings")
    assert titles(room, "settings.backups") == []
    room.click("settings.backups.make")
    assert titles(room, "settings.backups") == ["22 Nov 2026, 12:00"] or len(titles(room, "settings.backups")) == 1


def test_the_access_log_is_readable(room: Room, family: str) -> None:
    room.services.families.open(family)
    room.go(SettingsPage, "settings")
    assert titles(room, "settings.access")[0] == "Opened"


def test_settings_lead_to_the_sources_and_licences_of_the_prompt_sets(room: Room) -> None:
    room.go(SettingsPage, "settings")
    room.click("settings.sources")
    assert room.place == ("library", "")


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


def test_enter_before_the_verdict_on_the_passphrase_waits_for_it(room: Room) -> None:
    page = room.go(SettingsPage, "settings")
    room.click("settings.passphrase.open")
    page.presenter.judge(NEW)
    page.presenter.change_passphrase(PASSPHRASE, NEW, NEW)
    assert page.presenter.state.problem == ""
    room.settle()
    assert page.presenter.state.passphrase_changed == 1


def test_after_a_code_the_forgotten_passphrase_is_not_asked_for(room: Room) -> None:
    room.services.store.opened_by = "recovery"
    room.go(SettingsPage, "settings")
    room.click("settings.passphrase.open")
    assert not room.find(QWidget, "settings.passphrase.present").isVisible()
    assert room.find(QWidget, "settings.passphrase.new.line").hasFocus()


def test_somebody_who_is_sent_to_the_passphrase_can_type_at_once(room: Room) -> None:
    room.desk.go("settings", settings_arg(PASSPHRASE_CARD))
    room.settle()
    present = room.find(QWidget, "settings.passphrase.present.line")
    assert present.hasFocus()
    room.qtbot.waitUntil(lambda: not present.visibleRegion().isEmpty())


def fill_passphrases(room: Room, present: str, new: str, again: str) -> None:
    room.click("settings.passphrase.open")
    for name, text in (("present", present), ("new", new), ("again", again)):
        room.type(f"settings.passphrase.{name}.line", text)
    room.settle()


def test_a_new_recovery_code_is_made_and_opens_the_store_once_it_is_confirmed(room: Room) -> None:
    page = room.go(SettingsPage, "settings")
    room.click("settings.recovery.open")
    room.find(QLineEdit, "settings.recovery.present.line").setText(PASSPHRASE)
    room.click("settings.recovery.make")
    shown = page._recovery._presenter.state.shown
    assert shown is not None
    assert room.services.safekeeping.is_recovery_unkept()
    for position in shown.ask:
        line = room.find(QLineEdit, f"first_run.group{position + 1}")
        room.qtbot.keyClicks(line, shown.groups[position])
    room.click("settings.recovery.kept")
    assert page._recovery._presenter.state.shown is None
    assert not room.services.safekeeping.is_recovery_unkept()
    room.services.close()
    homes.unlock(room.services.home, shown.recovery_code, clock=SystemClock(), recovery=True).close()


def test_a_recovery_code_needs_the_passphrase(room: Room) -> None:
    page = room.go(SettingsPage, "settings")
    room.click("settings.recovery.open")
    room.find(QLineEdit, "settings.recovery.present.line").setText("not the passphrase")
    room.click("settings.recovery.make")
    assert page._recovery._presenter.state.shown is None
    assert page._recovery._bar.notice is not None


def test_wrong_groups_do_not_confirm_a_code(room: Room) -> None:
    page = room.go(SettingsPage, "settings")
    presenter = page._recovery._presenter
    presenter.make(PASSPHRASE)
    room.settle()
    assert presenter.state.shown is not None
    for position in presenter.state.shown.ask:
        presenter.retype(position, "wrong")
    room.click("settings.recovery.kept")
    assert page._recovery._bar.notice is not None
    assert room.services.safekeeping.is_recovery_unkept()
