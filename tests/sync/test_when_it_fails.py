"""A place that fails is left alone for a while and said so; what was begun goes on; nothing is claimed too early."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pyrage import x25519

from homevisit.clock import ManualClock, SystemClock, instant
from homevisit.domain.summaries import PackageState
from homevisit.domain.sync_summary import NextAction, Stage, Step
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.services.packing import Packing, Parcel
from homevisit.sync.patience import LONGEST, is_due, not_before
from tests.desks import Desks, add_family, open_desks, whole_draft
from tests.sync.exchanging import agree_with_all, entries_of, signed


def breaking_off_at(step: Step) -> tuple[Callable[[Stage], None], Callable[[], bool]]:
    """Break a run off as soon as it says that it has come to this step."""
    reached = threading.Event()

    def progress(stage: Stage) -> None:
        if stage.step is step:
            reached.set()

    return progress, reached.is_set


def test_a_missing_place_holds_what_is_to_go_and_is_left_alone_for_longer_each_time(
    tmp_path: Path, folder: Path
) -> None:
    clock = ManualClock(SystemClock().now())
    desks = open_desks(tmp_path, clock=clock)
    mine = desks.practitioner
    mine.places.add("folder", "Stick", {"path": str(folder)}, {})
    agree_with_all(mine)
    signed(mine)
    folder.rmdir()
    summary = mine.syncing.run()
    assert [(result.title, result.code) for result in summary.places] == [("Stick", "place.missing")]
    assert [(held.code, held.count, held.place) for held in summary.held] == [("place.missing", 1, "Stick")]
    assert (summary.left or 0) > 0
    (row,) = mine.sending.outbox()
    assert (row.state, row.next_action, row.code) == (PackageState.WAITING, NextAction.MEND_PLACE, "place.missing")
    assert not mine.syncing.is_due()
    folder.mkdir()
    assert mine.syncing.run().sent == 0
    assert mine.syncing.run(patient=False).sent == 1
    assert mine.syncing.is_due()
    desks.close()


def test_one_place_that_fails_does_not_stop_the_other(desks: Desks, tmp_path: Path) -> None:
    desks.practitioner.places.add("folder", "Away", {"path": str(tmp_path / "away")}, {})
    signed(desks.practitioner)
    summary = desks.practitioner.syncing.run()
    assert (summary.sent, summary.everything_sent) == (1, True)
    assert {result.title: result.code for result in summary.places} == {"place": "", "Away": "place.missing"}
    assert desks.supervisor.syncing.run().received == 1


@pytest.mark.parametrize("step", [Step.CHOOSE, Step.SEAL, Step.SEND])
def test_a_run_that_was_broken_off_says_so_and_the_next_one_goes_on(desks: Desks, folder: Path, step: Step) -> None:
    signed(desks.practitioner)
    progress, cancelled = breaking_off_at(step)
    summary = desks.practitioner.syncing.run(progress, cancelled)
    assert (summary.cancelled, summary.left, summary.everything_sent) == (True, None, False)
    assert desks.practitioner.syncing.run().everything_sent
    assert len(list(folder.glob("*.age"))) == 1
    assert desks.supervisor.syncing.run().received == 1


def test_receiving_that_was_broken_off_goes_on_with_the_next_run(desks: Desks) -> None:
    signed(desks.practitioner)
    desks.practitioner.syncing.run()
    signed(desks.practitioner)
    desks.practitioner.syncing.run()
    progress, cancelled = breaking_off_at(Step.TAKE_IN)
    desks.supervisor.syncing.run(progress, cancelled)
    assert desks.supervisor.syncing.run().gaps == ()
    assert entries_of(desks.supervisor) == entries_of(desks.practitioner)


def test_what_is_signed_while_a_run_goes_on_leaves_with_the_next(desks: Desks) -> None:
    mine = desks.practitioner
    signed(mine)
    family = add_family(mine, "Later")
    made: list[str] = []

    def progress(stage: Stage) -> None:
        if stage.step is Step.SEND and not made:
            made.append(mine.signing.sign(whole_draft(mine, family)).id)

    first = mine.syncing.run(progress)
    assert (first.sent, first.everything_sent) == (1, False)
    second = mine.syncing.run()
    assert (second.sent, second.everything_sent) == (1, True)


def test_without_a_place_nothing_is_packed_and_that_is_said(tmp_path: Path) -> None:
    """Not even receipts: what came on a stick is acknowledged once there is a place."""
    desks = open_desks(tmp_path)
    mine, theirs = desks.practitioner, desks.supervisor
    agree_with_all(mine)
    signed(mine)
    summary = mine.syncing.run()
    assert ([held.code for held in summary.held], summary.everything_sent) == (["sync.no_place"], False)
    (row,) = mine.sending.export([theirs.cards.mine().card], tmp_path)
    theirs.receiving.take_in([tmp_path / row.name])
    theirs.syncing.run()
    assert theirs.sending.outbox() == ()
    assert mine.syncing.run().everything_sent
    desks.close()


def test_a_draft_never_leaves(desks: Desks) -> None:
    mine = desks.practitioner
    family = add_family(mine)
    mine.syncing.run()
    whole_draft(mine, family)
    summary = mine.syncing.run()
    assert (summary.sent, summary.left) == (0, 0)


def test_a_second_run_beside_the_first_is_refused(desks: Desks) -> None:
    refused: list[str] = []

    def progress(_: Stage) -> None:
        with pytest.raises(HomeVisitError) as caught:
            desks.practitioner.syncing.run()
        refused.append(caught.value.code)

    desks.practitioner.syncing.run(progress)
    assert set(refused) == {"sync.running"}


def test_a_package_made_by_hand_goes_through_the_same_outbox(desks: Desks, tmp_path: Path) -> None:
    """What was handed over on a stick is not sent again, and a receipt comes back through the place."""
    mine, theirs = desks.practitioner, desks.supervisor
    signed(mine)
    stick = tmp_path / "stick"
    stick.mkdir()
    (row,) = mine.sending.export([theirs.cards.mine().card], stick)
    summary = mine.syncing.run()
    assert (summary.sent, summary.everything_sent) == (0, True)
    theirs.receiving.take_in([stick / row.name])
    assert theirs.syncing.run().receipts == 1
    mine.syncing.run()
    assert mine.store.packages.outbox_row(row.id).state is PackageState.DELIVERED


def test_a_clock_that_was_set_back_does_not_stop_the_exchange_for_a_year() -> None:
    now = SystemClock().now()
    assert not is_due(now, instant(now + timedelta(minutes=5)))
    assert is_due(now, instant(now + timedelta(days=365)))
    assert is_due(now, "")


@pytest.mark.parametrize("tries", [1, 2, 5, 40])
def test_what_fails_again_is_left_alone_for_longer_but_never_for_more_than_an_hour(tries: int) -> None:
    now = SystemClock().now()
    assert instant(now) < not_before(now, tries) <= instant(now + LONGEST)


def test_what_waits_for_another_does_not_go_along_on_a_stick(desks: Desks, tmp_path: Path) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    key = str(x25519.Identity.generate().to_public())
    stranger = replace(theirs.cards.mine().card, device=new_id(), age_recipient=key)
    waiting = Packing(mine.store, mine.home, SystemClock()).pack(Parcel(recipients=(stranger,)))
    signed(mine)
    stick = tmp_path / "stick"
    stick.mkdir()
    (row,) = mine.sending.export([theirs.cards.mine().card], stick)
    assert [path.name for path in stick.iterdir()] == [row.name]
    assert mine.store.packages.outbox_row(waiting.id).state is PackageState.WAITING
