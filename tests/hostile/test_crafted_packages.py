"""Packages made with intent: replays, re-addressing, bombs and lies. Each is refused fast, small and with its code."""

from __future__ import annotations

import base64
import os
import struct
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyrage
import pytest
import zstandard

from homevisit.domain.canonical import canonical
from homevisit.exchange import body, limits
from homevisit.exchange.age_header import check_header
from homevisit.exchange.entries import write_entries
from homevisit.exchange.package import read_frame
from homevisit.exchange.padding import padded_length
from tests.hostile.forge import Forge

PREFIX = b"age-encryption.org/v1\n"
STANZA = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
MAC = b"--- " + b"C" * 43 + b"\n"


@pytest.fixture(autouse=True)
def quick_and_small() -> Iterator[None]:
    """Every refusal here is quick and takes little memory, however large the thing it refuses claims to be."""
    tracemalloc.start()
    started = time.process_time()
    yield
    taken, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 3  # far below a second on a free machine
    assert peak < 100_000_000


def bomb(size: int, **settings: int) -> bytes:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, **settings)
    return zstandard.ZstdCompressor(compression_params=parameters).compress(bytes(size))


def with_raw(forge: Forge, raw: bytes, *, count: int) -> str:
    packed = body.compress(raw)
    return forge.verdict(forge.sealed(packed, entry_count=count, raw_len=len(raw)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04" + bytes(100),
        b"SQLite format 3\x00" + bytes(100),
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        b"age-encryption.org/v2\n" + STANZA + MAC,
        b" " + PREFIX + STANZA + MAC,
    ],
)
def test_a_file_of_another_kind_is_no_package(forge: Forge, data: bytes) -> None:
    assert forge.verdict(data) == "package.not_a_package"


@pytest.mark.parametrize(
    "header",
    [
        MAC,
        b"-> scrypt " + b"A" * 22 + b" 23\n" + b"B" * 43 + b"\n" + MAC,
        STANZA + b"-> scrypt " + b"A" * 22 + b" 23\n" + b"B" * 43 + b"\n" + MAC,
        b"-> ssh-ed25519 AAAA " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n" + MAC,
        b"-> ssh-rsa AAAA\n" + b"B" * 64 + b"\n\n" + MAC,
        b"-> piv-p256 AAAA BBBB\n" + b"B" * 43 + b"\n" + MAC,
        b"-> X25519 " + b"A" * 43 + b" extra\n" + b"B" * 43 + b"\n" + MAC,
        b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 64 + b"\n" + b"B" * 22 + b"\n" + MAC,
        STANZA * 40 + b"-> x-grease\n\n" + MAC,
        STANZA * 41 + MAC,
        STANZA + b"-> a-grease\n\n-> b-grease\n\n" + MAC,
        b"-> a-grease\n\n" + STANZA + MAC,
        STANZA + b"-> scrypt-grease" + b" a" * 9 + b"\n\n" + MAC,
        STANZA + b"-> x-grease\n" + (b"B" * 64 + b"\n") * 9 + b"\n" + MAC,
        STANZA + b"-> x-grease\n" + b"B" * 9000 + b"\n" + MAC,
        STANZA.replace(b"\n", b"\r\n") + MAC,
        STANZA,
        STANZA + b"--- short\n",
    ],
)
def test_a_header_that_is_not_plain_x25519_never_reaches_the_library(forge: Forge, header: bytes) -> None:
    assert forge.verdict(PREFIX + header + bytes(100)) == "package.header"


def test_a_passphrase_file_of_the_real_library_is_refused_unopened(forge: Forge) -> None:
    data = PREFIX + b"-> scrypt " + base64.b64encode(bytes(16)).rstrip(b"=") + b" 30\n" + b"B" * 43 + b"\n" + MAC
    assert forge.verdict(data + bytes(50)) == "package.header"


def test_every_header_the_real_library_writes_passes() -> None:
    recipients = [pyrage.x25519.Identity.generate().to_public() for _ in range(3)]
    assert [check_header(pyrage.encrypt(b"", recipients)) for _ in range(2_000)] == [3] * 2_000


def test_a_file_over_the_cap_is_refused_before_anything_else(forge: Forge) -> None:
    assert forge.verdict(bytes(limits.PACKAGE_BYTES + 1)) == "package.too_large"


def test_a_signed_package_passed_on_to_another_key_is_refused(forge: Forge) -> None:
    plain = forge.plain(forge.desks.sealed().data)
    readdressed = replace(forge.desks, reader=replace(forge.desks.stranger))
    sealed_for_stranger = Forge(readdressed).encrypt(plain)
    assert Forge(readdressed).verdict(sealed_for_stranger) in {"package.readdressed", "package.unknown_sender"}


def test_the_recipients_in_a_signed_manifest_cannot_be_exchanged(forge: Forge) -> None:
    plain = forge.plain(forge.desks.sealed().data)
    theirs, ours = forge.desks.stranger.card.person.encode(), forge.desks.reader.card.person.encode()
    assert forge.verdict(forge.encrypt(plain.replace(ours, theirs))) == "package.signature"


