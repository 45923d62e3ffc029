"""The reading view: everything is there, comments stand on their passages, nothing can be changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from homevisit.domain.family import Person
from homevisit.domain.review import Anchor, Comment
from homevisit.domain.visit import Attendance, Section, VisitBody
from homevisit.prompts.library import Library
from ui.views.reading import VisitReader

PASSAGE = "followed me with her eyes"
ANSWER = "That I miss something because I am so tired"
FEAR = "response/0/step1/step1.questions/step1.q3.words"


@pytest.fixture
def reader(qtbot: QtBot, body: VisitBody, people: tuple[Person, ...], library: Library) -> VisitReader:
    shown = VisitReader()
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    shown.show_visit(body, people, library)
    shown.complete()
    shown.show()
    return shown


def on_passage(body: VisitBody, quote: str = PASSAGE, text: str = "Well seen") -> Comment:
    start = body.note[Section.FACTS].index(quote)
    return Comment(anchor=Anchor(part="note/facts", start=start, end=start + len(quote), quote=quote), text=text)


def select(reader: VisitReader, words: str) -> None:
    reader.complete()
    found = reader.document().find(words)
    assert not found.isNull()
    reader.setTextCursor(found)


def marked(reader: VisitReader) -> list[str]:
    reader.complete()
    return [selection.cursor.selectedText() for selection in reader.extraSelections()]


def test_a_visit_reads_with_everything_that_was_recorded(reader: VisitReader) -> None:
    text = reader.toPlainText()
    for words in ("6–8 week review", "Aisha Example (mother)", "Maya: seen, awake", "Aunt June", "Facts", PASSAGE):
        assert words in text
    for words in ("“When she laughs at the cat”", "Had to leave for work", "Said in the conversation", "In short"):
        assert words in text


def test_strengths_stand_before_needs_and_actions_have_an_owner_and_a_date(reader: VisitReader) -> None:
    text = reader.toPlainText()
    assert text.index("Strengths") < text.index("Areas of need") < text.index("What happens next")
    assert "Me, by 20 November 2026" in text


def test_the_observation_says_that_it_is_not_validated_and_the_set_is_credited(reader: VisitReader) -> None:
    text = reader.toPlainText()
    assert "Descriptive observation; not a validated assessment of attachment" in text
    assert text.count("Open Government Licence v3.0") == 1


def test_a_comment_is_marked_on_its_very_words(reader: VisitReader, body: VisitBody) -> None:
    reader.show_comments([on_passage(body)])
    assert marked(reader) == [PASSAGE]


def test_a_comment_finds_its_words_after_an_amendment_moved_them(
    reader: VisitReader, body: VisitBody, people: tuple[Person, ...], library: Library
) -> None:
    comment = on_passage(body)
    amended = replace(body, note={**body.note, Section.FACTS: "Amended 👶 first.\n" + body.note[Section.FACTS]})
    reader.show_visit(amended, people, library, [comment])
    assert marked(reader) == [PASSAGE]


def test_a_comment_whose_words_are_gone_is_nowhere(reader: VisitReader, body: VisitBody) -> None:
    reader.show_comments([replace(on_passage(body), anchor=Anchor(part="note/facts", end=4, quote="gone"))])
    assert not marked(reader)
    assert not reader.is_pinned(0)


def test_a_selected_passage_gives_an_anchor_in_code_points(reader: VisitReader, body: VisitBody) -> None:
    select(reader, PASSAGE)
    assert reader.anchor == on_passage(body).anchor


def test_a_selection_over_two_lines_keeps_the_line_break(reader: VisitReader, body: VisitBody) -> None:
    cursor = reader.document().find(PASSAGE)
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    reader.setTextCursor(cursor)
    anchor = reader.anchor
    assert anchor is not None
    assert "\n10:20" in anchor.quote
    assert body.note[Section.FACTS][anchor.start : anchor.end] == anchor.quote


def test_a_click_into_an_answer_pins_to_the_whole_answer(reader: VisitReader, qtbot: QtBot) -> None:
    cursor = reader.document().find("That I miss something")
    reader.setTextCursor(reader.document().find("Close, tiring"))
    reader.ensureCursorVisible()
    cursor.clearSelection()
    with qtbot.waitSignal(reader.anchor_chosen):
        reader.setTextCursor(cursor)
    assert reader.anchor == Anchor(part=FEAR, end=len(ANSWER), quote=ANSWER)


def test_headings_and_credits_cannot_be_commented_on(reader: VisitReader) -> None:
    select(reader, "What it is like")
    assert reader.anchor is None


def test_n_and_p_go_through_the_comments_in_reading_order(reader: VisitReader, body: VisitBody, qtbot: QtBot) -> None:
    last = Comment(anchor=Anchor(part=FEAR, end=len(ANSWER), quote=ANSWER), text="Ask again")
    reader.show_comments([last, on_passage(body)])
    with qtbot.waitSignal(reader.comment_activated) as first:
        QTest.keyClick(reader, Qt.Key.Key_N)
    with qtbot.waitSignal(reader.comment_activated) as second:
        QTest.keyClick(reader, Qt.Key.Key_N)
    QTest.keyClick(reader, Qt.Key.Key_P)
    assert (first.args, second.args, reader.active_comment) == ([1], [0], 1)


def test_a_click_on_a_marked_passage_activates_its_comment(reader: VisitReader, body: VisitBody, qtbot: QtBot) -> None:
    reader.show_comments([on_passage(body)])
    reader.highlight(0)
    cursor = reader.document().find("with her eyes")
    cursor.setPosition(cursor.selectionStart())
    at = reader.cursorRect(cursor).center() + QPoint(3, 0)
    with qtbot.waitSignal(reader.comment_activated):
        QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_typing_changes_nothing(reader: VisitReader) -> None:
    before = reader.toPlainText()
    QTest.keyClicks(reader, "xyz")
    QTest.keyClick(reader, Qt.Key.Key_Delete)
    assert reader.toPlainText() == before


def test_a_visit_entered_in_error_is_struck_through_and_says_so(
    reader: VisitReader, body: VisitBody, people: tuple[Person, ...], library: Library
) -> None:
    reader.show_visit(body, people, library, struck=True)
    reader.complete()
    assert "Entered in error" in reader.toPlainText()
    assert reader.document().find(PASSAGE).charFormat().fontStrikeOut()


def test_a_failed_contact_shows_no_empty_sections(
    reader: VisitReader, body: VisitBody, people: tuple[Person, ...], library: Library
) -> None:
    failed = replace(body, attendance=Attendance.NO_ACCESS, note={Section.FACTS: "Nobody came."}, present=())
    reader.show_visit(failed, people, library)
    reader.complete()
    assert "No access" in reader.toPlainText()
    assert "Nothing written" not in reader.toPlainText()


def test_markup_in_what_was_written_is_only_text(
    reader: VisitReader, body: VisitBody, people: tuple[Person, ...], library: Library
) -> None:
    written = "<b>bold</b>\r\x00\u2029 & شكرا"
    reader.show_visit(replace(body, note={Section.FACTS: written}), people, library)
    reader.complete()
    assert "<b>bold</b>" in reader.toPlainText()
    select(reader, "شكرا")
    assert reader.anchor is not None
    assert reader.anchor.start == written.index("شكرا")


def test_a_note_of_a_megabyte_is_set_in_slices_and_found_to_the_end(
    reader: VisitReader, body: VisitBody, people: tuple[Person, ...], library: Library, qtbot: QtBot
) -> None:
    long = "10:05 – slow words 👶 about a day. " * 30_000 + "the very end"
    reader.show_visit(replace(body, note={Section.FACTS: long}), people, library)
    assert not reader.is_complete
    qtbot.waitUntil(lambda: reader.is_complete, timeout=20_000)
    select(reader, "the very end")
    assert reader.anchor == Anchor(part="note/facts", start=len(long) - 12, end=len(long), quote="the very end")


def test_the_same_visit_again_keeps_the_selection(
    reader: VisitReader, body: VisitBody, people: tuple[Person, ...], library: Library
) -> None:
    select(reader, PASSAGE)
    reader.show_visit(body, people, library, [on_passage(body)])
    assert reader.textCursor().selectedText() == PASSAGE


def test_a_screen_reader_gets_the_text(reader: VisitReader) -> None:
    interface = QAccessible.queryAccessibleInterface(reader)
    assert interface is not None
    assert PASSAGE in interface.text(QAccessible.Text.Value)
    assert reader.accessibleName()
