"""The ledger only grows, links what it holds, and takes in what others signed in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlcipher3 import dbapi2 as driver

from homevisit.clock import ManualClock
from homevisit.domain.entry import SIGNING_CONTEXT, Act, Entry, Kind
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.signatures import verify
from homevisit.storage.health import check
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store
from tests.storage.making import START, change, dump, family, person, reopened, visit


def test_an_entry_is_signed_chained_and_found_again(store: Store) -> None:
    first, second = store.ledger.append([family(), person("p1")])
    assert second.envelope.prev == first.id
    assert (first.envelope.seq, second.envelope.seq) == (1, 2)
    signed = SIGNING_CONTEXT + second.envelope.canonical()
    assert verify(store.identity.card.sign_key, second.signature, signed)
    assert store.ledger.entry(second.id) == second


def test_parents_default_to_the_versions_that_stand_also_within_one_batch(store: Store) -> None:
    first, second, third = store.ledger.append([visit(), visit(act=Act.AMEND), visit(act=Act.AMEND)])
    assert (second.envelope.parents, third.envelope.parents) == ((first.id,), (second.id,))
    assert store.ledger.heads("v1") == (third.id,)


def test_a_parent_of_another_record_is_refused_and_nothing_is_kept(store: Store) -> None:
    first = store.ledger.append([family()])[0]
    with pytest.raises(HomeVisitError, match=r"entry\.unknown_parent"):
        store.ledger.append([person("p1"), visit(parents=[first.id])])
    assert [entry.id for entry in store.ledger.all()] == [first.id]
    assert store.ledger.append([person("p1")])[0].envelope.seq == 2


def test_what_cannot_be_signed_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(HomeVisitError, match=r"entry\.not_canonical"):
        store.ledger.append([family(), visit(facts="lone \ud800")])
    assert list(store.ledger.all()) == []
    assert check(store) == ()


@pytest.mark.parametrize("statement", ["UPDATE entry SET author = 'x'", "DELETE FROM entry", "DELETE FROM access_log"])
def test_the_ledger_and_the_log_refuse_changes(store: Store, statement: str) -> None:
    store.ledger.append([family()])
    with pytest.raises(driver.IntegrityError, match="append-only"):
        store.database.change(statement)


def test_bodies_are_sealed_at_rest_under_the_family(store: Store) -> None:
    store.ledger.append([family(name="Marker Larch")])
    sealed = store.database.value_of("SELECT sealed FROM entry")
    assert b"Marker" not in sealed


def test_a_sealed_body_moved_to_another_entry_does_not_open(store: Store) -> None:
    one, two = store.ledger.append([visit("v1"), visit("v2", facts="other")])
    store.database.change("DROP TRIGGER entry_no_update")
    store.database.change(
        "UPDATE entry SET sealed = (SELECT sealed FROM entry WHERE id = ?) WHERE id = ?", (two.id, one.id)
    )
    found = store.ledger.entry(one.id)
    assert found is not None
    assert found.body is None


def test_a_generator_moves_the_clock_between_entries_of_one_batch(store: Store, clock: ManualClock) -> None:
    def history() -> object:
        for number in range(3):
            clock.set(START + timedelta(days=number))
            yield visit(f"v{number}")

    days = [entry.envelope.recorded_at[:10] for entry in store.ledger.append(history())]  # type: ignore[arg-type]
    assert days == ["2026-03-02", "2026-03-03", "2026-03-04"]


def test_a_clock_set_back_never_turns_the_logical_time(store: Store, clock: ManualClock) -> None:
    first = store.ledger.append([family()])[0]
    clock.set(START - timedelta(days=365))
    second = store.ledger.append([change(name="Elm")])[0]
    assert second.envelope.hlc > first.envelope.hlc
    assert second.envelope.recorded_at < first.envelope.recorded_at


def test_ten_thousand_entries_in_one_millisecond_keep_their_order(store: Store) -> None:
    stamp = "2026-03-02T09:00:00.000Z-9998"
    store.ledger.chain.place = store.ledger.chain.place.seen(stamp)
    times = [entry.envelope.hlc for entry in store.ledger.append([visit(f"v{n}") for n in range(4)])]
    assert times == sorted({stamp, *times})[1:]


def test_admitting_is_idempotent_and_counts_what_was_new(store: Store, other: Store) -> None:
    entries = store.ledger.append([family(), person("p1"), visit()])
    first, second = other.ledger.admit(entries), other.ledger.admit(entries)
    assert (first.new, first.known, first.held) == (3, 0, 0)
    assert (second.new, second.known, second.held) == (0, 3, 0)
    assert dump(other.database) == dump(store.database)


def test_a_child_that_comes_before_its_parent_is_held_and_then_shown(store: Store, other: Store) -> None:
    first, second = store.ledger.append([visit(), visit(facts="Better", act=Act.AMEND)])
    assert other.ledger.admit([second]).held == 1
    assert other.views.visit("v1") is None
    assert other.ledger.held("v1") == (second,)
    other.ledger.admit([first])
    assert other.ledger.held("v1") == ()
    assert dump(other.database) == dump(store.database)


@pytest.mark.parametrize("change", [{"id": "0" * 64}, {"body": {"family": "f1"}}, {"salt": bytes(32)}])
def test_a_damaged_entry_refuses_the_whole_admission(store: Store, other: Store, change: dict[str, object]) -> None:
    good, bad = store.ledger.append([family(), visit()])
    with pytest.raises(HomeVisitError, match=r"entry\.damaged"):
        other.ledger.admit([good, replace(bad, **change)])  # type: ignore[arg-type]
    assert list(other.ledger.all()) == []


@pytest.mark.parametrize("stamp", ["soon", "9999-12-31T23:59:59.999Z-0000", "2026-03-02T09:00:00.000Z-x"])
def test_a_logical_time_that_leaves_no_later_one_is_refused(store: Store, other: Store, stamp: str) -> None:
    entry = store.ledger.append([family()])[0]
    envelope = replace(entry.envelope, hlc=stamp)
    with pytest.raises(HomeVisitError, match=r"entry\.bad_time"):
        other.ledger.admit([replace(entry, envelope=envelope, id=envelope.id())])


def test_the_vector_names_the_last_entry_of_every_chain(store: Store) -> None:
    entries = store.ledger.append([family(), person("p1"), visit()])
    chain = (store.identity.card.device, store.identity.epoch)
    assert store.ledger.vector() == {chain: (3, entries[-1].id)}
    assert store.ledger.of_author(store.identity.card.person) == entries
    assert store.ledger.of_author("nobody") == ()


def test_the_same_place_claimed_twice_is_kept_twice_and_shown(store: Store, other: Store) -> None:
    entry = store.ledger.append([family()])[0]
    envelope = replace(entry.envelope, reason="a copied store")
    twin = replace(entry, envelope=envelope, id=envelope.id())
    other.ledger.admit([entry, twin])
    assert [set(fork.entries) for fork in other.ledger.forks()] == [{entry.id, twin.id}]
    assert "store.fork" in {finding.code for finding in check(other)}


def test_own_entries_that_come_back_from_others_start_a_new_epoch(store: Store) -> None:
    epoch = store.identity.epoch
    entry = store.ledger.append([family()])[0]
    envelope = replace(entry.envelope, seq=2, prev=entry.id, record="f2")
    store.ledger.admit([replace(entry, envelope=envelope, id=envelope.id())])
    assert store.identity.epoch != epoch
    assert store.ledger.append([change(name="Elm")])[0].envelope.seq == 1


def test_an_erased_family_leaves_a_chain_without_words(store: Store) -> None:
    entries = store.ledger.append([family(name="Marker"), visit(facts="Marker text")])
    store.drafts.save("visit/v2", "note/facts", "Marker draft", family="f1")
    store.ledger.erase_family("f1")
    assert [entry.body for entry in store.ledger.all()] == [None, None]
    assert "Marker" not in repr(dump(store.database))
    assert store.search.query("Marker") == ()
    assert store.drafts.all() == ()
    assert all(b"arker" not in block for (block,) in store.database.rows_of("SELECT block FROM search_data"))
    assert [version.erased and version.genuine for version in store.history("v1")] == [True]
    assert check(store) == ()
    assert len(entries) == 2


def test_an_erased_family_stays_erased_when_its_entries_arrive_again(store: Store, other: Store) -> None:
    entries = store.ledger.append([family(), visit(facts="Marker text")])
    other.ledger.erase_family("f1")
    other.ledger.admit(entries)
    assert "Marker" not in repr(dump(other.database))
    assert all(entry.body is None for entry in other.ledger.all())


def test_entries_of_one_record_with_two_kinds_do_not_disturb_each_other(store: Store) -> None:
    action = NewEntry(record="f1", kind=Kind.ACTION, act=Act.SIGN, family="f1", body={"set": {"what": "call"}})
    store.ledger.append([family(), action])
    assert check(store) == ()


def test_the_place_in_the_chain_survives_closing(home: Home, store: Store) -> None:
    last = store.ledger.append([family()])[0]
    store.close()
    opened = reopened(home)
    following: Entry = opened.ledger.append([change(name="Elm")])[0]
    assert (following.envelope.prev, following.envelope.seq) == (last.id, 2)
    opened.close()