def test_a_replayed_package_is_recognised_by_its_id_and_digest_even_when_sealed_again(forge: Forge) -> None:
    sealed = forge.desks.sealed(forge.desks.sender.entry())
    again = forge.encrypt(forge.plain(sealed.data))
    first, second = forge.desks.opened(sealed.data), forge.desks.opened(again)
    assert again != sealed.data
    assert (first.manifest.package_id, first.digest, first.entries) == (
        second.manifest.package_id,
        second.digest,
        second.entries,
    )


def test_the_entries_of_one_package_cannot_be_moved_under_the_manifest_of_another(forge: Forge) -> None:
    sealed = [forge.desks.sealed(forge.desks.sender.entry({"n": number})) for number in range(2)]
    one, other = (read_frame(forge.plain(each.data)) for each in sealed)
    assert forge.verdict(forge.encrypt(one.head + one.signature + other.rest)) == "package.body"


def test_a_body_that_expands_far_more_than_it_may_is_not_expanded(forge: Forge) -> None:
    packed = bomb(20_000_000)
    assert forge.verdict(forge.sealed(packed, raw_len=20_000_000)) == "package.bomb"


def test_a_body_beyond_the_raw_cap_is_not_expanded(forge: Forge) -> None:
    packed = os.urandom(2_000_000)
    assert forge.verdict(forge.sealed(packed, raw_len=limits.RAW_BYTES + 1)) == "package.bomb"


def test_a_body_that_lies_about_its_size_is_not_expanded(forge: Forge) -> None:
    packed = bomb(20_000_000)
    assert forge.verdict(forge.sealed(packed, raw_len=1000)) == "package.body"


def test_a_frame_that_lies_about_its_size_stops_at_it(forge: Forge) -> None:
    packed = bytearray(bomb(10_000_000))
    at = packed.index(struct.pack("<I", 10_000_000))
    packed[at : at + 4] = struct.pack("<I", 50_000)
    assert forge.verdict(forge.sealed(bytes(packed), raw_len=50_000)) == "package.body"


def test_a_frame_that_asks_for_a_huge_window_is_refused(forge: Forge) -> None:
    raw = os.urandom(1000)
    header = b"\x28\xb5\x2f\xfd\xc0" + bytes([(27 - 10) << 3]) + struct.pack("<Q", len(raw))
    block = struct.pack("<I", len(raw) << 3 | 1)[:3] + raw
    assert forge.verdict(forge.sealed(header + block, raw_len=len(raw))) == "package.bomb"


@pytest.mark.parametrize("extra", [b"\x00", bomb(10), b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"])
def test_bytes_after_the_frame_are_refused(forge: Forge, extra: bytes) -> None:
    assert forge.verdict(forge.sealed(bomb(100) + extra, raw_len=100)) == "package.body"


def test_a_body_in_a_streaming_frame_without_its_size_is_refused(forge: Forge) -> None:
    packed = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(100))
    assert forge.verdict(forge.sealed(packed, raw_len=100)) == "package.body"


def test_a_body_that_is_not_zstd_is_refused(forge: Forge) -> None:
    assert forge.verdict(forge.sealed(b"x" * 100, raw_len=100)) == "package.body"


def test_more_entries_than_may_be_are_refused_by_the_manifest(forge: Forge) -> None:
    assert forge.verdict(forge.sealed(bomb(0), entry_count=limits.ENTRIES + 1)) == "package.manifest"


def test_a_manifest_longer_than_may_be_is_not_parsed(forge: Forge) -> None:
    data = forge.encrypt(forge.signed(b"[" * (limits.MANIFEST_BYTES + 1), b""))
    assert forge.verdict(data) == "package.frame"


@pytest.mark.parametrize("manifest", [b"[" * 500_000, b'{"a":' * 150_000, b'{"a":"' + b'\\"' * 400_000])
def test_a_manifest_made_to_exhaust_the_parser_is_refused(forge: Forge, manifest: bytes) -> None:
    assert forge.verdict(forge.encrypt(forge.signed(manifest, b"x"))) == "package.manifest"


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xff\xff\xff",
        struct.pack(">I", 10) + b"[" * 10 + bytes(96) + bytes(4),
        struct.pack(">I", 20_000) + b'{"a":' * 4000 + bytes(96) + bytes(4),
        bytes(104),
        b"",
        b"\x00",
    ],
)
def test_entries_that_are_none_are_refused(forge: Forge, raw: bytes) -> None:
    assert with_raw(forge, raw, count=1) == "package.entry"


def test_more_or_fewer_entries_than_declared_are_refused(forge: Forge) -> None:
    raw = write_entries([forge.desks.sender.entry(), forge.desks.sender.entry()])
    assert [with_raw(forge, raw, count=count) for count in (1, 2, 3)] == ["package.entry", "", "package.entry"]


