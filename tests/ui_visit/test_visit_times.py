"""Times are understood as people type them, and kept as typed where they cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ui.presenters.finish_words import apart_words
from ui.presenters.visit_times import joined, read_day, read_time, split

TODAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10:05", "10:05"),
        ("1005", "10:05"),
        ("9", "09:00"),
        ("2.30 pm", "14:30"),
        ("12am", "00:00"),
        ("14h05", "14:05"),
    ],
)
def test_a_time_is_read_in_the_ways_people_write_it(typed: str, read: str) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["", "25:00", "10:61", "ten", "13pm", "1 0 5"])
def test_a_time_that_cannot_be_is_not_read(typed: str) -> None:
    assert read_time(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"), [("1/3/26", "2026-03-01"), ("2026-03-01", "2026-03-01"), ("yesterday", "2026-03-01")]
)
def test_a_day_is_read_in_the_ways_people_write_it(typed: str, read: str) -> None:
    assert read_day(typed, TODAY) == read


@pytest.mark.parametrize(
    ("day", "time"), [("30/2/26", "10:05"), ("1/3/26", "25:00"), ("Tuesday", "Ten"), ("", "10:05")]
)
def test_an_impossible_moment_comes_back_as_it_was_typed(day: str, time: str) -> None:
    kept = split(joined(day, time, TODAY))
    assert kept.time == time
    assert kept.day in {day, "01/03/2026"}


def test_a_possible_moment_is_kept_in_one_form() -> None:
    assert joined("1/3/26", "1005", TODAY) == "2026-03-01T10:05"
    assert split("2026-03-01T10:05").day == "01/03/2026"


def test_how_long_after_the_visit_is_said_in_words() -> None:
    assert apart_words(MORNING, MORNING + timedelta(minutes=1)) == "Written at the visit"
    assert apart_words(MORNING, MORNING + timedelta(hours=2)) == "Written 2 hours after the visit began"
    assert apart_words(MORNING, MORNING + timedelta(days=3)) == "Written 3 days after the visit"
