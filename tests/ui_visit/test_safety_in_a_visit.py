"""A safety panel in a visit: it can neither be left for other prompts nor signed over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from homevisit.domain.family import Role
from homevisit.domain.responses import key_of
from homevisit.prompts.handing import self_answered
from homevisit.prompts.library import Library
from homevisit.prompts.session import Session
from tests.desks import whole_draft
from tests.prompts.filled import response_of
from tests.ui_visit.conftest import Room
from ui.presenters.finish_words import discreet
from ui.views.finish import FinishPage
from ui.views.visit import VisitPage

ANSWERS = {f"phq-9.{number}": 1 for number in range(1, 10)} | {"phq-9.by": "parent-alone"}
ASKED = "prompts.phq-9.safety/phq-9.safety.asked.control.text"


def answered(room: Room, answers: dict[str, object]) -> tuple[str, str]:
    """A draft that lacks nothing but what these answers leave open: the visit and the key of the response."""
    visit, mother = whole_draft(room.services, room.family), room.person(Role.MOTHER)
    questionnaire = Library.shipped().get("phq-9").questionnaire
    empty = Session(questionnaire, subject=f"RelatedPerson/{mother.id}").response()
    response = {**empty, **response_of(questionnaire, answers), "subject": empty["subject"]}
    room.services.drafting.save_response(visit, key_of(response), response)
    return visit, key_of(response)


def open_prompts(room: Room, visit: str, key: str) -> VisitPage:
    page = room.visit(visit)
    page._presenter.open_prompts(key)
    room.settle()
    return page


@pytest.mark.parametrize("way_out", ["visit.prompts.back", "visit.finish"])
def test_prompts_with_an_open_panel_are_not_left_for_others_nor_for_finish(room: Room, way_out: str) -> None:
    visit, key = answered(room, ANSWERS)
    page = open_prompts(room, visit, key)
    room.click(way_out)
    room.settle()
    assert room.desk.page is page
    assert page._presenter.state.open_prompt == key
    assert room.focus() == ASKED
    room.type("Whether she has a plan")
    room.saved(lambda services: "Whether she has a plan" in str(services.drafting.open(visit).responses))


def test_escape_does_not_leave_an_open_panel_but_the_rest_of_the_desk_is_free(room: Room) -> None:
    visit, key = answered(room, ANSWERS)
    page = open_prompts(room, visit, key)
    page._prompts.focus_form()
    room.qtbot.keyClick(room.find(QWidget, ASKED), Qt.Key.Key_Escape)
    assert page._presenter.state.open_prompt == key
    room.finish(visit)
    assert isinstance(room.desk.page, FinishPage)


def test_finish_names_the_open_panel_offers_no_way_to_leave_it_out_and_goes_there(room: Room) -> None:
    visit, key = answered(room, ANSWERS)
    page = room.finish(visit)
    (gap,) = [each for each in page._presenter.state.gaps if each.what == f"gap.safety/{key}"]
    assert gap.blocking
    assert "one answer calls for action today" in gap.sentence
    assert not page._presenter.state.can_sign
    name = f"finish.gap.gap.safety.{key.replace('/', '.')}"
    assert not room.find(QWidget, f"{name}.leave").isVisible()
    room.click(f"{name}.go")
    room.settle()
    assert room.focus() == ASKED


def test_handed_over_answers_with_an_open_panel_ask_to_be_opened_before_leaving_and_say_no_more(room: Room) -> None:
    visit, key = answered(room, ANSWERS)
    given = room.services.drafting.open(visit).responses[key]
    room.services.drafting.save_response(visit, key, self_answered(given, unopened=True))
    open_prompts(room, visit, key)
    assert "Please open them before you leave." in sealed_words(room)
    assert "action" not in sealed_words(room)
    assert room.find(QWidget, "visit.prompts.open_answers").isVisible()
    room.shell.privacy.enter(room.family)
    room.settle()
    assert "before you leave" not in sealed_words(room)


def sealed_words(room: Room) -> str:
    labels = room.find(QWidget, "visit.prompts").findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def test_in_in_home_view_finish_does_not_name_the_panel(room: Room) -> None:
    visit, _ = answered(room, ANSWERS)
    page = room.finish(visit)
    assert not [gap for gap in discreet(page._presenter.state.gaps) if "action" in gap.sentence]
