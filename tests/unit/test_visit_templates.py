"""Each nation's contacts: when they are due, where that comes from, and the prompt sets they offer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from homevisit.domain.family import Role
from homevisit.domain.schedule import Born
from homevisit.domain.visit import Contact
from homevisit.domain.visit_templates import Nation
from homevisit.prompts.library import Library
from homevisit.services.schedules import Schedules, schedule_of

BIRTH = date(2026, 1, 10)


def open_at(nation: Nation, day: date) -> set[Contact]:
    """The contacts whose window holds a day, of a child born on a tenth of January."""
    child = Born("family", Role.CHILD, BIRTH.isoformat(), "")
    spans = [(window.contact, window.days(child)) for window in schedule_of(nation).windows if not window.suggested]
    return {contact for contact, span in spans if span and span[0] <= day <= span[1]}


@pytest.mark.parametrize("nation", list(Nation))
def test_every_nation_knows_every_contact_and_names_its_source(nation: Nation) -> None:
    schedule = schedule_of(nation)
    assert set(schedule.templates) == set(Contact)
    assert schedule.source
    assert schedule.licence
    assert schedule.note
    assert date.fromisoformat(schedule.valid_from) <= date.fromisoformat(schedule.checked_on)


@pytest.mark.parametrize("nation", list(Nation))
def test_whatever_a_contact_offers_is_in_the_library(nation: Nation) -> None:
    known = {each.id for each in Library.shipped().sets}
    named = {name for each in schedule_of(nation).templates.values() for name in (*each.sets, *each.also)}
    assert named - known == set()


@pytest.mark.parametrize("nation", list(Nation))
def test_every_contact_asks_about_needs_and_says_nothing_twice(nation: Nation) -> None:
    for template in schedule_of(nation).templates.values():
        offered = (*template.sets, *template.also)
        assert "needs-check" in template.sets
        assert len(set(offered)) == len(offered)


@pytest.mark.parametrize(
    ("nation", "days", "due"),
    [
        (Nation.ENGLAND, 12, {Contact.NEW_BIRTH}),
        (Nation.ENGLAND, 50, {Contact.SIX_WEEKS}),
        (Nation.ENGLAND, 100, set()),
        (Nation.ENGLAND, 300, {Contact.ONE_YEAR}),
        (Nation.SCOTLAND, 12, set()),
        (Nation.SCOTLAND, 100, {Contact.THREE_MONTHS}),
        (Nation.SCOTLAND, 300, set()),
        (Nation.SCOTLAND, 420, {Contact.ONE_YEAR}),
        (Nation.SCOTLAND, 850, {Contact.TWO_YEARS}),
        (Nation.WALES, 9, set()),
        (Nation.WALES, 12, {Contact.NEW_BIRTH}),
        (Nation.WALES, 112, {Contact.THREE_MONTHS}),
        (Nation.WALES, 830, {Contact.TWO_YEARS}),
        (Nation.NORTHERN_IRELAND, 50, set()),
        (Nation.NORTHERN_IRELAND, 375, {Contact.ONE_YEAR}),
    ],
)
def test_contacts_are_due_as_the_nation_says(nation: Nation, days: int, due: set[Contact]) -> None:
    assert open_at(nation, BIRTH + timedelta(days=days)) == due


def test_the_antenatal_contact_in_scotland_is_at_32_to_34_weeks() -> None:
    unborn = Born("family", Role.UNBORN, "", "2026-06-01")
    windows = schedule_of(Nation.SCOTLAND).windows
    span = next(window.days(unborn) for window in windows if window.contact is Contact.ANTENATAL)
    assert span == (date(2026, 4, 6), date(2026, 4, 26))


def test_an_unknown_nation_in_the_settings_falls_back_to_england() -> None:
    assert Schedules("narnia").nation is Nation.ENGLAND
