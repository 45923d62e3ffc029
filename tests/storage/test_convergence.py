"""The same set of entries gives the same read models, whatever the order, the batches and the road they came by."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from homevisit.clock import ManualClock
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.merge import visible
from homevisit.paths import Home
from homevisit.storage.health import check
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store
from tests.storage.making import START, change, dump, family, made, person, review, visit

FIELDS = st.dictionaries(st.sampled_from(["name", "phone", "address", "level"]), st.sampled_from(["", "a", "b"]))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("family"), st.integers(0, 1), FIELDS),
        st.tuples(st.just("person"), st.integers(0, 1), FIELDS),
        st.tuples(st.just("visit"), st.integers(0, 1), st.sampled_from([Act.SIGN, Act.AMEND, Act.WITHDRAW])),
        st.tuples(st.just("action"), st.integers(0, 1), st.booleans()),
        st.tuples(st.just("review"), st.integers(0, 1), st.sampled_from(["send-back", "read-no-action"])),
        st.tuples(st.just("meet"), st.integers(0, 1), st.none()),
    ),
    max_size=14,
)


@contextmanager
def desks(count: int) -> Iterator[list[Store]]:
    with tempfile.TemporaryDirectory() as folder:
        stores = [made(Home(Path(folder) / str(number)), ManualClock(START)).store for number in range(count)]
        try:
            yield stores
        finally:
            for store in stores:
                store.close()


def take_step(stores: list[Store], step: tuple[str, int, object]) -> None:
    what, desk, value = step
    store = stores[desk]
    if what == "meet":
        store.ledger.admit(list(stores[1 - desk].ledger.all()))
    elif what == "review":
        heads = store.ledger.heads("v1")
        store.ledger.append([review("v1", head, str(value)) for head in heads[:1]])
    else:
        store.ledger.append([new_entry(what, value)])


def new_entry(what: str, value: object) -> NewEntry:
    if what == "visit":
        planned = [{"id": "a1", "what": "Call", "due": "2026-03-05"}]
        return visit(facts=f"facts {value}", act=Act(str(value)), actions=planned)
    if what == "action":
        return change("a1", Kind.ACTION, done=bool(value), family="f1")
    fields = value if isinstance(value, dict) else {}
    return family(**fields) if what == "family" else person("p1", **fields)


@settings(max_examples=25)
@given(steps=STEPS, seed=st.integers(0, 2**32))
def test_any_order_and_a_rebuild_give_the_same_read_models(steps: list[tuple[str, int, object]], seed: int) -> None:
    with desks(3) as (*writers, reader):
        for step in steps:
            take_step(writers, step)
        entries = [entry for store in writers for entry in store.ledger.all()]
        arrive(reader, entries, random.Random(seed))
        for store in writers:
            store.ledger.admit(entries)
        expected = dump(reader.database)
        reader.rebuild()
        assert dump(reader.database) == expected
        assert [dump(store.database) == expected for store in writers] == [True, True]
        assert check(reader) == ()


def arrive(reader: Store, entries: list[Entry], chance: random.Random) -> None:
    """Everything at least once, in any order and any batches, some of it twice."""
    waiting = entries + chance.sample(entries, len(entries) // 2)
    chance.shuffle(waiting)
    while waiting:
        size = chance.randint(1, 4)
        reader.ledger.admit(waiting[:size])
        waiting = waiting[size:]


@settings(max_examples=15)
@given(steps=STEPS, seed=st.integers(0, 2**32))
def test_a_child_is_never_seen_without_its_parents(steps: list[tuple[str, int, object]], seed: int) -> None:
    with desks(3) as (*writers, reader):
        for step in steps:
            take_step(writers, step)
        entries = list({entry.id: entry for store in writers for entry in store.ledger.all()}.values())
        random.Random(seed).shuffle(entries)
        reader.ledger.admit(entries[: len(entries) // 2])
        before = dump(reader.database)
        reader.rebuild()
        assert dump(reader.database) == before
        shown = {entry.id for record in ("f1", "p1", "v1", "a1") for entry in reader.ledger.history(record)}
        by_id = {entry.id: entry for entry in entries}
        assert all(parent in shown for entry in shown for parent in by_id[entry].envelope.parents)
        assert visible(entries) == visible(sorted(entries, key=lambda entry: entry.id))
