"""Pack files: the published example, and hostile ones, each refused with a code."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from homevisit.domain.canonical import canonical, digest
from homevisit.domain.prompt_pack import CONTEXT, PackManifest
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.packs import pack_file, read_manifest, read_pack
from homevisit.signatures import sign

DOCS = Path(__file__).parents[2] / "docs"
Vectors = dict[str, Any]


@pytest.fixture
def whole(vectors: Vectors) -> Vectors:
    """The published pack as an object that may be changed."""
    found: Vectors = json.loads(vectors["pack"]["file"])
    return found


@pytest.fixture
def key(vectors: Vectors) -> bytes:
    return bytes.fromhex(vectors["keys"]["device_private"])


def signed(whole: Vectors, key: bytes) -> bytes:
    """The pack with whatever it holds now, signed by its real signer."""
    whole["signature"] = sign(key, CONTEXT + canonical(whole["manifest"])).hex()
    return canonical(whole)


def code(data: bytes) -> str:
    with pytest.raises(HomeVisitError) as refusal:
        read_pack(data)
    return refusal.value.code


def with_set(whole: Vectors, key: bytes, text: str) -> bytes:
    whole["sets"] = [text]
    whole["manifest"]["sets"][0]["sha256"] = digest(text.encode())
    return signed(whole, key)


def test_the_published_pack(vectors: Vectors, key: bytes) -> None:
    known = vectors["pack"]
    pack = read_pack(known["file"].encode())
    assert canonical(pack.manifest.to_json()).decode() == known["manifest_canonical"]
    assert pack.manifest == read_manifest(known["manifest"])
    assert (pack.manifest.id, pack.signature.hex()) == (known["id"], known["signature"])
    assert pack_file(pack.manifest, pack.contents, signer=pack.signer, key=key) == known["file"].encode()


def test_the_page_shows_the_same_values(vectors: Vectors) -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert vectors["pack"]["id"] in page
    assert vectors["pack"]["signature"] in page


def test_any_flipped_bit_is_refused(vectors: Vectors) -> None:
    data, dice = vectors["pack"]["file"].encode(), random.Random(4)
    for _ in range(200):
        flipped = bytearray(data)
        flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        assert code(bytes(flipped)).startswith("pack.")


@pytest.mark.parametrize("kept", [0, 1, 7, 200, 900, -1])
def test_a_truncated_file_is_no_pack(vectors: Vectors, kept: int) -> None:
    assert code(vectors["pack"]["file"].encode()[:kept]) == "pack.not_a_pack"


def test_what_is_too_large_is_refused_before_it_is_read(whole: Vectors, key: bytes) -> None:
    assert code(b" " * (limits.PACK_BYTES + 1)) == "pack.too_large"
    assert code(with_set(whole, key, '"' + "x" * limits.PACK_SET_BYTES + '"')) == "pack.too_large"


def test_white_space_and_keys_twice_are_refused(vectors: Vectors) -> None:
    text = vectors["pack"]["file"]
    assert code(text.replace('"format":1', '"format": 1').encode()) == "pack.not_a_pack"
    assert code(text.replace('"format":1', '"format":1,"format":1', 1).encode()) == "pack.not_a_pack"
    assert code(b"[" * 100_000) == "pack.not_a_pack"


def test_a_newer_pack_is_told_from_a_broken_one(whole: Vectors, key: bytes) -> None:
    assert code(canonical({**whole, "format": 2})) == "pack.newer"
    whole["manifest"]["format"] = 2
    assert code(signed(whole, key)) == "pack.newer"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("name", ""),
        ("name", "Sleep\nSleep"),
        ("name", "x" * 201),
        ("version", "1 0"),
        ("organisation", "\u202eTrust"),
        ("languages", ["en-GB", "en-GB"]),
        ("made_at", "yesterday"),
        ("sets", []),
        ("extra", 1),
    ],
)
def test_a_manifest_keeps_to_its_form(whole: Vectors, key: bytes, member: str, value: object) -> None:
    whole["manifest"][member] = value
    assert code(signed(whole, key)) == "pack.malformed"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("url", "file:///etc/passwd"),
        ("url", "https://trust.example/Questionnaire/"),
        ("url", "https://trust.example/a b/sleep"),
        ("url", "https://trust.example/Questionnaire/sleep|1"),
        ("version", ""),
        ("title", "\x07"),
        ("licence", ""),
        ("sha256", "00"),
        ("extra", 1),
    ],
)
def test_a_set_keeps_to_its_form(whole: Vectors, key: bytes, member: str, value: object) -> None:
    whole["manifest"]["sets"][0][member] = value
    assert code(signed(whole, key)) == "pack.malformed"


def test_another_signature_another_card_and_a_swapped_set_are_refused(whole: Vectors) -> None:
    assert code(canonical({**whole, "signature": "00" * 64})) == "pack.signature"
    card = {**whole["card"], "card": {**whole["card"]["card"], "name": "Somebody Else"}}
    assert code(canonical({**whole, "card": card})) == "pack.card"
    assert code(canonical({**whole, "sets": [whole["sets"][0].replace("baby", "child")]})) == "pack.changed"
    assert code(canonical({**whole, "sets": []})) == "pack.malformed"
    assert code(canonical({**whole, "sets": [7]})) == "pack.malformed"


@pytest.mark.parametrize("text", ["", "not JSON", '{"a":1,"a":2}', "[" * 70 + "]" * 70, '{"a":NaN}'])
def test_a_set_that_could_be_read_in_two_ways_is_refused(whole: Vectors, key: bytes, text: str) -> None:
    assert code(with_set(whole, key, text)) == "pack.set_unreadable"


def test_a_set_comes_out_byte_for_byte(whole: Vectors, key: bytes) -> None:
    text = '{ "resourceType": "Questionnaire",\n "decimal": 1.50 }\n'
    assert read_pack(with_set(whole, key, text)).contents == (text.encode(),)


def test_a_pack_without_an_organisation_is_not_written(vectors: Vectors, key: bytes) -> None:
    pack = read_pack(vectors["pack"]["file"].encode())
    manifest = PackManifest(
        name="Sleep", version="1", organisation="", languages=(), made_at=pack.manifest.made_at, sets=pack.manifest.sets
    )
    with pytest.raises(HomeVisitError, match=r"pack\.malformed"):
        pack_file(manifest, pack.contents, signer=pack.signer, key=key)
