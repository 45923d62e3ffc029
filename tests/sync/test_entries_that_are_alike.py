"""Entries that the rules cannot tell apart are asked about once: the answer has to be the same for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product

import pytest

from homevisit.domain.entry import Kind
from homevisit.sync.audience import Concern, alike, reasons

ME, COLLEAGUE, OTHER, SUPERVISOR = "me", "colleague", "other", "supervisor"
CIRCLES = {
    "mine": {ME: "", COLLEAGUE: "s1"},
    "mine too": {ME: "s2", OTHER: ""},
    "handed over": {COLLEAGUE: "s3"},
    "foreign": {OTHER: ""},
}


@dataclass(frozen=True)
class Known:
    """The facts of one desk, with a supervisor or without."""

    supervised: bool
    me: str = ME

    def supervisors(self) -> frozenset[str]:
        return frozenset({SUPERVISOR}) if self.supervised else frozenset()

    def circle(self, family: str) -> dict[str, str]:
        return CIRCLES[family]

    def shared_by_me(self, family: str) -> bool:
        return family == "handed over"

    def author_of(self, version: str) -> str:
        return version

    def have_written(self, record: str) -> bool:
        return record == "written"


CONCERNS = [
    Concern(
        id=f"{kind}/{family}/{author}/{record}", record=record, kind=kind, family=family, author=author, about=OTHER
    )
    for kind, family, author, record in product(Kind, CIRCLES, (ME, COLLEAGUE, SUPERVISOR), ("written", "read"))
]


@pytest.mark.parametrize("supervised", [True, False])
def test_the_same_answer_for_all_that_are_alike(supervised: bool) -> None:
    facts = Known(supervised)
    pairs = [pair for pair in combinations(CONCERNS, 2) if alike(pair[0], facts) == alike(pair[1], facts) is not None]
    assert len(pairs) > len(CONCERNS), "much is alike"
    assert all(reasons(one, facts) == reasons(other, facts) for one, other in pairs)


def test_a_review_and_a_share_have_an_answer_of_their_own() -> None:
    alone = {concern.kind for concern in CONCERNS if alike(concern, Known(supervised=True)) is None}
    assert alone == {Kind.REVIEW, Kind.SHARE}
