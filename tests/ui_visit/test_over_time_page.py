"""Prompts over time: a family's answers side by side in a real window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from homevisit.domain.family import Role
from homevisit.prompts.library import THREE_STEPS
from homevisit.services.demo.answers import Answers
from tests.desks import leave_out_the_rest, whole_draft
from tests.ui_visit.conftest import Room
from ui.models.word_table import CELL_ROLE, Cell
from ui.views.over_time import OverTimePage
from ui.views.signed_visit import SignedVisitPage
from ui.widgets.empty import EmptyState
from ui.widgets.fields import CheckBox
from ui.widgets.word_table import WordTable

JOY = "step1.q2.words"


def cells(page: OverTimePage) -> list[list[Cell]]:
    table = page.findChild(WordTable, "over_time.answers")
    assert table is not None
    model = table.words
    return [
        [model.index(row, column).data(CELL_ROLE) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def joys(page: OverTimePage) -> list[Cell]:
    return next(row[1:] for row in cells(page) if "joy" in row[0].words)


def asked(room: Room, joy: str) -> None:
    mother = room.person(Role.MOTHER).id
    answers = Answers(room.services.library, THREE_STEPS, mother)
    answers.code("step1.consent", "given")
    answers.text("step1.q1.words", "always the same")
    answers.text(JOY, joy)
    visit = whole_draft(room.services, room.family)
    room.services.drafting.save_response(visit, f"{THREE_STEPS}/{mother}", answers.response())
    leave_out_the_rest(room.services, visit)
    room.services.signing.sign(visit)


@pytest.fixture
def page(room: Room) -> OverTimePage:
    for joy in ("Bath time", "Her laugh", "Her first word"):
        room.clock.advance(timedelta(days=14))
        asked(room, joy)
    return room.go(OverTimePage, "over-time", room.family)


def test_the_two_newest_answers_stand_side_by_side_and_the_change_is_said(page: OverTimePage) -> None:
    assert [(cell.words, cell.mark) for cell in joys(page)] == [("“Her laugh”", ""), ("“Her first word”", "Changed")]


def test_an_older_visit_is_put_beside_by_its_day(room: Room, page: OverTimePage) -> None:
    room.find(CheckBox, "over_time.day.1").click()
    assert [cell.words for cell in joys(page)] == ["“Bath time”", "“Her laugh”", "“Her first word”"]


def test_only_what_changed_leaves_the_rest_out(room: Room, page: OverTimePage) -> None:
    assert any("3 words" in row[0].words for row in cells(page))
    room.find(CheckBox, "over_time.only_changes").click()
    assert ["joy" in row[0].words for row in cells(page)] == [True]


def test_the_last_visit_stays(room: Room, page: OverTimePage) -> None:
    for place in (2, 3):
        room.find(CheckBox, f"over_time.day.{place}").click()
    assert [cell.words for cell in joys(page)] == ["“Her first word”"]
    assert room.find(CheckBox, "over_time.day.3").isChecked()


@pytest.mark.usefixtures("page")
def test_enter_in_a_column_goes_to_its_visit(room: Room) -> None:
    table = room.find(WordTable, "over_time.answers")
    table.setFocus()
    table.setCurrentIndex(table.words.index(1, 2))
    room.qtbot.keyClick(table, Qt.Key.Key_Return)
    room.settle()
    assert isinstance(room.desk.page, SignedVisitPage)


def test_a_family_without_answers_says_so(room: Room) -> None:
    page = room.go(OverTimePage, "over-time", room.family)
    assert page.findChild(EmptyState).isVisible()
    assert not room.find(WordTable, "over_time.answers").isVisible()
