"""The page of one family: the brief, ticking off, settling, ties, starting a visit, in-home view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from homevisit.changes import Changes
from homevisit.domain.family import PersonDetails, Relation, Role
from homevisit.domain.summaries import VisitRow
from homevisit.domain.visit import Attendance, Contact, RecordState
from tests.desks import whole_draft
from tests.ui_desk.conftest import Room
from tests.ui_desk.test_desk_services import two_phones
from tests.ui_desk.test_today_page import plan, titles, words_in
from ui.presenters.family import FamilyState
from ui.views.family import FamilyPage
from ui.views.family_parts import Fold, ListCard
from ui.views.family_visits import timeline_rows
from ui.widgets.fields import CheckBox, ChoiceBox, LineText


def test_the_brief_says_who_how_old_and_who_lives_here(room: Room, family: str) -> None:
    said = words_in(room.go(FamilyPage, "family", family))
    for words in ("6 weeks 5 days (corrected 12 days before term)", "Day 47 of 730 since birth", "born at 31+4"):
        assert words in said
    assert "Abena Osei (mother), Kwame Wright (father)" in said
    assert "Grace Osei (other)" in said


def test_opening_a_family_is_written_into_the_access_log_once(room: Room, family: str) -> None:
    page = room.go(FamilyPage, "family", family)
    page.presenter.begin_tie()
    opened = [line for line in room.services.safekeeping.access() if line.act == "opened"]
    assert [line.subject for line in opened] == [family]


def test_what_we_said_is_ticked_off(room: Room, family: str) -> None:
    plan(room, family, "Bring the leaflet", "2026-11-30")
    room.go(FamilyPage, "family", family)
    tick = room.find(CheckBox, "family.actions.0")
    room.qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    room.settle()
    assert room.services.families.brief(family).actions[0].done


def test_ctrl_n_and_enter_start_the_visit_that_is_due(room: Room, family: str) -> None:
    room.go(FamilyPage, "family", family)
    room.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    room.press(Qt.Key.Key_Return)
    drafts = room.services.drafting.unfinished()
    assert [draft.body.contact for draft in drafts] == [Contact.SIX_WEEKS]
    assert room.place == ("visit", drafts[0].visit)


def test_another_kind_of_contact_can_be_chosen_by_key(room: Room, family: str) -> None:
    room.go(FamilyPage, "family", family)
    room.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    room.press(Qt.Key.Key_2)
    room.press(Qt.Key.Key_Return)
    assert room.services.drafting.unfinished()[0].body.contact is Contact.NEW_BIRTH


def test_enter_on_close_closes_and_starts_nothing(room: Room, family: str) -> None:
    room.go(FamilyPage, "family", family)
    room.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    room.find(QWidget, "family.start.close").setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.services.drafting.unfinished() == ()
    assert not room.find(QWidget, "family.start").isVisible()


def test_a_draft_goes_on_from_the_timeline(room: Room, family: str) -> None:
    draft = room.services.drafting.start(family).visit
    signed = room.services.signing.sign(whole_draft(room.services, family)).envelope.record
    room.go(FamilyPage, "family", family)
    timeline = room.find(ListCard, "family.timeline").list
    timeline.choose(draft)
    room.qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert room.place == ("visit", draft)
    room.go(FamilyPage, "family", family)
    timeline.choose(signed)
    room.qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert room.place == ("signed", signed)


def test_two_values_of_a_field_are_settled_by_choosing_one(room: Room, family: str) -> None:
    two_phones(room.services, family)
    room.go(FamilyPage, "family", family)
    assert room.find(QWidget, "family.conflicts").isVisible()
    assert "before: " in words_in(room.find(QWidget, "family.conflicts"))
    other = room.services.families.brief(family).conflicts[0].values[1][2]
    room.click("family.conflicts.0.1")
    brief = room.services.families.brief(family)
    assert (brief.conflicts, brief.details.phone) == ((), other)
    assert not room.find(QWidget, "family.conflicts").isVisible()


def test_a_tie_is_entered(room: Room, family: str) -> None:
    page = room.go(FamilyPage, "family", family)
    room.click("family.people.add_tie")
    responsible = room.find(CheckBox, "family.tie.parental_responsibility")
    room.qtbot.mouseClick(responsible, Qt.MouseButton.LeftButton, pos=responsible.rect().center())
    room.click("family.tie.enter")
    ties = room.services.families.brief(family).ties
    assert [(tie.relation, tie.parental_responsibility) for tie in ties] == [(Relation.PARENT, True)]
    assert "Abena Osei is Kofi Osei’s parent – parental responsibility" in words_in(page)


def test_in_home_view_hides_what_is_not_for_the_family(room: Room, family: str) -> None:
    page = room.go(FamilyPage, "family", family)
    assert "Dog in the kitchen" in words_in(page)
    room.desk.set_in_home(True)
    said = words_in(page)
    assert "Dog in the kitchen" not in said
    assert "Broken nights" not in said
    assert "Kofi Osei" in said


def test_the_timeline_at_home_is_silent_about_the_supervisor() -> None:
    visit = VisitRow(
        id="v",
        family="f",
        contact=Contact.SIX_WEEKS,
        attendance=Attendance.SEEN,
        started="2026-11-02T10:00",
        recorded_at="2026-11-02T11:00:00Z",
        author="a",
        author_name="Ruth Ashdown",
        state=RecordState.SENT_BACK,
        version=2,
        reviewed_version=1,
        comments=3,
    )
    (told,) = timeline_rows(FamilyState(timeline=(visit,)))
    (at_home,) = timeline_rows(FamilyState(timeline=(visit,), in_home=True))
    assert [row.badge.text for row in (told, at_home) if row.badge] == ["Sent back", "Signed"]
    assert "3 comments" in told.subtitle
    assert at_home.subtitle == "Ruth Ashdown"


def test_in_home_view_shows_no_detail_that_is_to_be_settled(room: Room, family: str) -> None:
    two_phones(room.services, family)
    room.go(FamilyPage, "family", family)
    room.desk.set_in_home(True)
    assert not room.find(QWidget, "family.conflicts").isVisible()


def test_a_visit_begins_in_in_home_view_where_that_is_chosen(room: Room, family: str) -> None:
    room.preferences.change(visits_in_home=True)
    room.go(FamilyPage, "family", family)
    room.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    room.press(Qt.Key.Key_Return)
    assert room.shell.privacy.family == family
    assert room.place[0] == "visit"
    room.desk.back()
    assert room.place[0] in ("visit", "family")


def test_somebody_is_added_and_changed_in_the_page(room: Room, family: str) -> None:
    room.go(FamilyPage, "family", family)
    room.click("family.people.add")
    room.type("family.form.person0.name", "Ama Osei")
    room.click("family.form.enter")
    added = next(p for p in room.services.families.brief(family).people if p.details.name == "Ama Osei")
    people = room.find(QWidget, "family.people.list")
    people.opened.emit(added.id)
    room.settle()
    assert room.find(LineText, "family.form.person0.name").value() == "Ama Osei"
    room.type("family.form.person0.phone", "07700 900125")
    room.click("family.form.enter")
    changed = next(p for p in room.services.families.brief(family).people if p.id == added.id)
    assert changed.details.phone == "07700 900125"


def test_a_family_that_is_not_here_is_named(room: Room) -> None:
    page = room.go(FamilyPage, "family", "no-such-family")
    assert "This family is not on this laptop." in words_in(page)
    assert page.family() == ""


def test_columns_fold_in_a_narrow_window(room: Room, family: str) -> None:
    page = room.go(FamilyPage, "family", family)
    fold = page.findChild(Fold)
    assert fold is not None
    assert not fold.is_folded
    room.desk.resize(900, 700)
    room.qtbot.waitUntil(lambda: fold.is_folded)


def test_the_visits_of_a_family_stand_newest_first(room: Room, family: str) -> None:
    for _ in range(2):
        room.services.signing.sign(whole_draft(room.services, family))
    room.go(FamilyPage, "family", family)
    assert len(titles(room, "family.timeline")) == 2


def test_somebody_entered_in_error_goes_with_a_reason(room: Room, family: str) -> None:
    page = room.go(FamilyPage, "family", family)
    room.services.families.add_person(family, PersonDetails(name="Wrong Door", role=Role.OTHER))
    page.presenter.refresh(Changes.FAMILIES)
    room.settle()
    room.click("family.people.add_error")
    what = room.find(ChoiceBox, "family.error.what")
    assert what.hasFocus()
    what.setCurrentText("Wrong Door · other")
    room.click("family.error.agree")
    assert "Say in a few words why." in words_in(page)
    room.qtbot.keyClicks(room.find(QWidget, "family.error.reason"), "Lives next door.")
    room.click("family.error.agree")
    assert "Wrong Door" not in words_in(page)
    assert not room.find(QWidget, "family.error").isVisible()


def test_whoever_stands_in_a_visit_is_not_taken_out_and_the_page_says_why(room: Room, family: str) -> None:
    page = room.go(FamilyPage, "family", family)
    whole_draft(room.services, family)
    page.presenter.withdraw(room.services.families.brief(family).people[0].id, "Not theirs.")
    room.settle()
    assert page.presenter.state.notice is not None
    assert "stands in a visit" in page.presenter.state.notice.sentence
