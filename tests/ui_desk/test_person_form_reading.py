"""What is typed about a person is read forgivingly, and what is wrong is said in words."""

from __future__ import annotations

from datetime import date

import pytest

from homevisit.domain.family import Role
from ui.presenters.person_form import (
    NO_GESTATION,
    PersonRead,
    PersonTyped,
    from_json,
    read_gestation,
    read_person,
    to_json,
)
from ui.prompts.spoken_dates import interpret

TODAY = date(2026, 11, 22)


def read(**typed: object) -> PersonRead:
    return read_person(PersonTyped(**{"name": "Maya", **typed}), TODAY, interpret)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("3 weeks ago", "2026-11-01"),
        ("1/3/26", "2026-03-01"),
        ("1 March 2026", "2026-03-01"),
        ("2026-03-01", "2026-03-01"),
    ],
)
def test_a_birth_date_is_read_in_any_usual_form(typed: str, iso: str) -> None:
    assert read(birth=typed).details.birth_date == iso
    assert not read(birth=typed).problems


def test_what_was_understood_is_said_back_with_the_age() -> None:
    assert read(birth="3 weeks ago").hints["birth"] == "1 Nov 2026 – 3 weeks"


@pytest.mark.parametrize("typed", ["31/2/26", "the day before the storm", "30.13.2026"])
def test_an_impossible_date_is_explained_beside_the_field(typed: str) -> None:
    assert read(birth=typed).problems["birth"]
    assert read(birth=typed).details.birth_date == ""


def test_a_birth_to_come_points_to_the_due_date() -> None:
    assert "due date" in read(birth="in 3 weeks").problems["birth"]


def test_a_due_date_says_the_weeks_of_today() -> None:
    unborn = read(role=Role.UNBORN.value, name="", due="in 8 weeks")
    assert not unborn.problems
    assert unborn.hints["due"] == "17 Jan 2027 – 32+0 weeks today"


@pytest.mark.parametrize(
    ("typed", "days"), [("31+4", 221), ("31", 217), ("31 weeks 4 days", 221), ("31w4d", 221), ("31+4/40", 221)]
)
def test_gestation_is_read_in_weeks_and_days(typed: str, days: int) -> None:
    assert read_gestation(typed) == days


@pytest.mark.parametrize("typed", ["31+9", "early", "3104"])
def test_gestation_that_is_none_is_said(typed: str) -> None:
    assert read_gestation(typed) == NO_GESTATION
    assert "31+4" in read(gestation=typed).problems["gestation"]


def test_an_nhs_number_may_have_spaces() -> None:
    assert read(nhs_number="999 000 0026").details.nhs_number == "9990000026"


@pytest.mark.parametrize(
    ("typed", "said"), [("999 000 0027", "digit is wrong"), ("12345", "ten digits"), ("1111111111", "same digit")]
)
def test_a_wrong_nhs_number_is_explained_and_kept_as_typed(typed: str, said: str) -> None:
    wrong = read(nhs_number=typed)
    assert said in wrong.problems["nhs_number"]
    assert wrong.details.nhs_number == typed


def test_only_an_unborn_child_may_go_without_a_name() -> None:
    assert read(name=" ").problems["name"]
    assert "name" not in read(name="", role=Role.UNBORN.value).problems


def test_a_problem_in_a_field_that_is_not_shown_stops_nothing() -> None:
    assert not read(role=Role.UNBORN.value, birth="never", gestation="early").problems


def test_a_kept_form_with_odd_values_comes_back_without_them() -> None:
    kept = {**to_json(PersonTyped(name="Maya")), "role": "wizard", "lives_here": "yes", "unknown": 1}
    assert from_json(PersonTyped(), kept) == PersonTyped(name="Maya")
