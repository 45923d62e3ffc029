"""The demo: what is in it, that it ends today whenever it is made, and that the same seed tells the same stories."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nhs_number
import pytest

import dev
from homevisit.assembly import Services
from homevisit.clock import ManualClock
from homevisit.domain.family import Role
from homevisit.domain.review import Decision
from homevisit.domain.visit import Attendance, RecordState, Section, VisitBody
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.demo.making import PASSPHRASE, DemoSize, make_demo

NOW = datetime(2026, 3, 11, 10, 0, tzinfo=UTC)


def opened(folder: Path, now: datetime = NOW) -> Services:
    return homes.unlock(Home(folder), PASSPHRASE, clock=ManualClock(now))


def bodies(services: Services) -> Iterator[VisitBody]:
    for family in services.families.list():
        for row in services.families.timeline(family.id):
            yield services.records.version(row.head)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("made") / "home"
    make_demo(Home(folder), clock=ManualClock(NOW))
    services = opened(folder)
    yield services
    services.close()


def test_there_are_at_least_a_dozen_families_and_all_is_sound(demo: Services) -> None:
    assert len(demo.families.list()) >= 14
    assert demo.store.start_report.ok
    assert demo.upkeep.check() == ()


def test_every_nhs_number_begins_with_999_fits_and_is_used_once(demo: Services) -> None:
    people = [person for family in demo.families.list() for person in demo.families.brief(family.id).people]
    numbers = [person.details.nhs_number for person in people if person.details.nhs_number]
    assert len(numbers) == len(set(numbers)) >= 14
    assert all(number.startswith("999") and nhs_number.is_valid(number) for number in numbers)


def test_today_looks_alive(demo: Services) -> None:
    agenda = demo.today.agenda()
    assert {"coming", "due", "overdue"} == {item.contact.due.value for item in agenda.due}
    assert agenda.actions
    assert len(agenda.drafts) == 2
    assert agenda.sent_back
    assert demo.sending.unsent() > 0
    assert agenda.recent[0].started >= (NOW - timedelta(days=5)).strftime("%Y-%m-%d")


def test_the_histories_show_every_kind_of_thing(demo: Services) -> None:
    rows = [row for family in demo.families.list() for row in demo.families.timeline(family.id)]
    assert {Attendance.SEEN, Attendance.NO_ACCESS, Attendance.NOT_BROUGHT} <= {row.attendance for row in rows}
    wanted = {RecordState.SIGNED, RecordState.SENT_BACK, RecordState.REVIEWED, RecordState.WITHDRAWN}
    assert wanted <= {row.state for row in rows}
    roles = {person.details.role for row in rows for person in demo.families.brief(row.family).people}
    assert {Role.FATHER, Role.SECOND_CARER, Role.OTHER_CARER, Role.UNBORN, Role.SIBLING} <= roles
    assert any(demo.families.brief(row.family).details.safety_note for row in rows)
    assert any(row.version == 2 for row in rows)


def test_words_are_kept_as_they_were_said_in_any_script(demo: Services) -> None:
    assert any("هو نوري" in body.note.get(Section.PARENTS_VIEW, "") for body in bodies(demo))
    assert all("{" not in text for body in bodies(demo) for text in body.note.values())


def test_nobody_is_visited_at_a_weekend_or_before_being_born(demo: Services) -> None:
    for body in bodies(demo):
        assert datetime.fromisoformat(body.started).weekday() < 5
        assert body.started < NOW.astimezone().strftime("%Y-%m-%dT%H:%M")


def test_reviews_are_pinned_to_passages_of_the_version_they_read(demo: Services) -> None:
    reviews = [
        review
        for family in demo.families.list()
        for row in demo.families.timeline(family.id)
        for review in demo.records.visit(row.id).reviews
    ]
    assert {Decision.SEND_BACK, Decision.DISCUSS, Decision.READ, Decision.ACTION} <= {r.body.decision for r in reviews}
    for review in reviews:
        note = demo.records.version(review.body.version).note
        for anchor in (comment.anchor for comment in review.body.comments if comment.anchor.quote):
            section = Section(anchor.part.removeprefix("note/"))
            assert note[section][anchor.start : anchor.end] == anchor.quote


@pytest.mark.parametrize("day", [0, *(pytest.param(day, marks=pytest.mark.slow) for day in range(1, 7))])
def test_it_can_be_made_on_any_day_of_the_week(day: int, tmp_path: Path) -> None:
    now = datetime(2027, 2, 27, 23, 30, tzinfo=UTC) + timedelta(days=day)
    made = make_demo(Home(tmp_path / "home"), clock=ManualClock(now), supervisor=Home(tmp_path / "other"))
    assert made.visits >= 45


def test_the_two_homes_know_each_other(tmp_path: Path) -> None:
    make_demo(Home(tmp_path / "desk"), clock=ManualClock(NOW), supervisor=Home(tmp_path / "other"))
    desk, other = opened(tmp_path / "desk"), opened(tmp_path / "other")
    assert [card.card.person for card in other.cards.known()] == [desk.cards.mine().card.person]
    assert [card.words for card in desk.cards.known()] == [other.cards.mine().words]
    assert len(other.reviews.queue().rows) > 30
    desk.close()
    other.close()


def test_generated_families_are_told_the_same_by_the_same_seed(tmp_path: Path) -> None:
    told = []
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        size = DemoSize(families=4, visits=24, seed=seed)
        made = make_demo(Home(tmp_path / name), clock=ManualClock(NOW), size=size)
        services = opened(tmp_path / name)
        told.append(sorted(str(replace(body, family="").note) for body in bodies(services)))
        assert (made.visits, len(told[-1]), len(services.families.list())) == (24, 24, 4)
        assert services.upkeep.check() == ()
        services.close()
    assert told[0] == told[1]
    assert told[1] != told[2]


def test_a_home_that_holds_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", "utf-8")
    with pytest.raises(HomeVisitError, match=r"demo\.home_not_empty"):
        make_demo(Home(tmp_path), clock=ManualClock(NOW))
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize(("families", "visits"), [(1, 30), pytest.param(12, 40, marks=pytest.mark.slow), (0, 70)])
def test_a_demo_has_the_families_and_visits_asked_for(tmp_path: Path, families: int, visits: int) -> None:
    made = make_demo(Home(tmp_path / "home"), clock=ManualClock(NOW), size=DemoSize(families=families, visits=visits))
    assert made.families == families or not families
    assert made.visits == visits


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_families_with_ten_thousand_visits_are_made_within_minutes(tmp_path: Path) -> None:
    before = time.monotonic()
    made = make_demo(Home(tmp_path / "home"), clock=ManualClock(NOW), size=DemoSize(families=1_000, visits=10_000))
    assert (made.families, made.visits) == (1_000, 10_000)
    assert time.monotonic() - before < 180
    services = opened(tmp_path / "home")
    assert services.upkeep.check() == ()
    services.close()


def test_a_demo_in_one_home_for_both_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(HomeVisitError, match="home_not_empty"):
        make_demo(Home(tmp_path / "one"), clock=ManualClock(NOW), supervisor=Home(tmp_path / "one"))
    assert not (tmp_path / "one").exists()


def test_a_demo_that_was_killed_leaves_no_home_and_the_next_one_throws_its_remains_away(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "homevisit", "--home", str(tmp_path), "demo"]
    making = subprocess.Popen(command, cwd=dev.ROOT, stdout=subprocess.DEVNULL)
    while not (tmp_path / "making-demo" / "store" / "homevisit.db").exists():
        with pytest.raises(subprocess.TimeoutExpired):
            making.wait(0.02)
    making.kill()
    making.wait()
    assert homes.state(Home(tmp_path)) == "empty"
    make_demo(Home(tmp_path), clock=ManualClock(NOW), size=DemoSize(families=1))
    assert not (tmp_path / "making-demo").exists()
    services = opened(tmp_path)
    assert services.upkeep.check() == ()
    services.close()


def test_a_demo_that_fails_leaves_no_half_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(HomeVisitError):
        make_demo(Home(tmp_path / "one"), clock=ManualClock(NOW), supervisor=Home(tmp_path / "file" / "other"))
    assert list((tmp_path / "one").iterdir()) == []
    assert (tmp_path / "file").read_text() == "not a folder"
