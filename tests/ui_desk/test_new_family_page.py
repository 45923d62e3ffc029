"""A new family on one page: minimum typing, problems beside their field, nothing typed is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from homevisit.domain.family import Role
from homevisit.errors import HomeVisitError
from tests.ui_desk.conftest import Room
from ui.presenters.people_form import NEW_FAMILY
from ui.views.families import FamiliesPage
from ui.views.new_family import NewFamilyPage
from ui.widgets.fields import FieldRow, LineText

BABY, MOTHER = "new_family.person0", "new_family.person1"


def problem_of(room: Room, name: str) -> str:
    control = room.find(QWidget, name)
    return next(row.problem for row in room.desk.findChildren(FieldRow) if row.control is control)


def test_a_name_is_enough(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    room.type("new_family.family.name", "Marsh")
    room.click("new_family.enter")
    family = room.services.families.list()[0]
    assert (family.name, family.babies) == ("Marsh", ())
    assert room.place == ("family", family.id)


def test_baby_and_mother_are_entered_with_it(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    for name, text in (
        ("new_family.family.name", "Marsh"),
        (f"{BABY}.name", "Ivy"),
        (f"{BABY}.birth", "3 weeks ago"),
        (f"{BABY}.gestation", "34+2"),
        (f"{MOTHER}.name", "Rosa Marsh"),
    ):
        room.type(name, text)
    room.click("new_family.enter")
    people = room.services.families.brief(room.place[1]).people
    ivy = people[0].details
    assert (ivy.name, ivy.birth_date, ivy.gestation_days) == ("Ivy", "2026-11-01", 34 * 7 + 2)
    assert [person.details.role for person in people] == [Role.CHILD, Role.MOTHER]


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_entered(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    room.type(f"{BABY}.birth", "31/2/26")
    room.click("new_family.enter")
    assert "no such day" in problem_of(room, f"{BABY}.birth")
    assert problem_of(room, f"{BABY}.name")
    assert problem_of(room, "new_family.family.name")
    assert room.find(LineText, "new_family.family.name").hasFocus()
    assert room.services.families.list() == ()


def test_a_field_complains_only_once_it_was_left(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    room.type(f"{BABY}.birth", "31/2")
    assert not problem_of(room, f"{BABY}.birth")
    room.find(LineText, f"{BABY}.name").setFocus()
    assert problem_of(room, f"{BABY}.birth")
    assert not problem_of(room, f"{BABY}.name")


def test_half_a_form_is_still_there_after_leaving_the_page(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    room.type("new_family.family.name", "Marsh")
    room.type(f"{BABY}.birth", "31/2/26")
    room.go(FamiliesPage, "families")
    kept = room.services.form_drafts.load(NEW_FAMILY)
    assert kept is not None
    assert kept.values["family"]["name"] == "Marsh"
    assert kept.values["people"][0]["birth"] == "31/2/26"


def test_half_a_form_is_still_there_after_a_lock(room: Room) -> None:
    room.services.form_drafts.save(
        NEW_FAMILY, {"family": {"name": "Marsh"}, "people": [{"role": "father", "name": "Al"}]}
    )
    room.go(NewFamilyPage, "new-family")
    assert room.find(LineText, "new_family.family.name").value() == "Marsh"
    assert room.find(LineText, f"{BABY}.name").value() == "Al"
    assert room.find(QWidget, "new_family.start_again").isVisible()
    room.click("new_family.start_again")
    assert room.find(LineText, "new_family.family.name").value() == ""
    assert room.services.form_drafts.load(NEW_FAMILY) is None


def test_locking_writes_what_is_pending(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    room.type("new_family.family.name", "Marsh")
    futures = room.shell.flush()
    assert all(future.result(timeout=5) is not HomeVisitError for future in futures)
    kept = room.services.form_drafts.load(NEW_FAMILY)
    assert kept is not None
    assert kept.values["family"]["name"] == "Marsh"


def test_once_entered_the_form_is_empty_again(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    room.type("new_family.family.name", "Marsh")
    room.click("new_family.enter")
    assert room.services.form_drafts.load(NEW_FAMILY) is None
    room.go(NewFamilyPage, "new-family")
    assert room.find(LineText, "new_family.family.name").value() == ""


def test_people_are_added_and_taken_out_with_one_press(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    room.type("new_family.family.name", "Twins")
    room.type(f"{BABY}.name", "Ada")
    room.click("new_family.add.child")
    room.type("new_family.person2.name", "Ben")
    room.click(f"{MOTHER}.remove")
    room.click("new_family.enter")
    people = room.services.families.brief(room.place[1]).people
    assert sorted(person.details.name for person in people) == ["Ada", "Ben"]


def test_typing_does_not_move_the_cursor_or_rewrite_the_field(room: Room) -> None:
    room.go(NewFamilyPage, "new-family")
    room.type("new_family.family.name", "Mrsh")
    name = room.find(LineText, "new_family.family.name")
    name.setCursorPosition(1)
    room.qtbot.keyClicks(name, "a")
    assert (name.value(), name.cursorPosition()) == ("Marsh", 2)
