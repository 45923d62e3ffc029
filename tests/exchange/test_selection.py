"""What leaves fits into packages."""

from __future__ import annotations

import secrets

from hypothesis import given
from hypothesis import strategies as st

from homevisit.sync import selection
from tests.exchange.sealing_desks import Desks, new_desks

DESKS = new_desks()


@given(st.lists(st.integers(min_value=0, max_value=2000), max_size=30))
def test_batches_lose_nothing_and_keep_the_order(sizes: list[int]) -> None:
    entries = [DESKS.sender.entry({"note": "x" * size}) for size in sizes]
    cut = list(selection.batches(entries))
    assert [entry for batch in cut for entry in batch] == entries
    assert all(cut)


def test_many_large_entries_are_cut_into_packages_that_can_be_sealed(desks: Desks) -> None:
    entries = [desks.sender.entry({"note": secrets.token_hex(950_000)}) for _ in range(10)]
    cut = list(selection.batches(entries))
    assert [len(batch) for batch in cut] == [3, 3, 3, 1]


def test_one_entry_larger_than_a_batch_still_leaves(desks: Desks) -> None:
    entry = desks.sender.entry({"parts": ["\u0001" * 1_000_000] * 6})
    assert list(selection.batches([entry, entry])) == [(entry,), (entry,)]
