"""A place may hold, lose, repeat and damage anything: nothing of it stops what is for this desk."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyrage
from pyrage import x25519

from homevisit.clock import ManualClock, SystemClock
from homevisit.ids import new_id, new_package_name
from homevisit.services.packing import Packing, Parcel
from tests.desks import Desks, open_desks
from tests.sync.exchanging import agree_with_all, entries_of, signed


def packages_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.age"))


def test_a_package_for_somebody_else_is_looked_at_once_and_called_nothing(desks: Desks, folder: Path) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    signed(mine)
    mine.syncing.run()
    assert theirs.syncing.run().received == 1
    assert mine.syncing.run().delivered == 1  # the package is for the supervisor, the receipt for the practitioner
    for desk in (mine, theirs):
        assert [row.code for row in desk.receiving.inbox()] == [""]
        summary = desk.syncing.run()
        assert (summary.refused, summary.received) == ((), 0)
    assert len(packages_in(folder)) == 1  # the receipt: what everybody has was taken away by whoever put it


def test_a_poisoned_package_steps_aside_once_and_blocks_nobody(desks: Desks, folder: Path) -> None:
    (folder / new_package_name()).write_bytes(b"junk")
    (folder / new_package_name()).write_bytes(b"age-encryption.org/v1\n" + secrets.token_bytes(300))
    (folder / "../place/notes.txt").write_bytes(b"not ours")
    signed(desks.practitioner)
    desks.practitioner.syncing.run()
    first = desks.supervisor.syncing.run()
    assert (first.received, sorted(first.refused)) == (1, ["package.header", "package.not_a_package"])
    assert len(desks.supervisor.store.packages.inbox()) == 3
    again = desks.supervisor.syncing.run()
    assert (again.refused, again.went_well) == ((), True)
    assert len(desks.supervisor.store.packages.inbox()) == 3
    assert (folder / "notes.txt").read_bytes() == b"not ours"


def test_a_package_that_was_cut_short_is_taken_in_once_it_is_whole(tmp_path: Path, folder: Path) -> None:
    clock = ManualClock(SystemClock().now())
    desks = open_desks(tmp_path, clock=clock)
    for desk in (desks.practitioner, desks.supervisor):
        desk.places.add("folder", "", {"path": str(folder)}, {})
    agree_with_all(desks.practitioner)
    signed(desks.practitioner)
    desks.practitioner.syncing.run()
    (package,) = packages_in(folder)
    whole = package.read_bytes()
    package.write_bytes(whole[:-40])
    assert desks.supervisor.syncing.run().refused == ("package.damaged",)
    package.write_bytes(whole)
    assert desks.supervisor.syncing.run().received == 0  # not at once: it is left alone for a while
    clock.advance(timedelta(minutes=1))
    assert desks.supervisor.syncing.run().received == 1
    assert [row.code for row in desks.supervisor.receiving.inbox()] == [""]
    assert list(desks.supervisor.home.quarantine.glob("*.age")) == []
    desks.close()


def test_the_same_package_under_another_name_changes_nothing(desks: Desks, folder: Path) -> None:
    signed(desks.practitioner)
    desks.practitioner.syncing.run()
    (package,) = packages_in(folder)
    shutil.copy(package, folder / new_package_name())
    summary = desks.supervisor.syncing.run()
    assert (summary.received, summary.refused, summary.gaps) == (1, (), ())
    assert len(desks.supervisor.receiving.inbox()) == 1


def test_what_vanished_before_it_was_fetched_is_put_again(desks: Desks, folder: Path) -> None:
    signed(desks.practitioner)
    desks.practitioner.syncing.run()
    (package,) = packages_in(folder)
    package.unlink()
    summary = desks.practitioner.syncing.run()
    assert (summary.sent, packages_in(folder)) == (1, [package])
    assert desks.supervisor.syncing.run().received == 1


def test_what_is_neither_there_nor_here_any_more_is_packed_anew(desks: Desks, folder: Path) -> None:
    visit = signed(desks.practitioner)
    desks.practitioner.syncing.run()
    (package,) = packages_in(folder)
    package.unlink()
    (desks.practitioner.home.outgoing / package.name).unlink()
    desks.practitioner.syncing.run()
    assert desks.practitioner.syncing.run().everything_sent
    assert package not in packages_in(folder)
    assert desks.supervisor.syncing.run().received == 1
    assert desks.supervisor.records.visit(visit).row.id == visit


def test_a_withheld_package_is_missed_by_the_next_one_and_forgiven_when_it_comes(
    desks: Desks, folder: Path, tmp_path: Path
) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    signed(mine)
    mine.syncing.run()
    (first,) = packages_in(folder)
    away = first.rename(tmp_path / first.name)
    signed(mine)
    Packing(mine.store, mine.home, SystemClock()).drop(first.name)  # nor can it be put again
    mine.store.database.change("UPDATE outbox_place SET state = 'removed'")
    mine.syncing.run()
    (gap,) = theirs.syncing.run().gaps
    assert (gap.packages, gap.name, gap.mine) == (1, "Ines Practitioner", False)
    away.rename(first)
    assert theirs.syncing.run().gaps == ()
    assert entries_of(theirs) == entries_of(mine)


def test_a_package_for_another_device_does_not_count_as_missing(desks: Desks) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    key = str(x25519.Identity.generate().to_public())
    stranger = replace(theirs.cards.mine().card, device=new_id(), age_recipient=key)
    Packing(mine.store, mine.home, SystemClock()).pack(Parcel(recipients=(stranger,)))
    signed(mine)
    mine.syncing.run()
    summary = theirs.syncing.run()
    assert (summary.received, summary.gaps, summary.refused) == (1, (), ())


def test_a_receipt_that_nobody_thanked_for_does_not_lie_there_for_ever(tmp_path: Path, folder: Path) -> None:
    clock = ManualClock(SystemClock().now())
    desks = open_desks(tmp_path, clock=clock)
    for desk in (desks.practitioner, desks.supervisor):
        desk.places.add("folder", "", {"path": str(folder)}, {})
    agree_with_all(desks.practitioner)
    signed(desks.practitioner)
    for desk in (desks.practitioner, desks.supervisor, desks.practitioner):
        desk.syncing.run()
    assert len(packages_in(folder)) == 1
    clock.advance(timedelta(days=31))
    signed(desks.practitioner)
    desks.practitioner.syncing.run()
    assert desks.supervisor.syncing.run().received == 1
    assert len(packages_in(folder)) == 2  # the new package and its receipt
    desks.close()


def test_a_package_exchanged_for_one_for_others_is_found_once_it_is_missed(tmp_path: Path, folder: Path) -> None:
    clock = ManualClock(SystemClock().now())
    desks = open_desks(tmp_path, clock=clock)
    mine, theirs = desks.practitioner, desks.supervisor
    for desk in (mine, theirs):
        desk.places.add("folder", "", {"path": str(folder)}, {})
    agree_with_all(mine)
    signed(mine)
    mine.syncing.run()
    (package,) = packages_in(folder)
    whole = package.read_bytes()
    package.write_bytes(pyrage.encrypt(b"for somebody else", [x25519.Identity.generate().to_public()]))
    assert (theirs.syncing.run().refused, theirs.syncing.gaps()) == ((), ())
    signed(mine)
    mine.syncing.run()
    assert [gap.packages for gap in theirs.syncing.run().gaps] == [1]
    package.write_bytes(whole)
    clock.advance(timedelta(hours=25))
    theirs.syncing.run()
    last = theirs.syncing.run()
    assert (last.received, last.gaps) == (1, ())
    assert entries_of(theirs) == entries_of(mine)
    desks.close()
