"""What people mean when they type a date while they listen."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.prompts.spoken_dates import interpret, interpret_part, interpret_time

SATURDAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-03-14"),
        ("Yesterday", "2026-03-13"),
        ("  tomorrow. ", "2026-03-15"),
        ("3 weeks ago", "2026-02-21"),
        ("a week ago", "2026-03-07"),
        ("in two days", "2026-03-16"),
        ("2 weeks from now", "2026-03-28"),
        ("a month ago", "2026-02-14"),
        ("in 1 year", "2027-03-14"),
        ("monday", "2026-03-16"),
        ("last monday", "2026-03-09"),
        ("next saturday", "2026-03-21"),
        ("on Fri", "2026-03-20"),
        ("1/3/26", "2026-03-01"),
        ("1.3.2026", "2026-03-01"),
        ("1/3", "2026-03-01"),
        ("2026-3-1", "2026-03-01"),
        ("1 March", "2026-03-01"),
        ("1st of March 1998", "1998-03-01"),
        ("Sunday 1 Mar 26", "2026-03-01"),
        ("March 1, 2026", "2026-03-01"),
        ("1/3/98", "1998-03-01"),
        ("last Tuesday", "2026-03-10"),
        ("Tuesday last week", "2026-03-03"),
        ("wed next week", "2026-03-18"),
        ("3/52 ago", "2026-02-21"),
        ("in 2/7", "2026-03-16"),
        ("2/12 ago", "2026-01-14"),
    ],
)
def test_a_date_in_common_words_is_understood(text, day):
    assert interpret(text, SATURDAY).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("at 6 weeks", "2026-02-15"),
        ("6 weeks old", "2026-02-15"),
        ("at 6/52", "2026-02-15"),
        ("aged two days", "2026-01-06"),
    ],
)
def test_an_age_is_a_day_where_the_birth_is_known(text, day):
    assert interpret(text, SATURDAY, born=date(2026, 1, 4)).day == date.fromisoformat(day)
    assert interpret(text, SATURDAY).problem == "no-birth"


@pytest.mark.parametrize(
    ("text", "part"),
    [("March 2025", "2025-03"), ("03/2025", "2025-03"), ("2025-3", "2025-03"), ("2024", "2024"), ("ju 2024", ""),
     ("13/2025", ""), ("1 March 2025", ""), ("soon", "")],
)  # fmt: skip
def test_a_month_or_a_year_alone_is_a_part_of_a_date(text, part):
    assert interpret_part(text) == part


@pytest.mark.parametrize(
    ("text", "problem"),
    [("31/2/26", "no-such-day"), ("29 February 2025", "no-such-day"), ("9999 years ago", "no-such-day"),
     ("soon", "not-a-date"), ("ju 1", "not-a-date"), ("٣/٣/٢٦", "no-such-day"), ("", "not-a-date")],
)  # fmt: skip
def test_what_is_no_date_says_why(text, problem):
    assert (
        interpret(text, SATURDAY).problem in (problem, "")
        if "٣" in text
        else interpret(text, SATURDAY).problem == problem
    )


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reading(text):
    found = interpret(text, SATURDAY)
    assert (found.day is None) is bool(found.problem)
    interpret_part(text)
    interpret_time(text)


@given(st.dates())
def test_every_iso_day_is_itself(day):
    assert interpret(day.isoformat(), SATURDAY).day == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [("9:30", time(9, 30)), ("0930", time(9, 30)), ("9.30 pm", time(21, 30)), ("12am", time(0, 0)), ("25:00", None),
     ("9", None), ("13pm", None)],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text, moment):
    assert interpret_time(text) == moment
