"""Writing a visit with real keys and clicks: the first keystroke, autosave, who was present, prompts, folding."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from homevisit.domain.family import Role
from homevisit.domain.visit import Asked, Attendance, Section
from homevisit.prompts.library import THREE_STEPS
from tests.ui_visit.conftest import Room
from ui.views.visit_places import visit_arg, visit_place
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.segmented import Segmented

FACTS = "visit.note.facts"


def facts_of(room: Room, visit: str) -> str:
    return room.services.drafting.open(visit).body.note.get(Section.FACTS, "")


def test_the_first_keystroke_lands_in_facts_and_is_kept_without_saving(room: Room) -> None:
    visit = room.start()
    room.visit(visit)
    assert room.focus() == FACTS
    room.type("Arrived.")
    room.saved(lambda _: facts_of(room, visit) == "Arrived.")


def test_the_status_line_says_when_the_last_words_were_saved(room: Room) -> None:
    visit = room.start()
    room.visit(visit)
    with room.qtbot.waitSignal(room.shell.saved) as saved:
        room.type("Arrived.")
    assert saved.args[0].astimezone() - room.clock.now() < timedelta(seconds=1)


def test_leaving_a_box_saves_it_at_once(room: Room) -> None:
    visit = room.start()
    room.visit(visit)
    room.type("Seen")
    room.qtbot.keyClick(room.find(GrowingTextEdit, FACTS), Qt.Key.Key_Tab)
    assert room.focus() == "visit.note.parents-view"
    room.settle()
    assert facts_of(room, visit) == "Seen"


def test_undo_works_across_autosaves(room: Room) -> None:
    visit = room.start()
    room.visit(visit)
    room.type("one")
    room.saved(lambda _: facts_of(room, visit) == "one")
    facts = room.find(GrowingTextEdit, FACTS)
    room.qtbot.keyClick(facts, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert facts.value() == ""
    room.saved(lambda _: facts_of(room, visit) == "")


def test_ctrl_t_begins_a_line_with_the_time(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    room.type("Arrived.")
    room.qtbot.keySequence(page, QKeySequence("Ctrl+T"))
    room.type("weighed")
    stamp = room.clock.now().astimezone().strftime("%H:%M")
    assert room.find(GrowingTextEdit, FACTS).value() == f"Arrived.\n{stamp} – weighed"


@pytest.mark.parametrize("text", ["👶🏽 é", "שלום עולם", "a\u00a0b", "line\nline\n\n", "\u202ertl"])
def test_any_text_comes_back_as_it_was_pasted(room: Room, text: str) -> None:
    visit = room.start()
    room.visit(visit)
    QApplication.clipboard().setText(text)
    room.find(GrowingTextEdit, FACTS).paste()
    room.saved(lambda _: facts_of(room, visit) == text)


def test_what_no_file_can_carry_is_replaced_and_said(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    facts = room.find(GrowingTextEdit, FACTS)
    facts.setPlainText("a\x00b\ud83d")
    room.saved(lambda _: facts_of(room, visit).startswith("a\u2400b"))
    assert "\ud83d" not in facts_of(room, visit)
    assert page.isVisible()


def test_a_megabyte_is_taken_in_and_kept(room: Room) -> None:
    visit, text = room.start(), "Seen and awake. " * 65_536
    room.visit(visit)
    QApplication.clipboard().setText(text)
    room.find(GrowingTextEdit, FACTS).paste()
    room.saved(lambda _: facts_of(room, visit) == text)


def test_a_text_that_is_being_typed_is_never_overwritten_by_the_store(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    room.type("old")
    page.arrive(visit)
    room.type(" and new")
    room.saved(lambda _: facts_of(room, visit) == "old and new")
    assert room.find(GrowingTextEdit, FACTS).value() == "old and new"


def test_going_back_to_the_visit_shows_what_was_written(room: Room) -> None:
    visit, other = room.start(), room.start()
    room.visit(visit)
    room.type("first")
    room.visit(other)
    assert room.find(GrowingTextEdit, FACTS).value() == ""
    room.visit(visit)
    assert room.find(GrowingTextEdit, FACTS).value() == "first"


def test_no_access_leaves_facts_and_plan(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    page._on_step("contact")
    room.click("visit.contact.attendance.no-access")
    assert [step.id for step in page._presenter.state.steps] == ["contact", "note", "finish"]
    page._on_step("note")
    assert room.find(GrowingTextEdit, FACTS).isVisible()
    assert not room.find(GrowingTextEdit, "visit.note.baby").isVisible()
    room.saved(lambda services: services.drafting.open(visit).body.attendance is Attendance.NO_ACCESS)


def test_an_impossible_time_is_explained_beside_the_field_and_kept(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    page._on_step("contact")
    start = room.find(QWidget, "visit.contact.start")
    start.setFocus()
    room.qtbot.keyClick(start, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.type("25:99")
    assert "no such time" in page._presenter.state.times.start
    room.saved(lambda services: services.drafting.open(visit).body.started.endswith("25:99"))
    room.visit(room.start())
    room.visit(visit)
    assert start.value() == "25:99"  # type: ignore[attr-defined]


def test_a_child_and_a_carer_are_answered_by_keys(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    child, father = room.person(Role.CHILD), room.person(Role.FATHER)
    page._on_step("present")
    seen = room.find(Segmented, f"visit.present.seen.{child.id}")
    assert seen.value() == ""
    room.qtbot.keyClick(seen, Qt.Key.Key_2)
    room.click(f"visit.present.person.{father.id}")
    room.qtbot.keyClick(room.find(Segmented, f"visit.present.alone.{father.id}"), Qt.Key.Key_1)
    reason = room.find(QWidget, f"visit.present.reason.{child.id}")
    assert reason.isVisible()
    room.qtbot.keyClicks(reason, "Asleep next door")
    page.depart()
    room.settle()
    body = room.services.drafting.open(visit).body
    assert (body.children[0].seen, body.children[0].reason) == (Asked.NO, "Asleep next door")
    assert (body.present[0].person, body.alone[0].alone) == (father.id, Asked.YES)


def test_a_conversation_is_answered_for_each_carer_apart(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    father = room.person(Role.FATHER)
    page._on_step(f"prompts/{THREE_STEPS}/{father.id}")
    consent = next(each for each in page.findChildren(QAbstractButton) if each.text() == "Given")
    room.qtbot.mouseClick(consent, Qt.MouseButton.LeftButton)
    key = f"{THREE_STEPS}/{father.id}"
    room.saved(lambda services: list(services.drafting.open(visit).responses) == [key])
    row = next(step for step in page._presenter.state.steps if step.id == f"prompts/{key}")
    assert "not answered" in row.detail


def test_a_failed_write_stays_on_the_screen_with_a_next_step(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    room.services.drafting.discard(visit)
    room.type("must not be lost")
    room.qtbot.waitUntil(lambda: page._presenter.state.problem is not None)
    assert page._bar.isVisible()
    assert page._bar.notice is not None
    assert page._bar.notice.action == "retry"
    assert room.find(GrowingTextEdit, FACTS).value() == "must not be lost"


def test_locking_writes_everything_and_leaves_the_draft_properly(room: Room) -> None:
    visit = room.start()
    room.visit(visit)
    room.type("last words")
    for written in room.shell.flush():
        written.result(timeout=5)
    draft = room.services.drafting.open(visit)
    assert (draft.body.note[Section.FACTS], draft.recovered) == ("last words", False)


def test_the_sides_fold_in_a_narrow_window(room: Room) -> None:
    page = room.visit(room.start())
    room.desk.resize(900, 700)
    assert page._steps.isVisible()
    assert not page._prompts.isVisible()
    page._on_step(page._presenter.state.steps[-2].id)
    assert page._prompts.isVisible()
    assert not page._middle.isVisible()


def test_in_home_view_shows_only_the_visit_of_this_family(room: Room) -> None:
    page = room.visit(room.start())
    room.shell.privacy.enter(room.family)
    assert page._note.isVisible()
    room.shell.privacy.enter("another family")
    assert not page._note.isVisible()


def test_in_home_view_can_be_entered_as_soon_as_the_visit_is_open(room: Room) -> None:
    room.visit(room.start())
    assert room.find(QAbstractButton, "status.in_home").isEnabled()
    room.click("status.in_home")
    assert room.shell.privacy.family == room.family


def test_a_visit_that_has_no_draft_says_so(room: Room) -> None:
    page = room.visit("00000000-0000-4000-8000-000000000000")
    assert page._refused.isVisible()


@pytest.mark.parametrize("what", ["", "note.facts", "child.seen/0-1", "response/three-step-conversation/a-b"])
def test_the_place_of_a_field_survives_the_way_through_an_argument(what: str) -> None:
    arg = visit_arg("a-b-c", what)
    assert visit_place(arg) == ("a-b-c", what)
    assert all(letter.isalnum() or letter in "-_." for letter in arg)


def test_every_control_has_a_name(room: Room) -> None:
    page = room.visit(room.start())
    for step in [*page._presenter.state.steps]:
        if step.id != "finish":
            page._on_step(step.id)
            assert nameless(page) == []


def nameless(page: QWidget) -> list[str]:
    """Controls that can have the keyboard and say nothing to a screen reader."""
    every = (each for each in page.findChildren(QWidget) if each.window() is page.window() and each.isVisible())
    controls = (each for each in every if each.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(each, QLabel))
    return [
        f"{type(each).__name__} {each.objectName()}"
        for each in controls
        if not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text()))
        and not each.objectName().startswith("qt_")
    ]


def test_ctrl_j_goes_from_the_note_to_the_next_open_prompt_and_ctrl_shift_j_lists_them(room: Room) -> None:
    page = room.visit(room.start())
    page._on_step(f"prompts/{THREE_STEPS}/{room.person(Role.MOTHER).id}")
    room.settle()
    room.find(GrowingTextEdit, FACTS).setFocus()
    room.qtbot.keySequence(room.find(GrowingTextEdit, FACTS), QKeySequence("Ctrl+J"))
    assert room.focus().startswith("prompts.step1/step1.consent.control")
    focused = QApplication.focusWidget()
    room.qtbot.keySequence(focused, QKeySequence("Ctrl+Shift+J"))
    assert room.focus() == "prompts.left.list"
