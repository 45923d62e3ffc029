"""A visit that was not left properly is announced, compared on request, and kept or gone back from."""

from __future__ import annotations

from homevisit.domain.family import Person, PersonDetails, Role
from homevisit.domain.visit import Section, VisitBody
from homevisit.prompts.library import Library
from tests.ui_visit.conftest import Room
from tests.ui_visit.test_visit_page import nameless
from ui.notices import Notice
from ui.presenters.visit_changes import Mark, changes_between, pieces
from ui.views.recovery import announce_recovered


def interrupted(room: Room) -> str:
    """A visit that was left once and then written in until the program ended."""
    visit = room.start()
    room.services.drafting.save_section(visit, Section.FACTS, "Arrived at ten.")
    room.services.drafting.settle(visit)
    room.services.drafting.save_section(visit, Section.FACTS, "Arrived at ten. Weighed.")
    return visit


def test_a_recovered_visit_is_announced_with_its_family_and_time(room: Room) -> None:
    interrupted(room)
    heard: list[Notice] = []
    room.shell.noticed.connect(heard.append)
    announce_recovered(room.shell)
    room.settle()
    assert "Recovered: visit to Example, last saved " in heard[0].sentence
    assert heard[0].action == "recovery.compare"


def test_nothing_is_announced_where_everything_was_left_properly(room: Room) -> None:
    visit = interrupted(room)
    room.services.drafting.settle(visit)
    heard: list[Notice] = []
    room.shell.noticed.connect(heard.append)
    announce_recovered(room.shell)
    room.settle()
    assert heard == []


def test_comparing_marks_what_is_newer(room: Room) -> None:
    page = room.recovery(interrupted(room))
    compared = page._presenter.state.compared
    assert compared is not None
    assert [text for mark, text in compared.changes[0].after if mark is Mark.CHANGED] == [" Weighed."]
    assert nameless(page) == []


def test_keeping_goes_on_with_what_was_recovered(room: Room) -> None:
    visit = interrupted(room)
    room.recovery(visit)
    room.click("recovery.keep")
    room.settle()
    draft = room.services.drafting.open(visit)
    assert (draft.body.note[Section.FACTS], draft.recovered) == ("Arrived at ten. Weighed.", False)


def test_going_back_takes_the_earlier_one(room: Room) -> None:
    visit = interrupted(room)
    room.recovery(visit)
    room.click("recovery.go_back")
    room.settle()
    assert room.services.drafting.open(visit).body.note[Section.FACTS] == "Arrived at ten."


def test_a_visit_that_was_never_left_has_nothing_earlier(room: Room) -> None:
    visit = room.start()
    room.services.drafting.save_section(visit, Section.FACTS, "Arrived.")
    page = room.recovery(visit)
    assert not page._back.isEnabled()


def test_pieces_put_together_again_are_the_two_texts() -> None:
    for before, after in (("a b c", "a x c d"), ("", "new"), ("same", "same"), ("a\n" * 9_000, "a\n" * 8_999 + "b\n")):
        left, right = pieces(before, after)
        assert "".join(text for _, text in left) == before
        assert "".join(text for _, text in right) == after


def test_every_place_that_differs_is_named_once() -> None:
    people = (Person(id="m", family="f", details=PersonDetails(name="Mo", role=Role.MOTHER)),)
    before = VisitBody(family="f", started="2026-03-01T10:00", note={Section.FACTS: "a"})
    after = VisitBody(family="f", started="2026-03-01T10:30", note={Section.FACTS: "b"})
    found = changes_between(before, after, people, Library.shipped())
    assert [change.part for change in found] == ["contact", "note.facts"]
