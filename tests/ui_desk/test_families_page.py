"""Families: found while one types, read in a table, opened with one key."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from homevisit.domain.family import FamilyDetails, Level, PersonDetails, Role
from homevisit.domain.summaries import FamilyRow
from tests.desks import whole_draft
from tests.ui_desk.conftest import Room
from ui.models.families import Column, FamiliesModel
from ui.views.families import FamiliesPage
from ui.views.families_table import FamiliesTable
from ui.widgets.buttons import Button
from ui.widgets.fields import SearchBox

texts = st.text(st.characters(codec="utf-8"), max_size=12)
babies = st.tuples(
    texts,
    st.sampled_from(["", "2026-10-06", "soon"]),
    st.sampled_from(["", "2027-01-03"]),
    st.none() | st.integers(140, 308),
)
rows = st.builds(
    FamilyRow,
    id=st.uuids().map(str),
    name=texts,
    level=st.sampled_from([level.value for level in Level]),
    babies=st.lists(babies, max_size=3).map(tuple),
    carers=st.lists(texts, max_size=3).map(tuple),
    drafts=st.integers(0, 2),
    conflicts=st.integers(0, 2),
)


def shown(room: Room) -> list[str]:
    model = room.find(FamiliesTable, "families.table").families
    return [str(model.index(place, Column.FAMILY).data()) for place in range(model.rowCount())]


def type_words(room: Room, words: str) -> None:
    room.type("families.words", words)
    presenter = room.find(FamiliesPage, "families").presenter
    room.qtbot.waitUntil(lambda: presenter.state.found_for == presenter.state.words)


@given(st.lists(rows, max_size=6), st.lists(rows, max_size=6))
def test_the_table_keeps_the_rules_of_a_model(first: list[FamilyRow], second: list[FamilyRow]) -> None:
    model = FamiliesModel()
    tester = ModelTester(None)
    tester.check(model)
    model.show(first, date(2026, 11, 22))
    model.show(second, date(2026, 11, 22))
    assert model.rowCount() == len(second)
    tester._cleanup()


@pytest.mark.usefixtures("family")
def test_families_are_found_while_one_types_a_name_of_anybody(room: Room) -> None:
    room.services.families.create(FamilyDetails(name="Bell"), [PersonDetails(name="Kwasi Bell", role=Role.FATHER)])
    room.go(FamiliesPage, "families")
    assert shown(room) == ["Bell", "Osei"]
    type_words(room, "kwam")
    assert shown(room) == ["Osei"]


def test_enter_opens_the_only_family_that_was_found(room: Room, family: str) -> None:
    room.go(FamiliesPage, "families")
    type_words(room, "abena")
    room.press(Qt.Key.Key_Return)
    assert room.place == ("family", family)


def test_down_and_enter_open_the_first_family(room: Room, family: str) -> None:
    room.go(FamiliesPage, "families")
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Return)
    assert room.place == ("family", family)


@pytest.mark.usefixtures("family")
def test_the_newest_words_win(room: Room) -> None:
    page = room.go(FamiliesPage, "families")
    page.presenter.search("zzz")
    page.presenter.open()
    page.presenter.search("ko")
    page.presenter.open()
    room.settle()
    assert shown(room) == ["Osei"]


@pytest.mark.usefixtures("family")
def test_nothing_found_says_so_and_offers_to_search_everything(room: Room) -> None:
    room.go(FamiliesPage, "families")
    type_words(room, "zzz")
    room.click("families.empty.add")
    assert room.place == ("search", "")


def test_the_row_says_age_last_visit_and_open_work(room: Room, family: str) -> None:
    room.services.signing.sign(whole_draft(room.services, family))
    room.services.drafting.start(family)
    room.go(FamiliesPage, "families")
    model = room.find(FamiliesTable, "families.table").families
    spoken = [str(model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)) for column in Column]
    assert "6 weeks 5 days (corrected" in spoken[Column.BABIES]
    assert spoken[Column.LAST] == "22 Nov 2026, 1 visit"
    assert spoken[Column.STATE] == "Draft"


def test_a_family_opened_lately_is_one_press_away(room: Room, family: str) -> None:
    room.services.families.open(family)
    room.go(FamiliesPage, "families")
    assert room.find(Button, "families.recent.0").text() == "Osei"
    room.click("families.recent.0")
    assert room.place == ("family", family)


@pytest.mark.usefixtures("family")
def test_a_narrow_window_leaves_columns_out_instead_of_cutting_them(room: Room) -> None:
    room.go(FamiliesPage, "families")
    table = room.find(FamiliesTable, "families.table")
    assert not table.isColumnHidden(Column.LEVEL)
    room.desk.resize(900, 700)
    room.qtbot.waitUntil(lambda: table.isColumnHidden(Column.LEVEL))
    assert not table.isColumnHidden(Column.BABIES)


@pytest.mark.usefixtures("family")
def test_ctrl_f_goes_to_the_search_box(room: Room) -> None:
    page = room.go(FamiliesPage, "families")
    room.find(FamiliesTable, "families.table").setFocus()
    page.find_here()
    assert room.find(SearchBox, "families.words").hasFocus()


def test_enter_before_the_answer_opens_the_family_once_it_is_found(room: Room) -> None:
    room.services.families.create(FamilyDetails(name="Okafor"), ())
    room.services.families.create(FamilyDetails(name="Brennan"), ())
    room.go(FamiliesPage, "families")
    box = room.find(SearchBox, "families.words")
    room.qtbot.keyClicks(box, "Okaf")
    room.qtbot.keyClick(box, Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: room.desk.here is not None and room.desk.here.page == "family")
