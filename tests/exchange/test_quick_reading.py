"""What is read quickly is exactly what is read thoroughly: where the quick way is not certain it gives no verdict."""

from __future__ import annotations

import random
from dataclasses import replace

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homevisit.domain.canonical import DEEPEST, LARGEST_INTEGER, canonical
from homevisit.domain.card import Desk
from homevisit.errors import HomeVisitError
from homevisit.exchange import strict_json
from homevisit.exchange.entries import _plain_envelope, envelope_from_json
from homevisit.exchange.strict_json import read_canonical
from tests.exchange.sealing_desks import first_envelope, new_desk

SEED = 20
PIECES = (
    *(b'"', b"\\", b"{", b"}", b"[", b"]", b":", b",", b"0", b"-", b"1", b"9007199254740993", b"1.5", b"1e3", b".0"),
    *(b"true", b"null", b"NaN", b" ", b"\n", b"\x00", b"\xc3\xa9", b"\xed\xa0\x80", b"\xff", b'"a":', b'"\xc3\xa9":'),
    *(b"\\u0041", b"\\ud800", b"\\/", b"\\n", b'\\"', b"\\\\", b'"a"', b"[[[", b"]]]", b'{"a":1}', b"False", b"tru"),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('abc_":\\', max_size=3), inner, max_size=4),
    max_leaves=20,
)


def thoroughly(data: bytes) -> object:
    """What the thorough way gives; its refusal as a text."""
    try:
        return strict_json._read_thoroughly(data, code="x")
    except HomeVisitError as refusal:
        return str(refusal)


def mutants(originals: list[bytes], rounds: int) -> list[bytes]:
    """Bytes with pieces put in, taken out or put in place of others."""
    chance, found = random.Random(SEED), []
    for number in range(rounds):
        data = originals[number % len(originals)]
        for _ in range(chance.randrange(1, 4)):
            start = chance.randrange(len(data) + 1)
            end = min(len(data), start + chance.choice((0, 0, 1, 2, 5)))
            data = data[:start] + chance.choice(PIECES) * chance.choice((1, 1, 1, 40)) + data[end:]
        found.append(data)
    return found


@given(st.dictionaries(st.text("abcxyz", max_size=4), ANY, max_size=5))
@settings(max_examples=80)
def test_what_is_canonical_is_read_alike_both_ways(value: dict[str, object]) -> None:
    data = canonical(value)
    quickly = strict_json._read_quickly(data)
    assert quickly in (None, thoroughly(data))
    assert read_canonical(data, code="x") == value


def test_a_long_body_is_read_quickly() -> None:
    items = [
        {"answer": [{"valueString": f"“{number}” said Zoë: \\ \n"}], "linkId": str(number)} for number in range(90)
    ]
    data = canonical({"item": items, "n": [1, None, True, -5], "deep": [[[[[[]]]]]]})
    assert strict_json._read_quickly(data) == thoroughly(data)


def test_no_mutant_is_read_quickly_that_would_be_refused_thoroughly() -> None:
    body = {"note": {"facts": 'Zoë “said” \\ " \n'}, "n": [1, -5, None, True, False], "item": [{"a": {"b": "[{:"}}]}
    originals = [canonical(body), canonical({"a": "é" * 20, "z": []}), b'{"a":1}', b"{}"]
    read = [
        (data, quickly)
        for data in mutants(originals, 20_000)
        if (quickly := strict_json._read_quickly(data)) is not None
    ]
    assert len(read) > 100, "some mutants are canonical"
    assert all(thoroughly(data) == quickly for data, quickly in read)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":9007199254740992}',
        b'{"a":1,"a":1}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":"\\u00e9"}',
        b'{"a":"\xed\xa0\x80"}',
        '{"é":1}'.encode(),
        '{"a\\"é":1}'.encode(),
        '{"a":{"é\\\\":1}}'.encode(),
        b'{"a":NaN}',
        b"[]",
        b'{"a":' + b"[" * DEEPEST + b"1" + b"]" * DEEPEST + b"}",
    ],
)
def test_what_is_not_canonical_is_never_read_quickly(data: bytes) -> None:
    assert strict_json._read_quickly(data) is None
    with pytest.raises(HomeVisitError):
        read_canonical(data, code="x")


def test_every_character_is_written_alike_by_both_writers() -> None:
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    for start in range(0, len(everything), 4096):
        text = everything[start : start + 4096]
        assert orjson.dumps([text]) == canonical([text])


ENVELOPE = replace(
    first_envelope(new_desk("Ada", Desk.PRACTITIONER).card), parents=("ab" * 32, "cd" * 32), body_digest="ef" * 32
)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"parents": ()},
        {"reason": "Wrong day; “sorry”"},
        {"family": ""},
        {"seq": LARGEST_INTEGER, "prev": "12" * 32},
    ],
)
def test_a_plain_envelope_is_read_as_field_by_field(changes: dict[str, object]) -> None:
    envelope = replace(ENVELOPE, **changes)  # type: ignore[arg-type]
    assert _plain_envelope(envelope.canonical()) == envelope


@pytest.mark.parametrize(
    "changes",
    [
        {"parents": ("ab" * 32, "ab" * 32)},
        {"parents": tuple(f"{number:064x}" for number in range(257))},
        {"recorded_at": "2026-02-30T09:30:00.000Z"},
        {"seq": 0},
        {"seq": LARGEST_INTEGER + 1},
        {"record": "UPPER"},
        {"author": ""},
    ],
)
def test_an_envelope_that_is_refused_is_no_plain_one(changes: dict[str, object]) -> None:
    head = orjson.dumps(replace(ENVELOPE, **changes).to_json(), option=orjson.OPT_SORT_KEYS)  # type: ignore[arg-type]
    assert _plain_envelope(head) is None


def test_no_mutant_of_an_envelope_is_plain_that_would_be_refused() -> None:
    plain = 0
    for data in mutants([ENVELOPE.canonical()], 10_000):
        envelope = _plain_envelope(data)
        if envelope is not None:
            plain += 1
            assert envelope == envelope_from_json(read_canonical(data, code="x"))
    assert plain > 20, "some mutants are still envelopes"
