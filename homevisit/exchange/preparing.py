"""What the store needs of a body, made where the body is checked, and carried from one process to another."""

from __future__ import annotations

import struct
from collections.abc import Iterable

import orjson

from homevisit.domain.entry import Entry, Kind, Prepared
from homevisit.domain.gist import gist_of
from homevisit.exchange.entries import check_body
from homevisit.packed import BodyPacker

_LENGTHS = struct.Struct(">II")


def prepared(entry: Entry, packer: BodyPacker) -> Prepared | None:
    """What is made of the body of an entry, None where it was erased by law; ``package.entry`` as ``check_body``."""
    body = check_body(entry)
    if body is None:
        return None
    gist = gist_of(body) if entry.envelope.kind is Kind.VISIT else None
    return Prepared(packer.pack(entry.body_bytes() or b""), list(gist) if gist else None)


def write_prepared(made: Iterable[Prepared | None]) -> bytes:
    """One after the other: two lengths, the packed body (none is empty), the gist as JSON or nothing."""
    pieces: list[bytes] = []
    for each in made:
        packed = each.packed if each else b""
        gist = orjson.dumps(each.gist) if each and each.gist else b""
        pieces += (_LENGTHS.pack(len(packed), len(gist)), packed, gist)
    return b"".join(pieces)


def read_prepared(data: bytes, *, count: int) -> list[Prepared | None]:
    """What :func:`write_prepared` wrote, for exactly so many entries; ValueError otherwise."""
    found: list[Prepared | None] = []
    position = 0
    for _ in range(count):
        packed_until = position + _LENGTHS.size
        if packed_until > len(data):
            raise ValueError("cut short")
        packed, gist = _LENGTHS.unpack(data[position:packed_until])
        middle, position = packed_until + packed, packed_until + packed + gist
        said = orjson.loads(data[middle:position]) if gist else None
        found.append(Prepared(data[packed_until:middle], said) if packed else None)
    if position != len(data):
        raise ValueError("not what was written")
    return found
