"""A hole in the numbers is said for as long as something may be withheld, and no longer; no number is given twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from homevisit.clock import ManualClock, SystemClock
from homevisit.domain.summaries import PackageState
from homevisit.errors import HomeVisitError
from homevisit.exchange.package import Opened
from homevisit.services.packing import OVERTAKEN
from tests.desks import Desks, open_desks
from tests.sync.exchanging import agree_with_all, entries_of, signed


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(SystemClock().now())


@pytest.fixture
def desks(tmp_path: Path, folder: Path, clock: ManualClock) -> Iterator[Desks]:
    opened = open_desks(tmp_path, clock=clock)
    for desk in (opened.practitioner, opened.supervisor):
        desk.places.add("folder", "", {"path": str(folder)}, {})
    agree_with_all(opened.practitioner)
    yield opened
    opened.close()


def withheld(desks: Desks, folder: Path) -> Path:
    """The first of two packages is read back by its sender and shown to nobody else; the second one arrives."""
    mine, theirs = desks.practitioner, desks.supervisor
    signed(mine)
    mine.syncing.run()
    (first,) = folder.glob("*.age")
    signed(mine)
    mine.syncing.run()
    away = first.rename(folder.parent / first.name)
    assert [gap.packages for gap in theirs.syncing.run().gaps] == [1]
    away.rename(first)
    (again,) = (path for path in folder.glob("*.age") if path == first)
    theirs.store.database.change(  # to the recipient it is never shown
        "INSERT OR REPLACE INTO seen_name (place, name, verdict, tries, since, not_before)"
        " SELECT place, ?, 'foreign', 1, '2999-01-01T00:00:00.000Z', '' FROM place_log",
        (again.name,),
    )
    return first


def inspected(desks: Desks, folder: Path) -> list[Opened]:
    """What lies at the place for the supervisor."""
    found = []
    for path in sorted(folder.glob("*.age")):
        with suppress(HomeVisitError):
            found.append(desks.supervisor.receiving.inspect(path))
    return found


def numbers(desks: Desks) -> list[tuple[int, str]]:
    """Every number that the practitioner has given, with the state of its package."""
    return desks.practitioner.store.database.rows_of(
        "SELECT r.number, o.state FROM outbox o JOIN outbox_recipient r ON r.package = o.id ORDER BY o.rowid"
    )


def test_what_is_withheld_is_packed_anew_after_a_day_and_then_nothing_is_missed(
    desks: Desks, folder: Path, clock: ManualClock
) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    first = withheld(desks, folder)
    mine.syncing.run()
    assert [gap.packages for gap in theirs.syncing.run().gaps] == [1]  # not at once: it may be on its way
    clock.advance(timedelta(hours=25))
    assert mine.syncing.run().sent == 1
    assert theirs.syncing.run().gaps == ()
    assert entries_of(theirs) == entries_of(mine)
    assert [row.code for row in mine.sending.outbox() if row.state is PackageState.REFUSED] == [OVERTAKEN]
    assert not first.exists()
    for _ in range(3):
        clock.advance(timedelta(hours=25))
        assert (mine.syncing.run().sent, theirs.syncing.run().gaps) == (0, ())


def test_while_the_place_withholds_what_was_packed_anew_too_it_is_still_missed(
    desks: Desks, folder: Path, clock: ManualClock
) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    withheld(desks, folder)
    mine.syncing.run()
    clock.advance(timedelta(hours=25))
    known = set(folder.glob("*.age"))
    mine.syncing.run()
    (anew,) = (path for path in set(folder.glob("*.age")) - known)
    anew.unlink()
    mine.store.database.change("UPDATE outbox_place SET state = 'removed' WHERE state = 'confirmed'")
    signed(mine)
    mine.syncing.run()
    assert [gap.packages for gap in theirs.syncing.run().gaps] == [1]
    assert entries_of(theirs) < entries_of(mine)


@pytest.mark.parametrize("by_hand", [True, False])
def test_the_same_package_by_another_road_ends_it(desks: Desks, folder: Path, tmp_path: Path, by_hand: bool) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    first = withheld(desks, folder)
    if by_hand:
        shutil.copy(first, tmp_path / "carried.age")
        theirs.receiving.take_in([tmp_path / "carried.age"])
    else:
        (tmp_path / "other").mkdir()
        for desk in (mine, theirs):
            desk.places.add("folder", "", {"path": str(tmp_path / "other")}, {})
        mine.syncing.run()
        theirs.syncing.run()
    assert theirs.syncing.gaps() == ()
    assert entries_of(theirs) == entries_of(mine)


def test_a_number_whose_sealed_copy_went_is_not_given_again_and_not_missed(desks: Desks, folder: Path) -> None:
    """Somebody clears up between putting and noting: what was put may be fetched or not, nobody knows here."""
    mine, theirs = desks.practitioner, desks.supervisor
    signed(mine)
    mine.syncing.run()
    (first,) = folder.glob("*.age")
    first.unlink()
    mine.store.database.change("UPDATE outbox SET state = 'waiting', sent_at = '', place = ''")
    mine.store.database.change("DELETE FROM outbox_place")
    (mine.home.outgoing / first.name).unlink()
    mine.syncing.run()
    assert numbers(desks) == [(1, "refused"), (2, "confirmed")]
    (opened,) = inspected(desks, folder)
    assert [(to.number, [each[1:] for each in to.void]) for to in opened.manifest.addressed] == [(2, [(1, 1)])]
    assert theirs.syncing.run().gaps == ()
    assert entries_of(theirs) == entries_of(mine)
    mine.syncing.run()
    signed(mine)
    mine.syncing.run()
    assert [to.void for each in inspected(desks, folder) for to in each.manifest.addressed] == [()]


def test_a_receipt_that_ran_out_is_not_missed_for_ever(desks: Desks, folder: Path) -> None:
    """It went after thirty days, and a later package had arrived already: a receipt for nothing says so."""
    mine, theirs = desks.practitioner, desks.supervisor
    withheld(desks, folder)
    mine.store.packages.retire(mine.sending.outbox()[-1].id, code="sync.expired")
    assert [gap.packages for gap in theirs.syncing.run().gaps] == [1]
    assert mine.syncing.run().receipts == 1
    assert theirs.syncing.run().gaps == ()
    assert mine.syncing.run().receipts == 0


def test_what_an_older_disk_knows_of_the_epoch_before_is_closed_too(
    desks: Desks, folder: Path, clock: ManualClock
) -> None:
    """It forgot which were acknowledged; the first acknowledgement of the new epoch settles those of the old one."""
    mine, theirs = desks.practitioner, desks.supervisor
    withheld(desks, folder)
    mine.syncing.run()
    mine.store.database.change("UPDATE outbox_recipient SET delivered_at = ''")
    mine.store.database.change("UPDATE outbox SET state = 'confirmed'")
    mine.store.ledger.renew_epoch()
    signed(mine)
    for desk in (mine, theirs, mine):
        desk.syncing.run()
    assert [gap.packages for gap in theirs.syncing.gaps()] == [1]
    clock.advance(timedelta(hours=25))
    mine.syncing.run()
    assert theirs.syncing.run().gaps == ()
    assert entries_of(theirs) == entries_of(mine)
