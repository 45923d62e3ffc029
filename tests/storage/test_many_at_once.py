"""Many entries taken in at once leave the store as one by one: read models, search index, guards and counts."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from homevisit.domain.entry import Act, Entry
from homevisit.exchange.entries import read_entries, write_entries
from homevisit.exchange.preparing import prepared
from homevisit.packed import MAGIC, BodyPacker
from homevisit.storage import triggers
from homevisit.storage.folding import CHUNK, MANY
from homevisit.storage.health import check
from homevisit.storage.store import Store
from tests.storage.making import change, dump, family, person, review, visit

VISITS = CHUNK + 30


def told(store: Store) -> list[Entry]:
    """A family, more visits than are folded at a time, some of them amended, withdrawn or reviewed."""
    store.ledger.append([family(), person("p1"), change(phone="01632 960000")])
    store.ledger.append([visit(f"v{number}", f"Seen on day {number}") for number in range(VISITS)])
    store.ledger.append([visit(f"v{number}", f"Corrected {number}", Act.AMEND) for number in range(0, VISITS, 3)])
    store.ledger.append([visit(f"v{number}", "Wrong family", Act.WITHDRAW) for number in range(0, VISITS, 50)])
    entries = list(store.ledger.all())
    store.ledger.append([review("v1", entry.id) for entry in entries if entry.envelope.record == "v1"])
    return list(store.ledger.all())


def one_by_one(store: Store, entries: Sequence[Entry]) -> None:
    for entry in entries:
        store.ledger.admit([entry])


def found(store: Store, word: str) -> set[str]:
    return {hit.record for hit in store.search.query(word, limit=VISITS)}


@pytest.mark.parametrize("portions", [1, 2, 3])
def test_many_at_once_are_as_one_by_one(store: Store, other: Store, portions: int) -> None:
    entries = told(store)
    random.Random(portions).shuffle(entries)
    size = -(-len(entries) // portions)
    results = [other.ledger.admit(entries[start : start + size]) for start in range(0, len(entries), size)]
    assert sum(result.new for result in results) == len(entries)
    assert dump(other.database) == dump(store.database)
    for word in ("Corrected", "Seen", "Wren", "Larch", "Wrong"):
        assert found(other, word) == found(store, word)
    assert check(other) == ()


def test_bodies_that_were_prepared_elsewhere_leave_the_same(store: Store, other: Store) -> None:
    written, packer = told(store), BodyPacker()
    entries = read_entries(write_entries(written), count=len(written))
    for entry in entries:
        entry.prepare(prepared(entry, packer))
    assert other.ledger.admit(entries).new == len(entries)
    assert dump(other.database) == dump(store.database)
    assert [entry.body for entry in other.ledger.all()] == [entry.body for entry in store.ledger.all()]
    assert check(other) == ()


def test_few_in_one_go_are_as_many_in_one_go(store: Store, other: Store) -> None:
    entries = told(store)[: MANY * 2]
    one_by_one(other, entries)
    whole = dump(other.database)
    other.rebuild()
    assert dump(other.database) == whole
    assert check(other) == ()


def test_what_lacks_a_parent_is_counted_as_held(store: Store, other: Store) -> None:
    entries = told(store)
    amended = [entry for entry in entries if entry.envelope.parents]
    first = [entry for entry in entries if not entry.envelope.parents]
    assert other.ledger.admit(amended).held == len(amended)
    assert other.ledger.admit(first).held == 0
    assert dump(other.database) == dump(store.database)


def test_an_import_that_fails_half_way_leaves_guards_and_index_as_they_were(store: Store, other: Store) -> None:
    entries = told(store)
    other.ledger.append([family("f9", name="Hazel")])
    before = dump(other.database)

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        other.ledger.append([visit(f"w{number}") for number in range(MANY * 2)], also=fail)
    assert dump(other.database) == before
    triggers.compare(other.database)
    other.ledger.admit(entries)
    assert found(other, "Hazel") == {"f9"}
    assert check(other) == ()


def test_a_body_at_rest_is_packed_and_an_earlier_one_is_still_read(store: Store) -> None:
    words = "Fed twice, slept, woke, smiled. " * 40
    entry = store.ledger.append([visit("v1", words)])[0]
    sealed = store.database.value_of("SELECT sealed FROM entry WHERE id = ?", (entry.id,))
    assert len(sealed) < len(words) / 4
    contents = store.ledger._contents
    text = entry.body_bytes()
    assert text is not None
    assert not text.startswith(MAGIC)
    cipher = contents._cipher("f1", make=False)
    assert cipher is not None
    as_before = bytes(12) + cipher.encrypt(bytes(12), text, entry.id.encode())
    assert contents.open("f1", entry.id, as_before) == text == contents.open("f1", entry.id, sealed)
