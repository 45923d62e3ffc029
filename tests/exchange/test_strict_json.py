"""JSON from outside is read in one way only, or refused."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homevisit.domain.canonical import canonical
from homevisit.errors import HomeVisitError
from homevisit.exchange.strict_json import read_canonical, read_object

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcxyz", max_size=4), PLAIN, max_size=5))
def test_what_is_canonical_comes_back(value: dict[str, object]) -> None:
    assert read_canonical(canonical(value), code="x") == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    # Any other exception ends the test.
    with contextlib.suppress(HomeVisitError):
        assert isinstance(read_object(data, code="some.code"), dict)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{} {}",
        b"\xef\xbb\xbf{}",
        b'{"a":1,"a":1}',
        b'{"a":1,"\\u0061":1}',
        b'{"a":{"b":1,"b":2}}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":"\xff"}',
        b'{"a":"' + b"x" * 4_194_305 + b'"}',
        b'{"a":' + b"[" * 33 + b"]" * 33 + b"}",
        b'{"a":' * 200_000,
        b"[" * 1_000_000,
        b'{"a":"unfinished',
        b'{"a":"tab\tinside"}',
    ],
)
def test_ambiguous_or_oversized_json_is_refused(data: bytes) -> None:
    with pytest.raises(HomeVisitError, match=r"^x"):
        read_object(data, code="x")


@pytest.mark.parametrize("data", [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":-0}', b'{"a":"\\u0041"}', b'{"a":"\\ud800"}'])
def test_what_is_not_in_canonical_form_is_refused(data: bytes) -> None:
    with pytest.raises(HomeVisitError, match=r"^x"):
        read_canonical(data, code="x")


def test_brackets_inside_texts_do_not_count_as_depth() -> None:
    assert read_canonical(b'{"a":"' + b"[{" * 1000 + b'"}', code="x") == {"a": "[{" * 1000}


@pytest.mark.parametrize("piece", [b'\\"', b'"\\', b'"', b"\\", b'{"'])
def test_the_depth_check_takes_time_in_proportion(piece: bytes) -> None:
    data = b'{"a":"' + piece * 400_000
    started = time.process_time()
    with pytest.raises(HomeVisitError):
        read_object(data, code="x")
    assert time.process_time() - started < 2


def test_the_deepest_that_may_be_signed_can_be_read() -> None:
    value: object = "leaf"
    for _ in range(31):
        value = [value]
    assert read_canonical(canonical({"a": value}), code="x") == {"a": value}
