"""The form as a person uses it: tapping, typing, paging, adding and taking back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.meaning import meaning_of
from homevisit.prompts.session import Session
from ui.prompts.block import PromptBlock

CONSENT = "prompts.step1/step1.consent"
Q1 = "prompts.step1/step1.questions/step1.q1.words"
STRENGTH = "prompts.step2/step2.strength"
TEXT = {"linkId": "a", "type": "text", "text": "Words"}
CHOICE = {
    "linkId": "a",
    "type": "choice",
    "text": "Pick",
    "answerOption": [{"valueString": word} for word in ("one", "two", "three")],
}


def part(form, name, kind=QWidget):
    found = form.findChild(kind, name)
    assert found is not None, name
    return found


def tap(qtbot, form, name):
    form.complete_page()
    qtbot.mouseClick(part(form, name), Qt.MouseButton.LeftButton)
    form.complete_page()


def answers(form, link="a"):
    return [item["answer"] for item in form.response().get("item", []) if item["linkId"] == link]


def value(form, link="a"):
    found = answers(form, link)
    return next(v for key, v in found[0][0].items() if key.startswith("value")) if found else None


def test_a_choice_is_visibly_unanswered_and_answered_by_one_tap(qtbot, ask):
    form = ask(CHOICE)
    assert value(form) is None
    tap(qtbot, form, "prompts.a.control.2")
    assert value(form) == "two"


def test_tapping_the_chosen_one_again_takes_the_answer_back(qtbot, ask):
    form = ask(CHOICE)
    tap(qtbot, form, "prompts.a.control.2")
    tap(qtbot, form, "prompts.a.control.2")
    assert value(form) is None


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([Qt.Key.Key_2], "two"),
        ([Qt.Key.Key_Right], "one"),
        ([Qt.Key.Key_1, Qt.Key.Key_Down, Qt.Key.Key_Right], "three"),
        ([Qt.Key.Key_3, Qt.Key.Key_Right], "three"),
        ([Qt.Key.Key_2, Qt.Key.Key_Left], "one"),
        ([Qt.Key.Key_2, Qt.Key.Key_Backspace], None),
        ([Qt.Key.Key_2, Qt.Key.Key_2], None),
    ],
)
def test_digits_and_arrows_answer_a_choice(qtbot, ask, keys, expected):
    form = ask(CHOICE)
    form.focus_first()
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert value(form) == expected


def test_several_answers_can_be_ticked_and_an_exclusive_one_stands_alone(qtbot, ask):
    alone = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive", "valueBoolean": True}
    options = [*CHOICE["answerOption"], {"extension": [alone], "valueString": "none"}]
    form = ask({**CHOICE, "repeats": True, "answerOption": options})
    for number in (1, 3):
        tap(qtbot, form, f"prompts.a.control.{number}")
    assert [a["valueString"] for a in answers(form)[0]] == ["one", "three"]
    tap(qtbot, form, "prompts.a.control.4")
    assert [a["valueString"] for a in answers(form)[0]] == ["none"]


def test_an_open_choice_takes_other_words(qtbot, ask):
    form = ask({**CHOICE, "type": "open-choice"})
    qtbot.keyClicks(part(form, "prompts.a.control.other"), "her aunt")
    assert value(form) == "her aunt"
    tap(qtbot, form, "prompts.a.control.1")
    assert value(form) == "one"
    assert part(form, "prompts.a.control.other", QLineEdit).text() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("👶🏽 שלום عليكم é", "👶🏽 שלום عليكم é"),
        ("a\x00b", "a\u2400b"),
        ("  two  spaces \u00a0 and\ttab  ", "  two  spaces \u00a0 and\ttab  "),
        ("x" * 1_000_000, "x" * 1_000_000),
    ],
)
def test_any_pasted_text_comes_back_or_is_made_safe_visibly(ask, text, expected):
    form = ask(TEXT)
    edit = part(form, "prompts.a.control.text", QPlainTextEdit)
    pasted = QMimeData()
    pasted.setText(text)
    edit.insertFromMimeData(pasted)
    assert value(form) == expected
    assert edit.toPlainText().replace("\n", "").startswith(expected[:1])


def test_a_long_paste_is_in_the_response_before_the_pause_is_over(ask):
    form = ask(TEXT)
    part(form, "prompts.a.control.text", QPlainTextEdit).insertPlainText("long " * 20_000)
    assert len(value(form)) == 100_000


def test_undo_still_works_after_answers_were_announced(qtbot, ask):
    form = ask(TEXT)
    edit = part(form, "prompts.a.control.text", QPlainTextEdit)
    qtbot.keyClicks(edit, "first")
    form.response()
    qtbot.keyClick(edit, Qt.Key.Key_Home)
    qtbot.keyClicks(edit, "second")
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert value(form) == "first"


@pytest.mark.parametrize(
    ("typed", "iso", "said"),
    [
        ("3 weeks ago", "2026-02-21", "Saturday 21 February 2026 (3 weeks ago)"),
        ("tomorrow", "2026-03-15", "Sunday 15 March 2026 (in 1 day)"),
        ("1/3/26", "2026-03-01", "Sunday 1 March 2026 (13 days ago)"),
    ],
)
def test_a_date_in_words_shows_the_day_that_was_understood(qtbot, ask, typed, iso, said):
    form = ask({"linkId": "a", "type": "date", "text": "When"})
    line = part(form, "prompts.a.control.line", QLineEdit)
    qtbot.keyClicks(line, typed)
    assert value(form) == iso
    assert line.text() == typed
    assert line.accessibleDescription() == said


@pytest.mark.parametrize(("typed", "said"), [("31/2/26", "There is no such day."), ("soonish", "Not understood")])
def test_an_impossible_date_is_explained_beside_the_field_and_kept_as_typed(qtbot, ask, show, typed, said):
    form = ask({"linkId": "a", "type": "date", "text": "When"})
    line = part(form, "prompts.a.control.line", QLineEdit)
    qtbot.keyClicks(line, typed)
    assert said in line.accessibleDescription()
    again = show(Session(form._filling.session.questionnaire, form.response()))
    assert part(again, "prompts.a.control.line", QLineEdit).text() == typed


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("integer", "12", 12),
        ("integer", "twelve", "twelve"),
        ("decimal", "3,50", "3.50"),
        ("time", "9.30 pm", "21:30:00"),
        ("quantity", "4.2", {"value": "4.2"}),
    ],
)
def test_numbers_and_times_are_read_and_what_is_none_is_kept(qtbot, ask, kind, typed, expected):
    form = ask({"linkId": "a", "type": kind, "text": "Number"})
    line = part(form, "prompts.a.control.line", QLineEdit)
    qtbot.keyClicks(line, typed)
    assert line.text() == typed
    if expected == typed:
        assert "kept as you typed it" in line.accessibleDescription()
    else:
        assert value(form) == expected


def test_the_wheel_never_changes_an_answer(ask):
    drop = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"}
    drop["valueCodeableConcept"] = {"coding": [{"code": "drop-down"}]}
    form = ask({**CHOICE, "extension": [drop]}, {**CHOICE, "linkId": "b"})
    for name in ("prompts.a.control.box", "prompts.b.control.1"):
        target = part(form, name)
        target.setFocus()
        wheel = QWheelEvent(
            QPointF(5, 5), QPointF(target.mapToGlobal(QPoint(5, 5))), QPoint(0, -120), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, wheel)
    assert "item" not in form.response()


def test_consent_shows_the_questions_and_taking_it_back_hides_them_without_losing_words(qtbot, conversation):
    assert conversation.findChild(PromptBlock, Q1) is None
    tap(qtbot, conversation, f"{CONSENT}.control.1")
    qtbot.keyClicks(part(conversation, f"{Q1}.control.text"), "tired, lovely, new")
    tap(qtbot, conversation, f"{CONSENT}.control.2")
    assert not part(conversation, Q1).isVisible()
    tap(qtbot, conversation, f"{CONSENT}.control.1")
    assert part(conversation, f"{Q1}.control.text", QPlainTextEdit).toPlainText() == "tired, lovely, new"


def test_an_answer_shows_when_it_was_given(qtbot, ask):
    form = ask(CHOICE)
    tap(qtbot, form, "prompts.a.control.1")
    assert "2026-03-14T10:05:00.000Z" in str(form.response())


def test_strengths_are_added_removed_and_brought_back(qtbot, conversation):
    conversation.show_page(1)
    conversation.complete_page()
    qtbot.keyClicks(part(conversation, f"{STRENGTH}/step2.strength.what.control.text"), "He settles")
    tap(qtbot, conversation, f"{STRENGTH}.repeats.add")
    qtbot.keyClicks(QApplication.focusWidget(), "She laughs")
    questionnaire = Library.shipped().get(THREE_STEPS).questionnaire
    tap(qtbot, conversation, f"{STRENGTH}.remove")
    assert [s.what for s in meaning_of(questionnaire, conversation.response()).strengths] == ["She laughs"]
    tap(qtbot, conversation, f"{STRENGTH}.repeats.bring-back")
    assert [s.what for s in meaning_of(questionnaire, conversation.response()).strengths] == [
        "He settles",
        "She laughs",
    ]


def test_pages_are_reached_by_jump_list_and_by_next_and_say_what_is_open(qtbot, conversation):
    step = part(conversation, "prompts.step.3", QAbstractButton)
    assert "1 unanswered" in step.accessibleName()
    tap(qtbot, conversation, "prompts.step.3")
    assert conversation.page == 2
    tap(qtbot, conversation, "prompts.back")
    tap(qtbot, conversation, "prompts.next")
    with qtbot.waitSignal(conversation.finished):
        tap(qtbot, conversation, "prompts.next")


def test_only_the_current_page_has_widgets(conversation):
    assert conversation.findChild(PromptBlock, "prompts.step3/step3.outcome") is None
    conversation.show_page(2)
    conversation.complete_page()
    assert conversation.findChild(PromptBlock, "prompts.step3/step3.outcome") is not None


def test_going_to_a_missing_prompt_opens_its_page_names_it_and_puts_the_keyboard_there(qtbot, conversation):
    conversation.show_page(2)
    qtbot.waitUntil(lambda: conversation.findChild(PromptBlock, CONSENT) is None)
    assert conversation.go_to("step1/step1.consent")
    block = part(conversation, CONSENT, PromptBlock)
    assert block.isAncestorOf(QApplication.focusWidget())
    assert "Please answer this" in part(conversation, f"{CONSENT}.control.1").accessibleDescription()


def test_every_change_is_announced(qtbot, ask):
    form = ask(CHOICE)
    with qtbot.waitSignal(form.changed):
        tap(qtbot, form, "prompts.a.control.1")
    assert value(form) == "one"


def test_showing_answers_announces_nothing(qtbot, show):
    session = Session(Library.shipped().get(THREE_STEPS).questionnaire)
    form = show(session)
    with qtbot.assertNotEmitted(form.changed):
        form.show_page(1)
        form.complete_page()


def test_the_timer_counts_down_pauses_and_says_when_two_minutes_are_over(qtbot, observation, seconds):
    digits, start = part(observation, "prompts.timer.digits"), "prompts.timer.start"
    assert digits.text() == "2:00"
    tap(qtbot, observation, start)
    seconds.value = 35
    tap(qtbot, observation, start)
    assert digits.text() == "1:25"
    seconds.value = 500
    tap(qtbot, observation, start)
    seconds.value = 590
    tap(qtbot, observation, start)
    assert digits.text() == "0:00"


def test_ctrl_t_begins_a_timed_line_in_what_i_saw(qtbot, observation, seconds):
    edit = part(observation, "prompts.obs.watch/obs.lines.control.text", QPlainTextEdit)
    tap(qtbot, observation, "prompts.timer.start")
    for moment, words in ((35, "looks at her"), (80, "yawns")):
        seconds.value = moment
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.focusWidget() is edit
        qtbot.keyClicks(edit, words)
    assert edit.toPlainText() == "0:35 – looks at her\n1:20 – yawns"


def test_the_form_claims_ctrl_t_before_the_window_does(observation):
    start = part(observation, "prompts.timer.start")
    press = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    press.ignore()
    QApplication.sendEvent(start, press)
    assert press.isAccepted()


@pytest.mark.parametrize("set_id", [THREE_STEPS, TWO_MINUTES])
def test_every_control_has_a_name_for_the_tree_and_a_stable_one_for_tests(show, set_id):
    form = show(Session(Library.shipped().get(set_id).questionnaire))
    for page in range(form.page_count):
        form.show_page(page)
        form.complete_page()
        for first in [b for b in form.findChildren(QAbstractButton) if b.objectName().endswith(".control.1")]:
            first.click()
        form.complete_page()
        for control in form.findChildren(QWidget):
            if isinstance(control, QAbstractButton | QLineEdit | QPlainTextEdit):
                assert control.accessibleName() or control.text(), control.objectName()
                assert control.objectName().startswith("prompts."), (control, control.accessibleName())
