"""Full disk, read-only or missing folder, second instance, clock set back: a sentence each, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import dev
from homevisit.assembly import Services
from homevisit.clock import ManualClock
from homevisit.domain.visit import Section
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.services import homes
from tests.bad_input.conftest import Unlock
from tests.bad_input.disks import Disk, small_disk
from tests.desks import PASSPHRASE, add_family, open_desks, whole_draft
from ui.messages import MESSAGES, words_of

TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PAGE = 4096
LONG = "What was seen and heard. " * 8_000


@contextmanager
def refused(*codes: str) -> Generator[None]:
    """The work inside is refused with one of the codes, and a person is told so in whole sentences."""
    with pytest.raises(HomeVisitError) as caught:
        yield
    assert caught.value.code in codes
    assert caught.value.code in MESSAGES
    said = words_of(caught.value)
    assert said.sentence.endswith(".")
    assert said.next_step.endswith(".")
    assert "?" not in said.sentence + said.next_step


def does(work: Callable[[], object]) -> bool:
    """Whether the work was done; if not, only because the disk is full."""
    try:
        work()
    except HomeVisitError as refusal:
        return refusal.code != "store.disk_full"
    return True


def facts(services: Services, visit: str) -> str:
    return services.drafting.open(visit).body.note[Section.FACTS]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture
def on_disk(disk: Disk, template: Path) -> Home:
    """A home on a small disk."""
    shutil.copytree(template, disk.root / "home")
    return Home(disk.root / "home")


def test_a_full_disk_refuses_a_save_and_keeps_what_was_saved(disk: Disk, on_disk: Home, unlock: Unlock) -> None:
    services = unlock(on_disk)
    visit = whole_draft(services, add_family(services), "Before.")
    disk.fill()
    with refused("store.disk_full"):
        services.drafting.save_section(visit, Section.FACTS, LONG)
    assert facts(services, visit) == "Before."
    disk.empty()
    services.drafting.save_section(visit, Section.FACTS, LONG)
    assert facts(services, visit) == LONG
    assert services.upkeep.check() == ()


@pytest.mark.parametrize("pages", [0, 8, *range(24, 48, 2), 64])
def test_wherever_a_disk_fills_up_a_signature_is_whole_or_not_there(
    pages: int, disk: Disk, on_disk: Home, unlock: Unlock
) -> None:
    services = unlock(on_disk)
    visit = whole_draft(services, add_family(services), "Before. " * 500)
    disk.fill(leave=pages * PAGE)
    signed = does(lambda: services.signing.sign(visit))
    services.close()
    disk.empty()
    again = unlock(on_disk)
    assert again.store.start_report.findings == again.upkeep.check() == ()
    assert again.drafting.exists(visit) is not signed
    assert (again.store.views.visit(visit) is not None) is signed


def test_a_store_on_a_full_disk_is_named_and_opens_once_there_is_room(
    disk: Disk, on_disk: Home, unlock: Unlock
) -> None:
    disk.fill()
    with refused("store.disk_full"):
        unlock(on_disk)
    disk.empty()
    assert unlock(on_disk).upkeep.check() == ()


def test_a_full_stick_keeps_the_package_waiting(disk: Disk, tmp_path: Path) -> None:
    desks = open_desks(tmp_path)
    services, card = desks.practitioner, desks.supervisor.cards.mine().card
    services.signing.sign(whole_draft(services, add_family(services)))
    disk.fill()
    with refused("place.full"):
        services.sending.export([card], disk.root)
    disk.empty()
    assert [row.state for row in services.sending.export([card], disk.root)] == ["sent"]
    assert [row.code for row in desks.supervisor.receiving.take_in(sorted(disk.root.glob("*.age")))] == [""]
    desks.close()


def test_a_backup_that_does_not_fit_is_refused_and_leaves_nothing(disk: Disk, on_disk: Home, unlock: Unlock) -> None:
    services = unlock(on_disk)
    disk.fill(leave=40 * PAGE)
    with refused("store.disk_full"):
        services.upkeep.backup()
    assert list(on_disk.backups.iterdir()) == []
    assert services.upkeep.check() == ()


def test_a_read_only_folder_is_named_and_nothing_in_it_changes(disk: Disk, on_disk: Home, unlock: Unlock) -> None:
    before = on_disk.database.read_bytes()
    disk.make_read_only()
    with refused("store.read_only"):
        unlock(on_disk)
    assert on_disk.database.read_bytes() == before


def test_a_read_only_stick_is_named_before_anything_is_sealed(disk: Disk, tmp_path: Path) -> None:
    desks = open_desks(tmp_path)
    services = desks.practitioner
    services.signing.sign(whole_draft(services, add_family(services)))
    disk.make_read_only()
    with refused("place.read_only"):
        services.sending.export([desks.supervisor.cards.mine().card], disk.root)
    assert services.sending.outbox() == ()
    desks.close()


def test_a_folder_without_a_store_is_named(tmp_path: Path, unlock: Unlock) -> None:
    with refused("store.missing"):
        unlock(Home(tmp_path / "nowhere"))
    assert not (tmp_path / "nowhere").exists()


def test_a_home_that_goes_away_while_open_takes_no_more_words(home: Home, unlock: Unlock) -> None:
    services = unlock(home)
    visit = whole_draft(services, add_family(services), "Before.")
    away = home.root.rename(home.root.with_name("away"))
    for work in (
        lambda: services.drafting.save_section(visit, Section.FACTS, "Later."),
        lambda: services.signing.sign(visit),
        services.upkeep.backup,
    ):
        with refused("store.gone"):
            work()
    assert [finding.code for finding in services.upkeep.check()] == ["store.gone"]
    assert not home.root.exists()
    away.rename(home.root)
    services.drafting.save_section(visit, Section.FACTS, "Later.")
    services.close()
    assert facts(unlock(home), visit) == "Later."


def test_a_missing_stick_is_named_and_the_visit_stays_unsent(tmp_path: Path) -> None:
    desks = open_desks(tmp_path)
    services, card = desks.practitioner, desks.supervisor.cards.mine().card
    services.signing.sign(whole_draft(services, add_family(services)))
    with refused("place.missing"):
        services.sending.export([card], tmp_path / "stick")
    assert services.sending.unsent() == 1
    desks.close()


HOLD = """
import sys
from pathlib import Path
from homevisit.clock import SystemClock
from homevisit.paths import Home
from homevisit.services import homes
homes.unlock(Home(Path(sys.argv[1])), sys.argv[2], clock=SystemClock())
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_refused_until_the_first_is_gone(home: Home, unlock: Unlock) -> None:
    command = [sys.executable, "-c", HOLD, str(home.root), PASSPHRASE]
    with subprocess.Popen(command, cwd=dev.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        with refused("store.in_use"):
            unlock(home)
        with refused("store.in_use"):
            homes.set_aside(home, "store.unreadable")
        first.kill()
    assert unlock(home).upkeep.check() == ()


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400), timedelta(days=50 * 365)])
def test_a_clock_set_back_changes_no_order_and_loses_nothing(back: timedelta, home: Home, unlock: Unlock) -> None:
    clock = ManualClock(TODAY)
    services = unlock(home, clock=clock)
    family = add_family(services)
    visit = whole_draft(services, family)
    first = services.signing.sign(visit)
    clock.advance(-back)
    second = services.signing.withdraw(visit, "Entered for the wrong family")
    later = services.signing.sign(whole_draft(services, family, "With the wrong clock."))
    assert [version.entry for version in services.records.history(visit)] == [first.id, second.id]
    assert first.envelope.hlc < second.envelope.hlc < later.envelope.hlc
    services.close()
    again = unlock(home, clock=clock)
    assert again.store.start_report.findings == again.upkeep.check() == ()
    assert again.records.visit(later.envelope.record).body.note[Section.FACTS] == "With the wrong clock."


