"""Canonical JSON: equal values have equal bytes, and what cannot be signed is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homevisit.domain.canonical import DEEPEST, LARGEST_INTEGER, canonical
from homevisit.errors import HomeVisitError

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
KEYS = st.text(alphabet=st.characters(max_codepoint=127), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))


@given(VALUES)
def test_what_is_read_back_has_the_same_bytes(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(KEYS, SCALARS, max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), LARGEST_INTEGER + 1, "\ud800", {"é": 1}, {1: 1}, b"bytes", {"a": {2}}],
    ids=repr,
)
def test_what_may_not_be_signed_is_refused(value: object) -> None:
    with pytest.raises(HomeVisitError, match="not_canonical"):
        canonical(value)


def test_depth_is_bounded() -> None:
    value: object = "deep"
    for _ in range(DEEPEST + 1):
        value = [value]
    with pytest.raises(HomeVisitError, match="not_canonical"):
        canonical(value)


def test_control_characters_are_written_as_rfc_8785_says() -> None:
    assert canonical('\x00\x1f\x7f"\\\n€') == '"\\u0000\\u001f\x7f\\"\\\\\\n€"'.encode()
