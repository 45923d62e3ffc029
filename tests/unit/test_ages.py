"""Ages and gestation: the edge days that practitioners notice."""

from __future__ import annotations

from datetime import date

import pytest

from homevisit.domain.age import age_on, corrected_birth, described_age, gestation_on, gestation_text, months_after


@pytest.mark.parametrize(
    ("birth", "day", "text"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), "0 days"),
        (date(2026, 3, 1), date(2026, 3, 2), "1 day"),
        (date(2026, 3, 1), date(2026, 3, 15), "2 weeks"),
        (date(2026, 3, 1), date(2026, 3, 16), "2 weeks 1 day"),
        (date(2026, 3, 1), date(2026, 6, 1), "3 months"),
        (date(2024, 3, 1), date(2026, 6, 1), "2 years 3 months"),
        (date(2026, 3, 2), date(2026, 3, 1), "not born yet"),
    ],
)
def test_an_age_is_told_in_the_unit_practitioners_use(birth: date, day: date, text: str) -> None:
    assert described_age(birth, None, day) == text


def test_a_birthday_on_the_31st_falls_on_the_last_day_of_a_shorter_month() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    born_on_the_31st = age_on(date(2026, 1, 31), date(2026, 2, 28))
    assert born_on_the_31st is not None
    assert born_on_the_31st.months == 1


def test_a_leap_day_birthday_is_kept_on_28_february() -> None:
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_a_premature_baby_has_a_corrected_age_until_24_months() -> None:
    born, gestation = date(2026, 9, 1), 31 * 7 + 4
    assert described_age(born, gestation, date(2026, 11, 22)) == "11 weeks 5 days (corrected 3 weeks 2 days)"
    assert described_age(born, gestation, date(2026, 9, 20)) == "2 weeks 5 days (corrected 40 days before term)"
    assert "corrected" not in described_age(born, gestation, date(2028, 9, 1))


def test_a_baby_born_at_37_weeks_is_not_corrected() -> None:
    assert corrected_birth(date(2026, 9, 1), 37 * 7) is None
    assert corrected_birth(date(2026, 9, 1), 37 * 7 - 1) is not None


def test_gestation_counts_back_from_the_due_date() -> None:
    assert gestation_text(gestation_on(date(2026, 12, 6), date(2026, 11, 22))) == "38+0"
    assert gestation_text(gestation_on(date(2026, 12, 6), date(2026, 12, 7))) == "40+1"
