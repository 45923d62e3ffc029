"""One person with two laptops: both have everything, others send to both, and each is acknowledged for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.domain.summaries import PackageState
from tests.desks import Desks
from tests.sync.exchanging import agree_with_all, entries_of, reviewed, second_laptop, signed, until_quiet


@pytest.fixture
def second(desks: Desks, tmp_path: Path) -> Iterator[Services]:
    made = second_laptop(desks.practitioner, tmp_path)
    agree_with_all(made)
    yield made
    made.close()


def test_what_one_laptop_signs_is_on_the_other_and_with_the_supervisor(desks: Desks, second: Services) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    before = signed(mine, "Before there was a second laptop.")
    until_quiet(mine, second, theirs)
    there = signed(second, "On the other one.")
    until_quiet(mine, second, theirs)
    agree_with_all(second)
    until_quiet(mine, second, theirs)
    assert entries_of(mine) == entries_of(second) == entries_of(theirs)
    for desk in (mine, second, theirs):
        assert {desk.records.visit(visit).row.id for visit in (before, there)} == {before, there}
        assert (desk.syncing.gaps(), desk.syncing.left()) == ((), 0)
        exports = [row for row in desk.sending.outbox() if row.kind != "receipt"]
        assert {row.state for row in exports} <= {PackageState.DELIVERED}


def test_a_review_reaches_both_laptops_and_is_delivered_when_both_have_it(desks: Desks, second: Services) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    visit = signed(mine)
    until_quiet(mine, second, theirs)
    review = reviewed(theirs, visit)
    agree_with_all(theirs)
    theirs.syncing.run()
    mine.syncing.run()
    theirs.syncing.run()
    row = next(row for row in theirs.sending.outbox() if row.kind == "review")
    assert (row.state, row.outstanding) == (PackageState.CONFIRMED, ("Ines Practitioner",))
    second.syncing.run()
    theirs.syncing.run()
    assert theirs.store.packages.outbox_row(row.id).state is PackageState.DELIVERED
    assert mine.store.ledger.entry(review) is not None
    assert second.store.ledger.entry(review) is not None


def test_a_package_withheld_from_the_other_laptop_is_said_to_be_of_ones_own(
    desks: Desks, second: Services, folder: Path, tmp_path: Path
) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    until_quiet(mine, second, theirs)
    signed(mine)
    known = set(folder.iterdir())
    mine.syncing.run()
    (withheld,) = set(folder.iterdir()) - known
    away = withheld.rename(tmp_path / withheld.name)
    mine.store.database.change("UPDATE outbox_place SET state = 'removed' WHERE state = 'confirmed'")
    signed(mine)
    mine.syncing.run()
    (gap,) = second.syncing.run().gaps
    assert (gap.packages, gap.mine) == (1, True)
    away.rename(withheld)
    assert second.syncing.run().gaps == ()


def test_a_lost_laptop_is_sent_nothing_more(desks: Desks, second: Services) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    until_quiet(mine, second, theirs)
    mine.teams.lose(second.store.identity.card.device)
    signed(mine)
    until_quiet(mine, theirs)
    assert second.syncing.run().received == 0
    assert mine.syncing.left() == 0
