"""Contacts due: windows run on chronological age, first and last day included."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from homevisit.domain.family import Person, PersonDetails, Role
from homevisit.domain.schedule import Born, Due, due_contacts, is_due, near, windows_from
from homevisit.domain.visit import Contact
from resources import read_text

WINDOWS = windows_from(json.loads(read_text("schedule/england-2026.json")))
CHILD = Person(id="c", family="f", details=PersonDetails(name="Ada", role=Role.CHILD, birth_date="2026-01-01"))
UNBORN = Person(id="u", family="f", details=PersonDetails(name="", role=Role.UNBORN, due_date="2026-06-01"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 4), None),
        (date(2026, 2, 5), Due.COMING),
        (date(2026, 2, 12), Due.DUE),
        (date(2026, 2, 26), Due.DUE),
        (date(2026, 2, 27), Due.OVERDUE),
        (date(2026, 4, 9), Due.OVERDUE),
        (date(2026, 4, 10), None),
    ],
)
def test_the_six_week_contact_comes_is_due_and_goes_overdue(day: date, expected: Due | None) -> None:
    found = [item.due for item in due_contacts([CHILD], {}, WINDOWS, day) if item.contact is Contact.SIX_WEEKS]
    assert found == ([expected] if expected else [])


def test_a_contact_that_was_kept_is_not_due_again() -> None:
    kept = {"f": frozenset({Contact.SIX_WEEKS, Contact.NEW_BIRTH})}
    assert due_contacts([CHILD], kept, WINDOWS, date(2026, 2, 20)) == ()


def test_the_antenatal_contact_is_due_from_28_weeks() -> None:
    from_28_weeks = date(2026, 3, 9)
    assert [item.due for item in due_contacts([UNBORN], {}, WINDOWS, from_28_weeks)] == [Due.DUE]


def test_a_child_without_a_birth_date_is_left_alone() -> None:
    nameless = Person(id="n", family="f", details=PersonDetails(name="Bo", role=Role.CHILD, birth_date="31/31"))
    assert due_contacts([nameless], {}, WINDOWS, date(2026, 2, 20)) == ()


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2024, 2, 29), date(2025, 3, 31)])
def test_the_quick_first_look_misses_no_child_with_a_contact_due(day: date) -> None:
    looks_near = near(WINDOWS, day)
    for before in range(-300, 1_100):
        at = (day - timedelta(days=before)).isoformat()
        for born in (Born("family", Role.CHILD, at, ""), Born("family", Role.UNBORN, "", at)):
            assert looks_near(born) or not is_due(born, frozenset(), WINDOWS, day)
