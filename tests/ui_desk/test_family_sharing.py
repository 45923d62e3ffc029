"""The card that says who looks after a family: sharing it, ending that, and nothing without a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.desks import SUPERVISOR
from tests.ui_desk.conftest import Room
from tests.ui_desk.test_today_page import words_in
from ui.views.family import FamilyPage
from ui.views.family_sharing import SharingCard
from ui.widgets.growing import GrowingTextEdit


def shared(room: Room, family: str, why: str = "Covers my leave") -> SharingCard:
    room.go(FamilyPage, "family", family)
    room.click("family.sharing.share")
    room.find(GrowingTextEdit, "family.sharing.join.why").setPlainText(why)
    room.click("family.sharing.join.agree")
    return room.find(SharingCard, "family.sharing")


def test_who_is_asked_before_anything_goes_and_sees_what_will(room: Room, family: str) -> None:
    page = room.go(FamilyPage, "family", family)
    room.click("family.sharing.share")
    said = words_in(page)
    assert f"To {SUPERVISOR} go the details of this family and everything that was signed for it" in said
    room.click("family.sharing.join.agree")
    assert room.services.sharing.shares(family) == ()
    assert "Say in a few words why." in words_in(page)


def test_a_family_is_shared_and_that_is_ended_again(room: Room, family: str) -> None:
    card = shared(room, family)
    assert f"shared by {room.services.cards.mine().card.name}: Covers my leave" in words_in(card)
    (share,) = room.services.sharing.shares(family)
    room.click("family.sharing.end.1")
    assert f"What {SUPERVISOR} has stays with {SUPERVISOR}" in words_in(card)
    room.find(GrowingTextEdit, "family.sharing.ending.why").setPlainText("Back again")
    room.click("family.sharing.ending.agree")
    assert [keeper.me for keeper in room.services.sharing.keepers(family)] == [True]
    assert room.services.sharing.shares(family)[0].id == share.id
    assert not room.find(QWidget, "family.sharing.ending").isVisible()


def test_escape_leaves_it_as_it_is_and_in_home_view_says_nothing_of_it(room: Room, family: str) -> None:
    room.go(FamilyPage, "family", family)
    room.click("family.sharing.share")
    room.press(Qt.Key.Key_Escape)
    assert not room.find(QWidget, "family.sharing.join").isVisible()
    assert room.services.sharing.shares(family) == ()
    room.shell.privacy.enter(family)
    room.settle()
    assert not room.find(QWidget, "family.sharing").isVisible()
