"""A run takes everything there that should go, brings everything here, and says honestly what it did."""

from __future__ import annotations

import random

from homevisit.domain.codec import plain
from homevisit.domain.entry import Act, Kind
from homevisit.domain.summaries import PackageState
from homevisit.domain.sync_summary import NextAction, Stage, Step
from homevisit.domain.visit import Section, VisitBody
from homevisit.storage.ledger import NewEntry
from homevisit.sync.selection import BATCH_BYTES
from tests.desks import Desks, add_family
from tests.sync.exchanging import agree_with_all, entries_of, reviewed, signed


def test_a_visit_goes_and_its_review_comes_back_by_runs_alone(desks: Desks) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    visit = signed(mine)
    first = mine.syncing.run()
    assert (first.sent, first.left, first.everything_sent, first.went_well) == (1, 0, True, True)
    (row,) = mine.sending.outbox()
    assert (row.state, row.next_action, row.outstanding) == (
        PackageState.CONFIRMED,
        NextAction.AWAIT_RECEIPT,
        ("Sal Supervisor",),
    )
    came = theirs.syncing.run()
    assert (came.received, came.receipts, came.refused) == (1, 1, ())
    review = reviewed(theirs, visit)
    held = theirs.syncing.run()
    assert [(each.code, each.count, each.name) for each in held.held] == [
        ("sharing.not_agreed", 1, "Ines Practitioner")
    ]
    agree_with_all(theirs)
    assert theirs.syncing.run().sent == 1
    last = mine.syncing.run()
    assert (last.received, last.delivered) == (1, 1)
    assert mine.store.ledger.entry(review) is not None
    assert [made.state for made in mine.sending.outbox() if made.kind == "export"] == [PackageState.DELIVERED]
    assert theirs.syncing.run().delivered == 1
    assert entries_of(mine) == entries_of(theirs)


def test_a_second_run_has_nothing_to_do(desks: Desks) -> None:
    signed(desks.practitioner)
    for _ in range(3):
        for desk in (desks.practitioner, desks.supervisor):
            desk.syncing.run()
    before = desks.practitioner.store.writes, desks.supervisor.store.writes
    for desk in (desks.practitioner, desks.supervisor):
        summary = desk.syncing.run()
        assert (summary.sent, summary.received, summary.receipts, summary.delivered) == (0, 0, 0, 0)
        assert summary.everything_sent
    assert (desks.practitioner.store.writes, desks.supervisor.store.writes) == before


def test_a_large_package_leaves_while_the_next_is_made(desks: Desks) -> None:
    """Whoever waits for it need not wait for the rest, and a broken line loses less."""
    mine, dice, visits = desks.practitioner, random.Random(4), 600
    body = plain(VisitBody(family=add_family(mine), note={Section.FACTS: dice.randbytes(BATCH_BYTES // 1140).hex()}))
    new = (NewEntry(record=f"v{n}", kind=Kind.VISIT, act=Act.SIGN, family="", body=body) for n in range(visits))
    mine.store.ledger.append(new)
    stages: list[Stage] = []
    summary = mine.syncing.run(stages.append)
    steps = [stage.step for stage in stages if stage.step in (Step.SEAL, Step.SEND)]
    assert Step.SEAL in steps[steps.index(Step.SEND) :]
    assert (summary.sent, summary.sent_entries, summary.left) == (2, len(entries_of(mine)), 0)
    assert mine.syncing.run().sent == 0, "what left early is not taken for vanished"
