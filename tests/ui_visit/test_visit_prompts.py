"""The prompts of a visit: what its contact offers, adding more, the needs check by keys, earlier words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from homevisit.domain.family import PersonDetails, Role
from homevisit.domain.responses import key_of
from homevisit.domain.visit import Contact
from homevisit.domain.visit_templates import Nation
from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES
from homevisit.prompts.session import Session
from homevisit.prompts.values import text_answer
from tests.desks import leave_out_the_rest, whole_draft
from tests.ui_visit.conftest import Room
from ui.views.visit import VisitPage
from ui.widgets.rows import RowList

ENQUIRY = "domestic-abuse-enquiry"
MOST_PRESSES = 20


def offered(page: VisitPage) -> list[str]:
    return list(dict.fromkeys(place.set_id for place in page._presenter.state.places))


def listed(room: Room, name: str) -> list[str]:
    rows = room.find(RowList, name).rows
    return [rows.row_at(place).title for place in range(rows.rowCount()) if not rows.row_at(place).heading]


def words_on(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def answered(room: Room, set_id: str, link: str, words: str, person: str = "") -> str:
    """A signed visit two days ago at which one prompt was answered."""
    visit = whole_draft(room.services, room.family)
    session = Session(
        room.services.library.get(set_id).questionnaire, subject=f"RelatedPerson/{person}" if person else ""
    )
    path = tuple((each, 0) for each in session.questionnaire.lineage[link])
    session.set_answer(path, [text_answer(words)])
    response = session.response()
    room.services.drafting.save_response(visit, key_of(response), response)
    leave_out_the_rest(room.services, visit, "Told in the note")
    room.services.signing.sign(visit)
    room.clock.advance(timedelta(days=2))
    return visit


def press(room: Room, keys: Sequence[Qt.Key | str]) -> None:
    for key in keys:
        focused = room.desk.window().focusWidget()
        assert focused is not None
        if isinstance(key, str):
            room.qtbot.keyClicks(focused, key)
        else:
            room.qtbot.keyClick(focused, key)


@pytest.mark.parametrize(
    ("contact", "sets"),
    [
        (Contact.SIX_WEEKS, [THREE_STEPS, TWO_MINUTES, "needs-check"]),
        (Contact.NEW_BIRTH, [THREE_STEPS, TWO_MINUTES, "safe-sleep", "needs-check"]),
        (Contact.ADDITIONAL, [THREE_STEPS, TWO_MINUTES, "needs-check"]),
    ],
)
def test_a_visit_shows_what_its_contact_offers(room: Room, contact: Contact, sets: list[str]) -> None:
    page = room.visit(room.services.drafting.start(room.family, contact).visit)
    assert offered(page) == sets


def test_before_birth_the_antenatal_forms_are_offered(room: Room) -> None:
    family = room.services.families.create(
        room.services.families.brief(room.family).details,
        [PersonDetails(name="", role=Role.UNBORN, due_date="2027-01-10"), PersonDetails(name="Mo", role=Role.MOTHER)],
    )
    for contact in (Contact.ANTENATAL, Contact.ADDITIONAL):
        page = room.visit(room.services.drafting.start(family, contact).visit)
        assert offered(page) == ["three-step-conversation-antenatal", "needs-check"]


def test_another_nation_may_offer_the_same_contact_at_another_time(room: Room) -> None:
    room.services.schedules.choose(Nation.WALES)
    page = room.visit(room.services.drafting.start(room.family, Contact.SIX_WEEKS).visit)
    assert "needs-check" in offered(page)


def test_a_set_is_found_by_words_and_added_by_return(room: Room) -> None:
    page = room.visit(room.start())
    room.click("visit.prompts.add")
    assert room.focus() == "visit.picker.words"
    room.type("voice")
    assert listed(room, "visit.picker.list") == ["Voice of the infant"]
    press(room, [Qt.Key.Key_Return])
    assert page._presenter.state.open_prompt.startswith("voice-of-the-infant/")
    assert "Voice of the infant" in listed(room, "visit.steps.list")


def test_the_picker_narrows_by_person_licence_and_age(room: Room) -> None:
    page = room.visit(room.start())
    room.click("visit.prompts.add")
    everything = {pick.place.key for pick in page._presenter.state.picks}
    father = room.person(Role.FATHER)
    room.find(QAbstractButton, "visit.picker.any_age").click()
    assert {pick.place.key for pick in page._presenter.state.picks} > everything
    state = page._presenter.state
    page._prompts._picker.looked_for.emit(type(state.wanted)(person=father.id))
    assert {pick.place.person for pick in page._presenter.state.picks} == {father.id, ""}
    page._prompts._picker.looked_for.emit(type(state.wanted)(licence="C"))
    assert {pick.licence for pick in page._presenter.state.picks} <= {"C"}


def test_what_is_suggested_for_the_contact_stands_first(room: Room) -> None:
    page = room.visit(room.start())
    room.click("visit.prompts.add")
    groups = [pick.group for pick in page._presenter.state.picks]
    assert groups == sorted(groups, key=["suggested", "fitting", "other"].index)
    assert groups[0] == "suggested"


def test_esc_leaves_the_picker_for_the_overview(room: Room) -> None:
    page = room.visit(room.start())
    room.click("visit.prompts.add")
    press(room, [Qt.Key.Key_Escape])
    assert page._presenter.state.open_prompt == ""
    assert room.focus() == "visit.prompts.list"


def test_a_set_that_was_added_and_not_answered_leaves_no_trace(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    page._on_prompts("voice-of-the-infant/" + room.person(Role.CHILD).id)
    room.settle()
    assert room.services.drafting.open(visit).responses == {}


def test_the_needs_check_is_answered_by_few_keys(room: Room) -> None:
    visit = room.start()
    page = room.visit(visit)
    page._on_step("prompts/needs-check/")
    assert page._prompts._form is not None
    page._prompts._form.complete_page()
    keys: list[Qt.Key | str] = ["1"]
    for _ in range(5):
        keys += [Qt.Key.Key_Tab, "1"]
    press(room, keys)
    assert len(keys) + 2 <= MOST_PRESSES  # the way there is Down and Return in the list of prompts
    room.saved(lambda services: "needs-check/" in services.drafting.open(visit).responses)
    step = next(each for each in page._presenter.state.steps if each.id == "prompts/needs-check/")
    assert step.status == "answered"


def test_the_earlier_words_stand_beside_the_prompt_and_are_not_copied(room: Room) -> None:
    father = room.person(Role.FATHER)
    answered(room, "who-cares", "wc.nights", "His mother, most nights")
    page = room.visit(room.start())
    page._on_step("more")
    page._on_prompts("who-cares/")
    form = page._prompts._form
    assert form is not None
    form.show_page(1)
    form.complete_page()
    room.qtbot.waitUntil(lambda: "On 22 Nov 2026: His mother, most nights" in words_on(page))
    assert page._presenter.session("who-cares/").is_empty
    assert page._presenter.earlier(f"{THREE_STEPS}/{father.id}") is None


def test_the_words_of_one_carer_do_not_stand_beside_the_other(room: Room) -> None:
    mother, father = room.person(Role.MOTHER), room.person(Role.FATHER)
    answered(room, ENQUIRY, "da.noticed", "She looked at the door", mother.id)
    page = room.visit(room.start())
    assert page._presenter.earlier(f"{ENQUIRY}/{mother.id}") is not None
    assert page._presenter.earlier(f"{ENQUIRY}/{father.id}") is None


def test_in_home_view_shows_nothing_of_a_sensitive_set(room: Room) -> None:
    page = room.visit(room.start())
    key = f"{ENQUIRY}/{room.person(Role.MOTHER).id}"
    room.click("visit.prompts.add")
    assert "Domestic-abuse enquiry" in listed(room, "visit.picker.list")
    page._on_prompts(key)
    room.shell.privacy.enter(room.family)
    assert page._prompts._form is None
    assert "Domestic" not in words_on(page)
    assert "Domestic-abuse enquiry" not in listed(room, "visit.steps.list")
    room.click("visit.prompts.add")
    assert "Domestic-abuse enquiry" not in listed(room, "visit.picker.list")
    room.shell.privacy.leave()
    assert "Domestic-abuse enquiry" in listed(room, "visit.steps.list")


def test_finish_and_the_signed_visit_keep_a_sensitive_set_back_in_in_home_view(room: Room) -> None:
    visit = answered(room, ENQUIRY, "da.noticed", "She looked at the door", room.person(Role.MOTHER).id)
    page = room.signed(visit)
    assert "Domestic-abuse enquiry" in page._reader.toPlainText()
    room.shell.privacy.enter(room.family)
    assert "Domestic" not in page._reader.toPlainText()
    assert "She looked at the door" not in page._reader.toPlainText()


def test_an_amendment_keeps_a_sensitive_change_back_in_in_home_view(room: Room) -> None:
    visit = answered(room, ENQUIRY, "da.noticed", "She looked at the door", room.person(Role.MOTHER).id)
    draft = room.services.drafting.amend(visit)
    room.services.drafting.save_response(visit, next(iter(draft.responses)), None)
    page = room.finish(visit)
    room.qtbot.waitUntil(lambda: "She looked at the door" in words_on(page))
    room.shell.privacy.enter(room.family)
    assert "She looked at the door" not in words_on(page)
    assert "Domestic" not in words_on(page)


def test_what_is_missing_in_a_sensitive_set_has_no_name_in_in_home_view(room: Room) -> None:
    visit = whole_draft(room.services, room.family)
    page = room.visit(visit)
    key = f"{ENQUIRY}/{room.person(Role.MOTHER).id}"
    session = page._presenter.session(key)
    assert session is not None
    session.set_answer((("da.ask", 0), ("da.noticed", 0)), [text_answer("Quiet")])
    page._presenter.open_prompts(key)
    page._presenter.response_changed(key)
    page.depart()
    finish = room.finish(visit)
    assert any("Domestic-abuse enquiry" in gap.sentence for gap in finish._presenter.state.gaps)
    room.shell.privacy.enter(room.family)
    said = " ".join(button.accessibleName() for button in finish.findChildren(QAbstractButton))
    assert "Domestic" not in said
    assert "not shown in in-home view" in said
