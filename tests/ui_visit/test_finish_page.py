"""Finish: what is missing, leaving it out, going there, both times, signing and amending."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from homevisit.domain.family import Role
from homevisit.domain.visit import Section
from homevisit.errors import HomeVisitError
from tests.desks import whole_draft
from tests.ui_visit.conftest import Room
from tests.ui_visit.test_visit_page import nameless
from ui.views.signed_visit import SignedVisitPage
from ui.widgets.growing import GrowingTextEdit


def test_an_empty_visit_cannot_be_signed_and_says_what_is_missing(room: Room) -> None:
    page = room.finish(room.start())
    assert "present" in {gap.what for gap in page._presenter.state.gaps}
    assert not page._sign.isEnabled()


def test_going_there_puts_the_cursor_into_the_field(room: Room) -> None:
    visit = room.start()
    room.finish(visit)
    room.click("finish.gap.note.baby.go")
    room.settle()
    assert room.focus() == "visit.note.baby"


def test_going_to_a_child_puts_the_cursor_on_the_answer(room: Room) -> None:
    visit, child = room.start(), room.person(Role.CHILD)
    room.finish(visit)
    room.click(f"finish.gap.child.seen.{child.id}.go")
    room.settle()
    assert room.focus().startswith(f"visit.present.seen.{child.id}")


def test_something_is_left_out_with_a_reason_and_taken_back(room: Room) -> None:
    visit = room.start()
    page = room.finish(visit)
    before = page._presenter.state.still_open
    room.click("finish.gap.note.analysis.leave")
    line = room.find(QLineEdit, "finish.gap.note.analysis.reason")
    room.qtbot.keyClicks(line, "Will follow")
    room.qtbot.keyClick(line, Qt.Key.Key_Return)
    room.settle()
    assert page._presenter.state.still_open == before - 1
    room.click("finish.gap.note.analysis.leave")
    room.settle()
    assert page._presenter.state.still_open == before


def test_a_whole_visit_is_signed_with_ctrl_enter_and_then_read(room: Room) -> None:
    visit = whole_draft(room.services, room.family)
    page = room.finish(visit)
    room.qtbot.keySequence(page, QKeySequence("Ctrl+Return"))
    room.settle()
    shown = room.desk.page
    assert isinstance(shown, SignedVisitPage)
    assert not room.services.drafting.exists(visit)
    assert "Seen and awake." in shown._reader.toPlainText()


def test_ctrl_enter_goes_to_the_first_thing_that_is_missing(room: Room) -> None:
    page = room.finish(room.start())
    room.qtbot.keySequence(page, QKeySequence("Ctrl+Return"))
    assert room.focus().startswith("finish.gap.")


def test_both_times_and_what_lies_between_are_said(room: Room) -> None:
    visit = room.start()
    room.clock.advance(timedelta(hours=2))
    page = room.finish(visit)
    assert page._apart.text() == "Written 2 hours after the visit began"
    assert "12:00" in page._happened.text() or room.clock.now().astimezone().tzname() != "UTC"


def test_an_amendment_needs_a_reason_and_shows_what_changes(room: Room) -> None:
    visit = whole_draft(room.services, room.family)
    room.services.signing.sign(visit)
    room.services.drafting.amend(visit)
    room.services.drafting.save_section(visit, Section.PLAN, "Seen and awake. Phone on Friday.")
    page = room.finish(visit)
    assert [change.part for change in page._presenter.state.changes] == ["note.plan"]
    assert not page._sign.isEnabled()
    room.find(GrowingTextEdit, "finish.reason").setFocus()
    room.type("Plan was missing")
    assert page._sign.isEnabled()
    room.saved(lambda services: services.drafting.open(visit).reason == "Plan was missing")
    room.click("finish.sign")
    room.settle()
    assert [version.reason for version in room.services.records.history(visit)] == ["", "Plan was missing"]


def test_finishing_what_is_signed_already_offers_to_read_it(room: Room) -> None:
    visit = whole_draft(room.services, room.family)
    room.services.signing.sign(visit)
    page = room.finish(visit)
    assert page._refused.isVisible()
    room.click("finish.refused.open")
    room.settle()
    assert isinstance(room.desk.page, SignedVisitPage)


def test_a_signature_that_fails_says_why_and_loses_nothing(room: Room) -> None:
    visit = whole_draft(room.services, room.family)
    page = room.finish(visit)
    page._presenter._on_problem(HomeVisitError("store.disk_full"))
    assert page._bar.isVisible()
    assert page._sign.isEnabled()


def test_every_control_of_finish_has_a_name(room: Room) -> None:
    page = room.finish(room.start())
    assert nameless(page) == []
    assert all(button.text() or button.accessibleName() for button in page.findChildren(QAbstractButton))
