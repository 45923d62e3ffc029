"""The kit: any text comes back, the wheel changes nothing, an answer can be missing and taken back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from homevisit.domain.visit import RecordState
from ui.notices import Notice
from ui.privacy import Privacy
from ui.tokens import Tone
from ui.widgets.badges import StateBadge, state_badge
from ui.widgets.bars import QuietBar
from ui.widgets.clean_text import clean
from ui.widgets.empty import EmptyState
from ui.widgets.fields import CheckBox, ChoiceBox, FieldRow, LineText, SearchBox
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.header import PageHeader
from ui.widgets.long_rows import LongRows
from ui.widgets.private import SensitiveBox
from ui.widgets.rows import ROOT, Row, RowList, RowsModel
from ui.widgets.segmented import Segmented
from ui.widgets.text import BodyText

HARD = "naïve 👶🏽 עברית \u00a0no-break\ttab\n\nline \u200bzero e\u0301 \x0b\x1f end"


def wheel(widget: QWidget) -> None:
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre,
        centre,
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


@given(st.text())
def test_clean_text_can_be_written_to_a_file_and_is_stable(text: str) -> None:
    cleaned = clean(text)
    cleaned.text.encode()
    assert "\x00" not in cleaned.text
    assert clean(cleaned.text).text == cleaned.text


def test_clean_keeps_everything_it_can_and_counts_the_rest() -> None:
    assert clean(HARD).text == HARD
    assert clean(HARD).replaced == 0
    assert clean("a\x00b\ud800c") == clean("a\u2400b\ufffdc").__class__("a\u2400b\ufffdc", 2)
    assert clean("\ud83d\udc76").text == "👶"
    assert clean("a\r\nb\rc\u2028d").text == "a\nb\nc\nd"


def test_a_text_box_gives_back_what_was_put_in(qtbot: QtBot) -> None:
    box = GrowingTextEdit("Facts")
    qtbot.addWidget(box)
    box.show_value(HARD)
    assert box.value() == HARD


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r\u2028\u2029\ufdd0\ufdd1")))
@pytest.mark.usefixtures("qapp")
def test_a_text_box_gives_back_any_text(text: str) -> None:
    box = GrowingTextEdit("Facts")
    box.show_value(text)
    assert box.value() == text
    box.deleteLater()


def test_a_paste_of_a_megabyte_is_taken_whole_and_quickly(qtbot: QtBot) -> None:
    box, data = GrowingTextEdit("Facts"), QMimeData()
    qtbot.addWidget(box)
    box.resize(600, 100)
    box.show()
    text = ("word " * 19 + "end\n") * 10_500
    data.setText(text)
    began = time.process_time()
    box.insertFromMimeData(data)
    assert time.process_time() - began < 2
    assert box.value() == text


def test_a_paste_with_nul_is_made_safe_and_told(qtbot: QtBot) -> None:
    box, data = GrowingTextEdit("Facts"), QMimeData()
    qtbot.addWidget(box)
    data.setText("a\x00b")
    with qtbot.waitSignal(box.replaced) as heard:
        box.insertFromMimeData(data)
    assert heard.args == [1]
    assert box.value() == "a\u2400b"


def test_a_text_box_grows_with_its_text_and_the_wheel_does_not_scroll_it(qtbot: QtBot) -> None:
    box = GrowingTextEdit("Facts", lines=2)
    qtbot.addWidget(box)
    box.show()
    low = box.height()
    box.show_value("line\n" * 12)
    qtbot.waitUntil(lambda: box.height() > low * 2)
    wheel(box)
    assert box.verticalScrollBar().value() == 0


def test_rendering_the_same_text_keeps_the_cursor_and_undo(qtbot: QtBot) -> None:
    box = GrowingTextEdit("Facts")
    qtbot.addWidget(box)
    qtbot.keyClicks(box, "one two")
    with qtbot.assertNotEmitted(box.edited):
        box.show_value("one two")
    assert box.textCursor().position() == 7
    box.undo()
    assert box.value() == ""


def test_the_wheel_changes_no_choice(qtbot: QtBot) -> None:
    choice = ChoiceBox("Level", [("a", "A"), ("b", "B")])
    qtbot.addWidget(choice)
    choice.setFocus()
    wheel(choice)
    assert choice.value() == "a"


def test_a_segmented_answer_starts_missing_and_can_be_given_and_taken_back(qtbot: QtBot) -> None:
    asked = Segmented("Seen", [("yes", "Yes"), ("no", "No")])
    qtbot.addWidget(asked)
    heard: list[str] = []
    asked.answer_given.connect(heard.append)
    assert asked.value() == ""
    assert "not answered" in asked.accessibleDescription()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_1, Qt.Key.Key_Backspace):
        qtbot.keyClick(asked.focusProxy(), key)
    assert heard == ["yes", "no", "yes", ""]


def test_showing_an_answer_does_not_emit(qtbot: QtBot) -> None:
    asked = Segmented("Seen", [("yes", "Yes"), ("no", "No")])
    qtbot.addWidget(asked)
    with qtbot.assertNotEmitted(asked.answer_given):
        asked.show_value("no")
        asked.show_value("")


def test_a_problem_stands_beside_its_field_and_is_spoken_with_it(qtbot: QtBot) -> None:
    born = LineText()
    field = FieldRow("Date of birth", born, help_text="As on the record")
    qtbot.addWidget(field)
    assert born.accessibleName() == "Date of birth"
    field.show_problem("There is no 31 February.")
    assert born.accessibleDescription() == "There is no 31 February. As on the record"
    assert born.property("problem") is True
    field.show_problem("")
    assert born.property("problem") is False


def test_esc_empties_a_search(qtbot: QtBot) -> None:
    box = SearchBox("Search")
    qtbot.addWidget(box)
    qtbot.keyClicks(box, "abc")
    with qtbot.waitSignal(box.edited) as heard:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert heard.args == [""]


def test_a_check_box_tells_only_a_persons_change(qtbot: QtBot) -> None:
    box = CheckBox("Shares the home")
    qtbot.addWidget(box)
    with qtbot.assertNotEmitted(box.answered):
        box.show_value(True)
    with qtbot.waitSignal(box.answered) as heard:
        box.click()
    assert heard.args == [False]


@pytest.mark.parametrize("state", list(RecordState))
def test_every_state_has_a_word_and_an_icon(qtbot: QtBot, state: RecordState) -> None:
    badge = StateBadge(state)
    qtbot.addWidget(badge)
    assert badge.accessibleName() == state_badge(state).text
    assert badge.sizeHint().width() > badge.sizeHint().height()


def test_states_are_told_apart_without_colour() -> None:
    assert len({state_badge(state).icon for state in RecordState}) == len(RecordState)


def test_typed_text_is_never_read_as_markup(qtbot: QtBot) -> None:
    label = BodyText("<b>not bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_quiet_bar_never_takes_the_focus(qtbot: QtBot) -> None:
    window, line, bar = QWidget(), LineText("Name"), QuietBar()
    qtbot.addWidget(window)
    line.setParent(window)
    bar.setParent(window)
    window.show()
    line.setFocus()
    bar.show_notice(Notice(sentence="A", tone=Tone.WAITING))
    assert bar.isVisible()
    assert window.focusWidget() is line


def test_the_kit_shows_no_window_while_it_is_built(qapp: QApplication) -> None:
    def visible() -> int:
        return sum(widget.isVisible() for widget in qapp.topLevelWidgets())

    before = visible()
    made = [
        FieldRow("A", LineText(), help_text="help"), PageHeader("A", "b"), EmptyState("users", "None yet.", "Add"),
        Segmented("A", [("a", "A")]), RowList("A"),
    ]  # fmt: skip
    assert visible() == before
    for widget in made:
        widget.deleteLater()


def test_sensitive_content_is_hidden_in_in_home_view(qtbot: QtBot) -> None:
    privacy, content = Privacy(), LineText("Staff safety")
    box = SensitiveBox(privacy, content)
    qtbot.addWidget(box)
    box.show()
    privacy.enter("f1")
    assert not content.isVisible()
    privacy.leave()
    assert content.isVisible()


ROWS = st.lists(st.builds(Row, id=st.sampled_from("abcdef"), title=st.sampled_from(["x", "y"])), max_size=8)


@given(st.lists(ROWS, max_size=5))
@pytest.mark.usefixtures("qapp")
def test_the_row_model_always_holds_what_it_was_last_shown(shown: list[list[Row]]) -> None:
    model = RowsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in shown:
        model.show(rows)
        assert [model.row_at(at) for at in range(model.rowCount(ROOT))] == rows
    tester.deleteLater()
    model.deleteLater()


@given(st.lists(st.tuples(ROWS, st.booleans()), max_size=5))
@pytest.mark.usefixtures("qapp")
def test_the_row_model_holds_long_lists_too(shown: list[tuple[list[Row], bool]]) -> None:
    model = RowsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows, is_long in shown:
        ids = [row.id for row in rows]
        model.show(LongRows(ids, frozenset(), rows.__getitem__) if is_long else rows)
        assert [model.row_at(at) for at in range(model.rowCount(ROOT))] == rows
        assert [model.place_of(name) for name in ids] == [ids.index(name) for name in ids]
        assert model.place_of("not there") == -1
    tester.deleteLater()
    model.deleteLater()


def test_of_a_long_list_what_is_painted_is_put_into_words(qtbot: QtBot) -> None:
    made: set[int] = set()

    def made_at(place: int) -> Row:
        made.add(place)
        return Row(id=str(place), title=f"Visit {place}", subtitle="2 May 2026")

    listed = RowList("Visits")
    qtbot.addWidget(listed)
    listed.resize(300, 400)
    listed.show()
    listed.show_rows(LongRows([str(place) for place in range(5_000)], frozenset(), made_at))
    listed.choose("4990")
    qtbot.waitUntil(lambda: 4_990 in made)
    assert len(made) < 100
    listed.show_rows(
        LongRows([str(place) for place in range(10, 5_000)], frozenset(), lambda place: made_at(place + 10))
    )
    assert listed.chosen_id() == "4990"


def test_a_list_keeps_the_chosen_row_when_others_change(qtbot: QtBot) -> None:
    listed = RowList("Families")
    qtbot.addWidget(listed)
    listed.show_rows([Row(id=name, title=name) for name in "abc"])
    listed.choose("b")
    listed.show_rows([Row(id=name, title=name) for name in "xabcd"])
    assert listed.chosen_id() == "b"


def test_enter_opens_a_row_and_a_heading_cannot_be_chosen(qtbot: QtBot) -> None:
    listed = RowList("Families")
    qtbot.addWidget(listed)
    listed.show_rows([Row(id="h", title="OLDER", heading=True), Row(id="a", title="A")])
    listed.choose_first()
    with qtbot.waitSignal(listed.opened) as heard:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert heard.args == ["a"]