def test_an_amendment_from_before_its_visit_is_named_and_stays_a_draft(home: Home, unlock: Unlock) -> None:
    clock = ManualClock(TODAY)
    services = unlock(home, clock=clock)
    visit = whole_draft(services, add_family(services))
    services.signing.sign(visit)
    services.drafting.amend(visit)
    clock.advance(timedelta(days=-1))
    services.drafting.save_section(visit, Section.FACTS, "Amended.")
    assert [gap.what for gap in services.signing.preview(visit).missing if gap.blocking] == ["time.future"]
    with refused("visit.incomplete"):
        services.signing.sign(visit, "More was remembered")
    clock.set(TODAY)
    services.signing.sign(visit, "More was remembered")
    assert services.records.visit(visit).body.note[Section.FACTS] == "Amended."


def test_a_clock_set_back_never_locks_a_person_out_for_long(home: Home, unlock: Unlock) -> None:
    clock = ManualClock(TODAY)
    for _ in range(3):
        with refused("store.wrong_passphrase"):
            homes.unlock(home, "not this one", clock=clock)
    clock.advance(timedelta(days=-400))
    with refused("store.wait"):
        unlock(home, clock=clock)
    clock.advance(timedelta(minutes=5))
    assert unlock(home, clock=clock).upkeep.check() == ()
