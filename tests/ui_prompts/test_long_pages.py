"""A page of hundreds of prompts: widgets only near the screen, and still everything is reached."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QRadioButton

from ui.prompts.block import PromptBlock

COUNT = 150
OPTIONS = [{"valueString": word} for word in ("never", "sometimes", "often")]


def items(kind="choice"):
    more = {"answerOption": OPTIONS} if kind == "choice" else {}
    return [
        {"linkId": f"q{n}", "type": kind, "text": f"Prompt {n}. " + "word " * (n % 30), **more} for n in range(COUNT)
    ]


@pytest.fixture
def long_form(ask_lightly):
    return ask_lightly(*items())


def settled(qtbot, form):
    qtbot.waitUntil(lambda: not form._page._missing() and not form._page._later.isActive())


def built(form):
    return [block.path[-1][0] for block in form._page.blocks()]


def scroll(form, value):
    form._page.verticalScrollBar().setValue(value)


def test_prompts_far_from_the_screen_have_no_widgets(qtbot, long_form):
    settled(qtbot, long_form)
    assert "q0" in built(long_form)
    assert len(built(long_form)) < 50
    scroll(long_form, long_form._page.verticalScrollBar().maximum())
    settled(qtbot, long_form)
    assert f"q{COUNT - 1}" in built(long_form)
    assert "q75" not in built(long_form)


def test_what_was_seen_long_ago_loses_its_widgets_and_shows_its_answer_when_it_comes_back(qtbot, long_form):
    settled(qtbot, long_form)
    long_form.focus_first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    long_form._foot._next.setFocus()
    bar = long_form._page.verticalScrollBar()
    for place in range(0, bar.maximum(), long_form._page.height()):
        scroll(long_form, place)
        settled(qtbot, long_form)
    assert len(built(long_form)) <= 130
    assert "q0" not in built(long_form)
    assert bar.value() > 0  # what is taken down takes nothing else with it
    scroll(long_form, 0)
    settled(qtbot, long_form)
    assert long_form.findChild(QRadioButton, "prompts.q0.control.2").isChecked()


def test_tab_and_shift_tab_walk_through_the_prompts_in_order(qtbot, long_form):
    settled(qtbot, long_form)
    long_form.focus_first()
    seen = []
    for _ in range(24):
        seen.append(long_form._page.current()[-1][0])
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        settled(qtbot, long_form)
    assert seen == [f"q{n}" for n in range(24)]
    back = []
    for _ in range(24):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        settled(qtbot, long_form)
        back.append(long_form._page.current()[-1][0])
    assert back == list(reversed(seen))


def test_the_prompt_with_the_keyboard_is_on_the_screen(qtbot, long_form):
    settled(qtbot, long_form)
    long_form.focus_first()
    for _ in range(25):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    place = focused.mapTo(long_form._page.viewport(), focused.rect().topLeft()).y()
    assert 0 <= place <= long_form._page.viewport().height() - focused.height()


def test_words_stay_where_they_are_while_rows_above_are_built(qtbot, long_form):
    settled(qtbot, long_form)
    scroll(long_form, long_form._page.verticalScrollBar().maximum() // 2)
    page = long_form._page
    bar = page.verticalScrollBar()
    first = page._stack.at(bar.value()) + 1
    offset = page._stack.tops[first] - bar.value()
    settled(qtbot, long_form)
    assert abs(page._stack.tops[first] - bar.value() - offset) <= page._stack.heights[first]
    row = page._rows[first]
    before = page._stack.tops[first] - bar.value()
    page._stack_anew()
    settled(qtbot, long_form)
    assert page._rows[first] == row
    assert page._stack.tops[first] - bar.value() == before


def test_going_to_a_far_prompt_builds_it_and_puts_the_keyboard_there(long_form):
    assert long_form.go_to("q120")
    assert long_form._page.current() == (("q120", 0),)
    assert len(built(long_form)) < 60


def test_a_text_that_grows_moves_what_stands_below_it(qtbot, ask_lightly):
    form = ask_lightly(*items("text")[:20])
    settled(qtbot, form)
    edit = form.findChild(QPlainTextEdit, "prompts.q0.control.text")
    below = form.findChild(PromptBlock, "prompts.q1")
    before = below.y()
    edit.insertPlainText("one\ntwo\nthree\nfour\nfive\nsix")
    qtbot.waitUntil(lambda: below.y() > before)
    block = form.findChild(PromptBlock, "prompts.q0")
    assert below.y() >= block.y() + block.height()


def test_a_page_that_grows_wider_or_larger_keeps_its_rows_apart(qtbot, long_form):
    for width in (420, 1100):
        long_form.resize(width, 700)
        settled(qtbot, long_form)
        blocks = long_form._page.blocks()
        shown = [block for block in blocks if block.isVisible()]
        for upper, lower in pairwise(shown):
            if int(lower.path[-1][0][1:]) == int(upper.path[-1][0][1:]) + 1:
                assert lower.y() >= upper.y() + upper.height()


def test_a_text_that_grows_over_the_end_of_the_screen_is_followed(qtbot, ask_lightly):
    form = ask_lightly(*items("text")[:20])
    settled(qtbot, form)
    page = form._page
    last = [block for block in page.blocks() if block.y() + block.height() <= page.height()][-1]
    last.control.focus_first()
    last.control.edit.insertPlainText("\n".join("abcdefgh"))
    bar = page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert last.y() + last.height() <= bar.value() + page.height()
