"""Scores in the page, and the safety panel that keeps it until it is settled; answers are handed on meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from homevisit.prompts.library import Library
from homevisit.prompts.session import Session
from tests.prompts.filled import response_of
from tests.prompts.test_scores import with_total
from ui.privacy import Privacy
from ui.prompts.form import PromptForm

NOW = datetime(2026, 3, 14, 10, 5, tzinfo=UTC)
PANEL = "prompts.phq-9.safety/phq-9.safety."


def session_of(set_id, answers):
    questionnaire = Library.shipped().get(set_id).questionnaire
    return Session(questionnaire, response_of(questionnaire, answers))


@pytest.fixture
def phq(show):
    return show(session_of("phq-9", with_total("phq-9", 9, 3, 3) | {"phq-9.9": 1}))


def words_of(form):
    form.complete_page()
    return " ".join(label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form))


def part(form, name):
    found = form.findChild(QWidget, name)
    assert found is not None, name
    return found


def press(qtbot, form, name):
    qtbot.mouseClick(part(form, name), Qt.MouseButton.LeftButton)


def write(qtbot, form, name, text):
    form.complete_page()
    qtbot.keyClicks(part(form, f"{PANEL}{name}.control.text"), text)


def test_a_total_is_shown_with_its_band_its_source_and_what_it_is_not(show):
    words = words_of(show(session_of("phq-9", with_total("phq-9", 9, 3, 16) | {"phq-9.9": 0, "phq-9.6": 2})))
    assert "17 of 27" in words
    assert "moderately severe (15–19)" in words
    assert "Screening result, not a diagnosis. Higher means more difficulty." in words
    assert "Kroenke" in words


def test_without_all_answers_it_says_how_many_there_are_and_no_number(show):
    answers = with_total("phq-9", 9, 3, 12)
    del answers["phq-9.5"]
    words = words_of(show(session_of("phq-9", answers)))
    assert "8 of 9 answered" in words
    assert "of 27" not in words
    assert "Published band" not in words


def test_the_score_follows_every_answer(qtbot, show):
    form = show(session_of("gad-2", {"gad-2.1": 1}))
    assert "1 of 2 answered" in words_of(form)
    press(qtbot, form, "prompts.gad-2.items/gad-2.2.control.3")
    assert "3 of 6" in words_of(form)
    assert part(form, "prompts.gad-2.result/gad-2.total.control.value").text() == "3 of 6"


def test_an_entered_total_gets_its_band_and_one_out_of_range_is_refused_in_words(qtbot, show):
    form = show(session_of("epds", {}))
    line = part(form, "prompts.epds.result/epds.total.control.line")
    qtbot.keyClicks(line, "12")
    assert "possible depression (10–12)" in words_of(form)
    qtbot.keyClicks(line, "3")
    assert "The most that fits here is 30." in words_of(form)
    assert "Published band" not in words_of(form)


def test_an_open_panel_keeps_the_page_says_so_and_takes_the_keyboard(qtbot, phq):
    with qtbot.assertNotEmitted(phq.finished):
        press(qtbot, phq, "prompts.next")
    assert "One answer calls for action today." in words_of(phq)
    assert QApplication.focusWidget().objectName() == f"{PANEL}asked.control.text"


def test_what_is_gone_to_is_seen_though_the_window_is_low(qtbot, phq):
    phq.resize(440, 420)
    press(qtbot, phq, "prompts.next")
    asked = QApplication.focusWidget()
    assert asked.objectName() == f"{PANEL}asked.control.text"
    assert asked.visibleRegion().boundingRect().height() == asked.height()


def test_what_is_written_is_handed_on_while_the_panel_waits(qtbot, phq):
    with qtbot.waitSignal(phq.changed):
        write(qtbot, phq, "asked", "Whether she has a plan")
    assert not phq.may_go_on()
    assert "Whether she has a plan" in str(phq.response())


def test_an_action_settles_the_panel(qtbot, phq):
    for name, text in (("asked", "Whether she has a plan. No."), ("told", "Her GP"), ("when", "Today, 14:20")):
        assert not phq.may_go_on()
        write(qtbot, phq, name, text)
    assert "Noted. You can go on." in words_of(phq)
    with qtbot.waitSignal(phq.finished):
        press(qtbot, phq, "prompts.next")


def test_a_reason_settles_it_and_spaces_are_none(qtbot, phq):
    write(qtbot, phq, "reason", "   ")
    assert not phq.may_go_on()
    write(qtbot, phq, "reason", "Her crisis team knows.")
    assert phq.may_go_on()


def test_taking_the_answer_back_lets_the_page_go(qtbot, phq):
    assert not phq.may_go_on()
    press(qtbot, phq, "prompts.phq-9.items/phq-9.9.control.1")
    assert phq.may_go_on()


def test_the_panel_is_settled_by_keys_alone(qtbot, phq):
    qtbot.keyClick(part(phq, "prompts.next"), Qt.Key.Key_Space)
    for text in ("What is different today", "My supervisor", "Now"):
        qtbot.keyClicks(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert phq.may_go_on()


def test_tab_goes_through_a_panel_that_came_later_in_the_order_of_the_page(qtbot):
    form = PromptForm(session_of("phq-9", with_total("phq-9", 8, 3, 8)), now=lambda: NOW)
    qtbot.addWidget(form)
    form.resize(440, 420)
    with qtbot.waitExposed(form):
        form.show()
    form.go_to("phq-9.items/phq-9.9")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    panel = [f"{PANEL}{name}.control.text" for name in ("asked", "told", "when", "reason")]
    by = "prompts.phq-9.asked/phq-9.by.control."
    for name in (*panel, "prompts.phq-9.difficulty.control.1", f"{by}1", f"{by}other"):
        qtbot.waitUntil(lambda name=name: form.findChild(QWidget, name) is not None)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget().objectName() == name


def test_in_in_home_view_the_panel_is_not_seen_and_holds_nobody(qtbot):
    privacy = Privacy()
    privacy.enter("family")
    form = PromptForm(session_of("phq-9", {"phq-9.9": 2}), now=lambda: NOW, privacy=privacy)
    qtbot.addWidget(form)
    form.resize(760, 700)
    with qtbot.waitExposed(form):
        form.show()
    words = words_of(form)
    assert "Not shown in in-home view" in words
    assert "What did you ask next?" not in words
    assert form.may_go_on()
    privacy.leave()
    assert "What did you ask next?" in words_of(form)
    assert not form.may_go_on()
