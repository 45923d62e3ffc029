"""Drafts, access log, cards and packages: what belongs to this device alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homevisit.clock import ManualClock
from homevisit.domain.summaries import PackageState
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage.access import AccessAct
from homevisit.storage.packages import Addressee, Outgoing, ReceivedPackage, RefusedFile
from homevisit.storage.store import Store
from tests.storage.making import family, reopened, review, visit

TYPED = st.text(st.characters(codec=None))


def outgoing(
    store: Store, *entries: str, package: str = "p1", to: tuple[str, ...] = ("sam",), seq: int = 1
) -> Outgoing:
    device, epoch = store.identity.card.device, store.identity.epoch
    return Outgoing(
        id=package,
        name=f"{package}.age",
        digest=package * 4,
        kind="export",
        device=device,
        epoch=epoch,
        seq=seq,
        recipients=tuple(Addressee(name, name) for name in to),
        entries=entries,
    )


def received(sender: Store, package: str = "q1", **known: object) -> ReceivedPackage:
    heads = tuple(known.values())
    card = sender.identity.card
    return ReceivedPackage(
        id=package,
        digest="0" * 64,
        kind="review",
        author=card.person,
        device=card.device,
        epoch=sender.identity.epoch,
        seq=1,
        prev="",
        file_name="q1.age",
        sender_name=card.name,
        known_heads=heads,  # type: ignore[arg-type]
    )


def test_a_draft_is_kept_part_by_part(store: Store, clock: ManualClock) -> None:
    store.drafts.save("visit/v1", "visit", {"family": "f1"}, family="f1", base="b")
    clock.advance(timedelta(seconds=5))
    saved = store.drafts.save("visit/v1", "note/facts", "Fed")
    draft = store.drafts.load("visit/v1")
    assert draft is not None
    assert draft.parts == {"visit": {"family": "f1"}, "note/facts": "Fed"}
    assert (draft.family, draft.base, draft.saved_at) == ("f1", "b", saved)
    assert draft.started_at < draft.saved_at
    assert not draft.is_settled


def test_a_settled_draft_remembers_how_it_was_left(store: Store) -> None:
    store.drafts.save_all("visit/v1", {"note/facts": "one", "note/plan": "same"})
    store.drafts.settle("visit/v1")
    store.drafts.save("visit/v1", "note/facts", "two")
    draft = store.drafts.load("visit/v1")
    assert draft is not None
    assert (draft.settled["note/facts"], draft.parts["note/facts"], draft.is_settled) == ("one", "two", False)


def test_drafts_outlive_the_program_and_go_only_when_told(home: Home, store: Store) -> None:
    store.drafts.save("visit/v1", "note/facts", "kept")
    store.close()
    opened = reopened(home)
    assert [draft.parts for draft in opened.drafts.all()] == [{"note/facts": "kept"}]
    opened.drafts.discard("visit/v1")
    assert (opened.drafts.all(), opened.drafts.exists("visit/v1")) == ((), False)
    opened.close()


@given(text=TYPED)
def test_whatever_is_typed_comes_back_from_a_draft(store: Store, text: str) -> None:
    store.drafts.save("visit/v1", "note/facts", text)
    draft = store.drafts.load("visit/v1")
    assert draft is not None
    assert draft.parts["note/facts"] == text


def test_the_access_log_is_read_newest_first_and_by_subject(store: Store) -> None:
    store.access.record(AccessAct.OPENED, "family/f1")
    store.access.record(AccessAct.PRINTED, "visit/v1", "pages=2")
    assert [line.act for line in store.access.recent(2)] == [AccessAct.PRINTED, AccessAct.OPENED]
    assert [line.act for line in store.access.of("family/f1")] == [AccessAct.OPENED]


def test_a_confirmed_card_is_found_by_person_and_device(store: Store, other: Store) -> None:
    theirs = other.identity
    store.cards.add(theirs.card, theirs.card_signature, confirmed_at="2026-03-02T09:00:00.000Z")
    kept = store.cards.by_device(theirs.card.device)
    assert kept is not None
    assert kept == store.cards.by_person(theirs.card.person)
    assert store.cards.all() == (kept,)


def test_a_card_that_its_person_did_not_sign_is_refused(store: Store, other: Store) -> None:
    with pytest.raises(HomeVisitError, match=r"card\.bad_signature"):
        store.cards.add(other.identity.card, bytes(64), confirmed_at="2026-03-02T09:00:00.000Z")


def test_a_package_goes_from_waiting_to_sent_and_its_entries_are_not_offered_again(store: Store) -> None:
    entry = store.ledger.append([visit()])[0]
    me = store.identity.card
    assert store.packages.unsent(me.person) == 1
    row = store.packages.queue(outgoing(store, entry.id))
    assert (row.state, row.visits, store.packages.waiting()) == (PackageState.WAITING, 1, (row,))
    assert store.packages.unsent(me.person) == 1
    assert store.packages.mark_sent("p1", place="/media/stick").state is PackageState.SENT
    assert store.packages.unsent(me.person) == 0
    assert store.ledger.of_author(me.person, unless_sent_to="sam") == ()
    assert store.packages.next_place(me.device, store.identity.epoch) == (2, "p1" * 4)


def test_a_package_is_delivered_when_all_recipients_have_shown_its_head(store: Store, other: Store) -> None:
    entry = store.ledger.append([visit()])[0]
    store.packages.queue(outgoing(store, entry.id, to=(other.identity.card.device, "another")))
    store.packages.mark_sent("p1")
    head = (entry.envelope.device, entry.envelope.epoch, 1, entry.id)
    store.ledger.admit([], package=received(other, head=head))
    assert store.packages.outbox_row("p1").state is PackageState.SENT


def test_a_later_head_says_nothing_about_an_earlier_package(store: Store, other: Store) -> None:
    first, second = store.ledger.append([visit(), visit("v2")])
    to = (other.identity.card.device,)
    store.packages.queue(outgoing(store, first.id, to=to))
    store.packages.queue(outgoing(store, second.id, package="p2", to=to, seq=2))
    for package in ("p1", "p2"):
        store.packages.mark_sent(package)
    head = (second.envelope.device, second.envelope.epoch, 2, second.id)
    store.ledger.admit([], package=received(other, head=head))
    states = [store.packages.outbox_row(package).state for package in ("p1", "p2")]
    assert states == [PackageState.SENT, PackageState.DELIVERED]


def test_a_review_of_a_version_shows_that_its_package_arrived(store: Store, other: Store) -> None:
    entry = store.ledger.append([visit()])[0]
    store.packages.queue(outgoing(store, entry.id, to=(other.identity.card.device,)))
    store.packages.mark_sent("p1")
    other.ledger.admit([entry])
    store.ledger.admit(other.ledger.append([review("v1", entry.id)]))
    assert store.packages.outbox_row("p1").state is PackageState.DELIVERED


def test_a_received_package_is_one_row_however_often_it_comes(store: Store, other: Store) -> None:
    entries = other.ledger.append([family()])
    for _ in range(2):
        store.ledger.admit(entries, package=received(other))
    (row,) = store.packages.inbox()
    assert (row.new, row.known, row.code, row.sender_name) == (1, 0, "", "Sam Beech")
    assert store.packages.seen("q1")


def test_a_refused_file_is_listed_once_with_its_reason(store: Store) -> None:
    refused = RefusedFile(file_name="a\udcff.age", code="package.damaged", kept="/q/a.age", size=3)
    store.packages.refuse(refused)
    row = store.packages.refuse(refused)
    assert store.packages.inbox() == (row,)
    assert (row.code, store.packages.refused_count()) == ("package.damaged", 1)
    store.packages.forget_refused(row.id)
    assert store.packages.refused_count() == 0
