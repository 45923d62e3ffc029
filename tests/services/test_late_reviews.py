"""A visit that waits longer for its review than the team asks is late, for its author and for whoever reads it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from homevisit.assembly import Services
from homevisit.clock import ManualClock, instant
from homevisit.domain.lateness import days_waited, first_in_time
from homevisit.domain.review import Decision, ReviewBody
from homevisit.domain.team import Policy
from homevisit.services import team_making
from homevisit.storage.visit_rows import UNREVIEWED
from tests.desks import SUPERVISOR, Desks, add_family, leave_out_the_rest, open_desks, whole_draft
from tests.team.conftest import Organisation, founded, take

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
Ask = Callable[[int], None]


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    time.tzset()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def desks(tmp_path: Path, clock: ManualClock) -> Iterator[Desks]:
    made = open_desks(tmp_path, clock=clock)
    (tmp_path / "stick").mkdir()
    yield made
    made.close()


@pytest.fixture
def organisation(tmp_path: Path, desks: Desks, clock: ManualClock) -> Organisation:
    return founded(tmp_path / "t.homevisit-team", desks, clock=clock)


@pytest.fixture
def ask(desks: Desks, organisation: Organisation) -> Ask:
    """The team asks for a review within so many days from now on, and both desks know."""

    def within(days: int) -> None:
        organisation.change(replace(organisation.team, policy=Policy(escalation=days)))
        file = organisation.sign()
        for desk in (desks.practitioner, desks.supervisor):
            take(desk, file)

    return within


def signed(desks: Desks, clock: ManualClock, *, days: int) -> str:
    """A visit that was signed so many days ago, and is on both desks now."""
    now, mine = clock.now(), desks.practitioner
    clock.set(now - timedelta(days=days))
    visit = whole_draft(mine, add_family(mine))
    leave_out_the_rest(mine, visit)
    mine.signing.sign(visit)
    clock.set(now)
    stick = desks.folder / "stick"
    exported = mine.sending.export([known.card for known in mine.cards.supervisors()], stick)
    desks.supervisor.receiving.take_in([stick / row.name for row in exported])
    return visit


def late_days(desk: Services) -> list[int]:
    return sorted(desk.reviews.queue().late.days.values())


def review(desks: Desks, visit: str) -> None:
    row = next(row for row in desks.supervisor.reviews.queue().rows if row.id == visit)
    desks.supervisor.reviews.decide(ReviewBody(visit=visit, version=row.head, decision=Decision.READ))


def test_nothing_is_late_without_a_team_or_where_it_asks_nothing(desks: Desks, clock: ManualClock, ask: Ask) -> None:
    signed(desks, clock, days=400)
    assert (late_days(desks.supervisor), desks.practitioner.today.late()) == ([], None)
    ask(0)
    assert (late_days(desks.supervisor), desks.practitioner.today.late()) == ([], None)


def test_late_visits_come_first_and_the_author_is_told_whom_to_speak_with(
    desks: Desks, clock: ManualClock, ask: Ask
) -> None:
    visits = [signed(desks, clock, days=days) for days in (1, 5, 12)]
    ask(5)
    queue = desks.supervisor.reviews.queue()
    assert [row.id for row in queue.rows] == [visits[2], visits[1], visits[0]]
    assert (dict(queue.late.days), queue.late.within) == ({visits[2]: 12}, 5)
    late = desks.practitioner.today.late()
    assert late is not None
    assert (late.count, late.oldest.id, late.days, late.supervisors) == (1, visits[2], 12, (SUPERVISOR,))
    clock.advance(timedelta(days=1))
    late = desks.practitioner.today.late()
    assert late is not None
    assert (late.count, late.days, late_days(desks.supervisor)) == (2, 13, [6, 13])


def test_a_reviewed_visit_is_late_no_more_and_an_amended_one_waits_anew(
    desks: Desks, clock: ManualClock, ask: Ask
) -> None:
    visit = signed(desks, clock, days=12)
    ask(5)
    review(desks, visit)
    assert late_days(desks.supervisor) == []
    mine = desks.practitioner
    stick = desks.folder / "back"
    stick.mkdir()
    exported = desks.supervisor.sending.export([mine.cards.mine().card], stick)
    mine.receiving.take_in([stick / row.name for row in exported])
    assert mine.today.late() is None
    mine.drafting.amend(visit)
    mine.signing.sign(visit, "A slip of the pen")
    clock.advance(timedelta(days=6))
    late = mine.today.late()
    assert late is not None
    assert (late.count, late.days) == (1, 6)


def test_a_visit_that_nobody_is_asked_to_review_is_not_late(
    desks: Desks, clock: ManualClock, organisation: Organisation, ask: Ask
) -> None:
    signed(desks, clock, days=12)
    me = desks.practitioner.store.identity.card.person
    organisation.change(team_making.with_supervisors(organisation.team, me, []))
    ask(5)
    assert (late_days(desks.supervisor), desks.practitioner.today.late()) == ([], None)


def test_whole_days_are_counted_where_the_practitioner_is() -> None:
    auckland, signed_at = ZoneInfo("Pacific/Auckland"), "2026-11-01T11:30:00.000Z"
    assert days_waited(signed_at, date(2026, 11, 7), auckland) == 5  # it is the second there, after midnight
    assert days_waited(signed_at, date(2026, 11, 7), ZoneInfo("UTC")) == 6
    assert days_waited("2026-11-30T00:00:00.000Z", date(2026, 11, 7)) < 0  # a clock that was wrong


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/St_Johns"])
@pytest.mark.parametrize("day", [date(2026, 3, 30), date(2026, 10, 26), date(2026, 11, 22)])
def test_what_the_store_is_asked_is_what_is_counted(zone: str, day: date) -> None:
    first = first_in_time(day, 5, ZoneInfo(zone))
    before = first - timedelta(milliseconds=1)
    assert days_waited(instant(first), day, ZoneInfo(zone)) == 5
    assert days_waited(instant(before), day, ZoneInfo(zone)) == 6


def test_it_is_found_in_two_indexes_alone(desks: Desks) -> None:
    plan = desks.practitioner.store.database.rows_of(f"EXPLAIN QUERY PLAN {UNREVIEWED}", ("me", "2026"))
    read = [str(step[3]) for step in plan if "visit" in str(step[3])]
    assert ["COVERING INDEX" in step for step in read] == [True, True]