def test_a_body_nested_too_deeply_is_refused(forge: Forge) -> None:
    raw = write_entries([forge.desks.sender.entry()])
    deep = b'{"a":' * 5000 + b"1" + b"}" * 5000
    head = raw[: 4 + struct.unpack(">I", raw[:4])[0] + 96]
    assert with_raw(forge, head + struct.pack(">I", len(deep)) + deep, count=1) == "package.entry"


@pytest.mark.parametrize(
    "changes",
    [
        {"unknown": 1},
        {"fmt": 2},
        {"suite": 2},
        {"min_reader": 0},
        {"min_reader": "1"},
        {"min_reader": True},
        {"kind": "backup"},
        {"package_id": "../../etc/passwd"},
        {"package_id": ""},
        {"epoch": None},
        {"seq": 0},
        {"seq": -1},
        {"seq": 2},
        {"prev": "ab" * 32},
        {"prev": "AB" * 32, "seq": 2},
        {"recipients": []},
        {"recipients": "everyone"},
        {"recipients": [7]},
        {"addressed": {}},
        {"addressed": [["d"]]},
        {"addressed": [["d", 0]]},
        {"addressed": [["d", 1], ["d", 2]]},
        {"addressed": [["D", 1]]},
        {"in_reply_to": ["x"]},
        {"in_reply_to": ["ab" * 32] * 2},
        {"known_heads": [["d", "e", 1]]},
        {"known_heads": [["d", "e", 0, "ab" * 32]]},
        {"known_heads": {}},
        {"created": "2026-02-30T00:00:00.000Z-0000"},
        {"created": "2026-02-01T00:00:00.000Z"},
        {"created": "2026-02-01T00:00:00.000Z-99999"},
        {"created": "9999-12-31T23:59:59.999Z-9999"},
        {"entry_count": -1},
        {"entry_count": True},
        {"body_len": limits.PACKAGE_BYTES + 1},
        {"raw_len": -1},
        {"body_sha512": "00"},
    ],
)
def test_a_manifest_that_breaks_its_schema_is_refused(forge: Forge, changes: dict[str, object]) -> None:
    assert forge.verdict(forge.sealed(zstandard.compress(b""), **changes)) == "package.manifest"


def test_an_honest_forgery_is_accepted_so_that_the_others_fail_for_their_reason(forge: Forge) -> None:
    assert forge.verdict(forge.sealed(zstandard.compress(b""))) == ""


@pytest.mark.parametrize("name", ["seq", "author", "recipients", "kind"])
def test_a_manifest_without_a_field_is_refused(forge: Forge, name: str) -> None:
    packed = zstandard.compress(b"")
    manifest = forge.manifest(packed)
    del manifest[name]
    assert forge.verdict(forge.encrypt(forge.signed(canonical(manifest), packed))) == "package.manifest"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(b'"seq":1', b'"seq": 1'),
        lambda text: text.replace(b'"seq":1', b'"seq":1.0'),
        lambda text: text.replace(b'"seq":1', b'"seq":1,"seq":1'),
        lambda text: text.replace(b'"epoch-1"', b'"\\u0065poch-1"'),
        lambda text: text.replace(b'"prev":""', b'"prev":"\xff"'),
        lambda text: text + b"\n",
        lambda text: b"\xef\xbb\xbf" + text,
    ],
)
def test_a_manifest_that_is_not_canonical_is_refused(forge: Forge, spoil: Callable[[bytes], bytes]) -> None:
    packed = zstandard.compress(b"")
    text = canonical(forge.manifest(packed))
    spoiled = spoil(text)
    assert spoiled != text
    assert forge.verdict(forge.encrypt(forge.signed(spoiled, packed))) == "package.manifest"


def test_a_newer_package_of_a_known_sender_asks_for_an_update(forge: Forge) -> None:
    data = forge.sealed(zstandard.compress(b""), min_reader=2, fmt=2, kind="handover", new_field=[1])
    assert forge.verdict(data) == "package.newer"


def test_a_newer_package_of_a_stranger_asks_for_nothing(forge: Forge) -> None:
    packed = zstandard.compress(b"")
    stranger = forge.desks.stranger.card
    data = forge.sealed(packed, min_reader=2, author=stranger.person, device=stranger.device)
    assert forge.verdict(data) == "package.unknown_sender"


def test_padding_that_is_not_zero_is_refused(forge: Forge) -> None:
    packed = zstandard.compress(b"")
    plain = forge.signed(canonical(forge.manifest(packed)), packed)
    assert plain[-1:] == b"\x00"
    assert forge.verdict(forge.encrypt(plain[:-1] + b"\x01")) == "package.body"


@pytest.mark.parametrize("extra", [-1, 1, 1000])
def test_padding_of_another_length_is_refused(forge: Forge, extra: int) -> None:
    packed = zstandard.compress(b"")
    manifest = canonical(forge.manifest(packed))
    used = len(forge.signed(manifest, packed, padding=b""))
    padding = bytes(padded_length(used) - used + extra)
    assert forge.verdict(forge.encrypt(forge.signed(manifest, packed, padding=padding))) == "package.body"
