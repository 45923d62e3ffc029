"""What leaves concerns the person it goes to, and fits into packages."""

from __future__ import annotations

import secrets

from hypothesis import given
from hypothesis import strategies as st

from homevisit.domain.canonical import JsonObject
from homevisit.domain.entry import Kind
from homevisit.sync import selection
from tests.exchange.sealing_desks import Desks, new_desks

DESKS = new_desks()


def test_a_review_goes_only_to_the_author_of_the_version_read(desks: Desks) -> None:
    review = desks.reader.entry({"version": "version-1"}, kind=Kind.REVIEW)
    authors = {"version-1": desks.sender.card.person}
    for desk, expected in ((desks.sender, (review,)), (desks.stranger, ())):
        found = selection.entries_for(desk.card, [review], author_of=lambda version: authors.get(version, ""))
        assert found == expected


def test_a_review_of_an_unknown_version_or_without_body_goes_to_nobody(desks: Desks) -> None:
    bodies: list[JsonObject] = [{"version": "gone"}, {"version": ""}, {"version": 7}]
    reviews = [desks.reader.entry(body, kind=Kind.REVIEW) for body in bodies]
    assert selection.entries_for(desks.sender.card, reviews, author_of=lambda _: "") == ()


def test_other_records_go_to_whom_was_chosen_in_their_order(desks: Desks) -> None:
    entries = [desks.sender.entry(kind=kind) for kind in Kind if kind is not Kind.REVIEW]
    assert selection.entries_for(desks.reader.card, entries, author_of=lambda _: "") == tuple(entries)


@given(st.lists(st.integers(min_value=0, max_value=2000), max_size=30))
def test_batches_lose_nothing_and_keep_the_order(sizes: list[int]) -> None:
    entries = [DESKS.sender.entry({"note": "x" * size}) for size in sizes]
    cut = list(selection.batches(entries))
    assert [entry for batch in cut for entry in batch] == entries
    assert all(cut)


def test_many_large_entries_are_cut_into_packages_that_can_be_sealed(desks: Desks) -> None:
    entries = [desks.sender.entry({"note": secrets.token_hex(1_900_000)}) for _ in range(10)]
    cut = list(selection.batches(entries))
    assert [len(batch) for batch in cut] == [3, 3, 3, 1]


def test_one_entry_larger_than_a_batch_still_leaves(desks: Desks) -> None:
    entry = desks.sender.entry({"parts": ["\u0001" * 1_000_000] * 6})
    assert list(selection.batches([entry, entry])) == [(entry,), (entry,)]
