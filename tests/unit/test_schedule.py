"""Contacts due: windows run on chronological age, first and last day included."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from homevisit.domain.family import Person, PersonDetails, Role
from homevisit.domain.schedule import COMING, OVERDUE_SHOWN, Born, Due, born, due_contacts, spans, windows_from
from homevisit.domain.visit import Contact
from resources import read_text

WINDOWS = windows_from(json.loads(read_text("schedule/england-2026.json")))
CHILD = Born("f", Role.CHILD, "2026-01-01", "", "c", "Ada")
UNBORN = Born("f", Role.UNBORN, "", "2026-06-01", "u")


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
    for typed in ("31/31", "2026-02-31", ""):
        assert due_contacts([Born("f", Role.CHILD, typed, "")], {}, WINDOWS, date(2026, 2, 20)) == ()


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2024, 2, 29), date(2025, 3, 31)])
def test_the_quick_first_look_misses_no_child_with_a_contact_due(day: date) -> None:
    near = spans(WINDOWS, day)
    for before in range(-300, 1_100):
        at = (day - timedelta(days=before)).isoformat()
        for child in (Born("family", Role.CHILD, at, ""), Born("family", Role.UNBORN, "", at)):
            truly = {window.contact for window in WINDOWS if (span := window.days(child)) and _is_open(span, day)}
            assert {item.contact for item in due_contacts([child], {}, WINDOWS, day)} == truly
            assert truly <= {span.contact for span in near if span.earliest <= at <= span.latest}


def test_a_person_of_the_family_is_born_with_what_a_line_says() -> None:
    details = PersonDetails(name="Ada", role=Role.CHILD, birth_date="2026-01-01", gestation_days=260)
    assert born(Person(id="c", family="f", details=details)) == CHILD._replace(gestation_days=260)


def _is_open(span: tuple[date, date], day: date) -> bool:
    return span[0] - COMING <= day <= span[1] + OVERDUE_SHOWN
