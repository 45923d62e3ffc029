"""Search everything: names first, the found words marked, Enter opens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.desks import whole_draft
from tests.ui_desk.conftest import Room
from ui.views.search import SearchPage
from ui.views.search_list import Find, FindList, pieces
from ui.widgets.fields import SearchBox


def look_for(room: Room, words: str) -> FindList:
    page = room.go(SearchPage, "search")
    room.type("search.words", words)
    room.qtbot.waitUntil(lambda: page.presenter.state.found_for == words)
    return room.find(FindList, "search.finds")


def test_people_come_before_notes_under_their_headings(room: Room, family: str) -> None:
    room.services.signing.sign(whole_draft(room.services, family, "Kofi followed her face."))
    finds = look_for(room, "kofi")
    rows = [finds.rows.row_at(place) for place in range(finds.rows.rowCount())]
    assert [row.title for row in rows if row.heading] == ["People", "In notes"]
    assert rows[1].title == "Kofi Osei"


def test_the_found_words_stand_out_and_are_spoken_plainly(room: Room, family: str) -> None:
    room.services.signing.sign(whole_draft(room.services, family, "Followed her face."))
    finds = look_for(room, "face")
    row = finds.rows.row_at(1)
    assert isinstance(row, Find)
    assert ("face", True) in pieces(row.snippet)
    assert "\ue000" not in row.spoken()


def test_enter_opens_the_visit_in_which_it_was_written(room: Room, family: str) -> None:
    visit = room.services.signing.sign(whole_draft(room.services, family, "Followed her face.")).envelope.record
    look_for(room, "face")
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)
    assert room.place == ("signed", visit)


def test_a_person_leads_to_the_family(room: Room, family: str) -> None:
    look_for(room, "abena")
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Return)
    assert room.place == ("family", family)


@pytest.mark.usefixtures("family")
def test_ctrl_shift_f_searches_from_anywhere(room: Room) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    room.desk.start()
    room.settle()
    room.press(Qt.Key.Key_F, keys)
    assert room.place == ("search", "")
    assert room.find(SearchBox, "search.words").hasFocus()


@pytest.mark.parametrize("words", ['"', "AND OR NOT", "a* NEAR(", "👶", "   "])
@pytest.mark.usefixtures("family")
def test_no_text_is_read_as_a_query_language(room: Room, words: str) -> None:
    finds = look_for(room, words)
    assert finds.rows.rowCount() == 0


def test_a_passage_without_marks_is_one_piece() -> None:
    assert pieces("plain words") == [("plain words", False)]
    assert pieces("\ue000a\ue001 b \ue000c") == [("a", True), (" b ", False), ("c", True)]
