"""A set of a visit in somebody else's hands: saved as it is answered, hidden on return until it is opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import Role
from homevisit.prompts.handing import is_unopened
from tests.desks import PASSPHRASE
from tests.ui_visit.conftest import Room
from ui.handover.screen import HandOverScreen
from ui.notices import Notice
from ui.prompts.form import PromptForm
from ui.widgets.fields import SecretEdit


@pytest.fixture
def handed(room: Room) -> list[HandOverScreen]:
    kept: list[HandOverScreen] = []

    def show(screen: HandOverScreen) -> None:
        room.qtbot.addWidget(screen)
        screen.show()
        kept.append(screen)

    room.shell.handed.connect(show)
    return kept


def key(room: Room) -> str:
    return f"phq-2/{room.person(Role.MOTHER).id}"


def hand_over(room: Room, handed: list[HandOverScreen]) -> tuple[str, HandOverScreen]:
    visit = room.start()
    page = room.visit(visit)
    page._presenter.open_prompts(key(room))
    room.click("visit.prompts.hand_over")
    (screen,) = handed
    return visit, screen


def answer_first(room: Room, screen: HandOverScreen) -> None:
    screen.presenter.begin()
    room.qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_2)


def take_back(room: Room, screen: HandOverScreen) -> None:
    screen.presenter.ask_passphrase()
    secret = screen.findChild(SecretEdit)
    secret.line.setText(PASSPHRASE)
    secret.submitted.emit()
    room.settle()


def response(room: Room, visit: str) -> JsonObject:
    return room.services.drafting.open(visit).responses.get(key(room), {})


def forms(room: Room) -> list[PromptForm]:
    return [form for form in room.desk.findChildren(PromptForm) if form.isVisible()]


def test_answers_are_saved_as_given_by_the_person_and_unopened(room: Room, handed: list[HandOverScreen]) -> None:
    visit, screen = hand_over(room, handed)
    answer_first(room, screen)
    room.saved(lambda services: key(room) in services.drafting.open(visit).responses)
    kept = response(room, visit)
    assert (kept["source"], is_unopened(kept)) == (kept["subject"], True)


def test_on_return_the_answers_are_hidden_until_they_are_opened(room: Room, handed: list[HandOverScreen]) -> None:
    visit, screen = hand_over(room, handed)
    answer_first(room, screen)
    take_back(room, screen)
    assert forms(room) == []
    room.click("visit.prompts.open_answers")
    room.qtbot.waitUntil(lambda: len(forms(room)) == 1)
    room.saved(lambda _: bool(response(room, visit)) and not is_unopened(response(room, visit)))


def test_they_are_still_hidden_when_the_draft_is_opened_again(room: Room, handed: list[HandOverScreen]) -> None:
    visit, screen = hand_over(room, handed)
    answer_first(room, screen)
    room.saved(lambda services: key(room) in services.drafting.open(visit).responses)
    other = room.start()
    room.visit(other)
    room.visit(visit)._presenter.open_prompts(key(room))
    assert forms(room) == []


def test_nothing_answered_leaves_nothing_to_open(room: Room, handed: list[HandOverScreen]) -> None:
    _, screen = hand_over(room, handed)
    take_back(room, screen)
    room.qtbot.waitUntil(lambda: len(forms(room)) == 1)


def test_only_a_set_made_for_it_can_be_handed_over(room: Room) -> None:
    page = room.visit(room.start())
    page._presenter.open_prompts(f"three-step-conversation/{room.person(Role.MOTHER).id}")
    assert not page.findChild(object, "visit.prompts.hand_over").isVisible()


def test_nothing_is_handed_over_while_no_passphrase_could_take_it_back(
    room: Room, handed: list[HandOverScreen]
) -> None:
    room.services.store.opened_by = "recovery"
    said: list[Notice] = []
    room.shell.noticed.connect(said.append)
    room.visit(room.start())._presenter.open_prompts(key(room))
    room.click("visit.prompts.hand_over")
    assert (handed, [notice.action for notice in said if notice]) == ([], ["settings.passphrase"])
