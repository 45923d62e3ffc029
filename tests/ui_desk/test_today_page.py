"""Today: what is due, in progress, to be done and to be sent, and the check before going out."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from homevisit.changes import Changes
from homevisit.domain.entry import Act, Kind
from homevisit.ids import new_id
from homevisit.storage.ledger import NewEntry
from tests.desks import whole_draft
from tests.ui_desk.conftest import Room, days_ago
from ui.presenters.today import UNDO
from ui.views.family_parts import ActionRows, ListCard
from ui.views.today import ReadyPanel, TodayPage
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fields import CheckBox
from ui.widgets.text import WrappedText


def titles(room: Room, card: str) -> list[str]:
    rows = room.find(ListCard, card).list.rows
    return [rows.row_at(place).title for place in range(rows.rowCount())]


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(WrappedText) if label.isVisible())


def plan(room: Room, family: str, what: str, due: str) -> None:
    body: dict[str, Any] = {"set": {"family": family, "visit": "", "what": what, "owner": "me", "due": due}}
    new = NewEntry(record=new_id(), kind=Kind.ACTION, act=Act.SIGN, family=family, body=body)
    room.services.store.ledger.append([new])


def test_an_empty_home_says_what_to_do_first(room: Room) -> None:
    page = room.go(TodayPage, "today")
    assert "Two things to begin with" in words_in(page)
    room.click("today.first.add_family")
    assert room.place == ("new-family", "")


def test_a_contact_that_is_due_by_age_leads_to_its_family(room: Room, family: str) -> None:
    room.go(TodayPage, "today")
    assert titles(room, "today.due") == ["New birth visit · Osei", "6–8 week review · Osei"]
    due = room.find(ListCard, "today.due").list
    assert "was due by 20 Oct 2026, 4 weeks ago, Overdue" in due.rows.row_at(0).spoken()
    assert "due by 1 Dec 2026, in 9 days, Due" in due.rows.row_at(1).spoken()
    due.choose_first()
    room.qtbot.keyClick(due, Qt.Key.Key_Return)
    assert room.place == ("family", family)


def test_a_visit_in_progress_goes_on(room: Room, family: str) -> None:
    visit = room.services.drafting.start(family).visit
    room.go(TodayPage, "today")
    drafts = room.find(ListCard, "today.drafts").list
    drafts.choose_first()
    room.qtbot.keyClick(drafts, Qt.Key.Key_Return)
    assert room.place == ("visit", visit)


def test_a_signed_visit_waits_to_be_sent(room: Room, family: str) -> None:
    visit = room.services.signing.sign(whole_draft(room.services, family)).envelope.record
    room.shell.tell(Changes.VISITS)
    page = room.go(TodayPage, "today")
    assert "1 signed record waits to be sent." in words_in(page)
    recent = room.find(ListCard, "today.recent").list
    recent.choose_first()
    room.qtbot.keyClick(recent, Qt.Key.Key_Return)
    assert room.place == ("signed", visit)


@pytest.mark.usefixtures("family")
def test_everything_sent_is_said_only_for_a_counted_zero(room: Room) -> None:
    page = room.go(TodayPage, "today")
    room.shell.tell(Changes.OUTBOX)
    room.settle()
    assert "Changes to families wait to be sent." in words_in(page)
    room.shell.note_waiting(0)
    assert "Everything sent." in words_in(page)
    room.shell.note_waiting(None)
    assert "Everything sent." not in words_in(page)


def test_an_action_is_ticked_off_and_can_be_taken_back(room: Room, family: str) -> None:
    plan(room, family, "Phone on Friday", days_ago(1))
    page = room.go(TodayPage, "today")
    tick = room.find(CheckBox, "today.actions.0")
    assert "was due 21 Nov 2026, yesterday" in words_in(room.find(ActionRows, "today.actions"))
    room.qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    room.settle()
    assert room.services.families.brief(family).actions[0].done
    assert page.findChildren(SecondaryButton, "quiet_bar.action")[0].text() == "Take back"
    page.presenter.act(UNDO)
    room.settle()
    assert not room.services.families.brief(family).actions[0].done


def test_the_check_says_honestly_what_is_missing(room: Room, family: str) -> None:
    room.services.signing.sign(whole_draft(room.services, family))
    room.go(TodayPage, "today")
    room.click("today.check")
    said = words_in(room.find(ReadyPanel, "today.ready"))
    for words in (
        "1 family on this laptop",
        "Nothing was exchanged yet",
        "1 signed record was not sent yet",
        "No backup yet",
    ):
        assert words in said
    room.click("today.ready.close")
    assert not room.find(ReadyPanel, "today.ready").isVisible()


def test_a_change_elsewhere_is_seen_at_once(room: Room, family: str) -> None:
    room.go(TodayPage, "today")
    plan(room, family, "Phone on Friday", days_ago(-1))
    room.shell.tell(Changes.FAMILIES)
    room.settle()
    assert "Phone on Friday" in words_in(room.find(ActionRows, "today.actions"))
