"""Entries as bytes: length-prefixed canonical JSON, so that what was hashed and signed is what is read."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

from homevisit.domain.canonical import JsonObject, canonical, check_texts, digest
from homevisit.domain.entry import FORMAT, Act, Entry, Envelope, Kind
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.fields import HLC, SHA256, SHA256_OR_NONE, TOKEN, TOKEN_OR_NONE, Fields
from homevisit.exchange.strict_json import read_canonical

_CODE = "package.entry"
_LENGTH = struct.Struct(">I")
_SIGNATURE_BYTES, _SALT_BYTES = 64, 32
_KINDS = re.compile("|".join(Kind))
_ACTS = re.compile("|".join(Act))


def write_entries(entries: Iterable[Entry]) -> bytes:
    """One after the other: u32 length and canonical envelope, signature, salt, u32 length and canonical body.

    A body that was erased by law has length 0. ``package.text_too_long`` where no reader would take a text.
    """
    return b"".join(_write(entry) for entry in entries)


def read_entries(raw: bytes, *, count: int) -> tuple[Entry, ...]:
    """Exactly ``count`` entries with their ids and body digests checked; signatures are checked by the caller."""
    position, found = 0, []
    for _ in range(count):
        entry, position = _read(raw, position)
        found.append(entry)
    if position != len(raw):
        raise HomeVisitError(_CODE, why="count")
    return tuple(found)


def envelope_from_json(value: JsonObject) -> Envelope:
    """The envelope in a foreign object; ``package.entry`` for any fault."""
    fields = Fields(value, code=_CODE)
    envelope = Envelope(
        record=fields.text("record", TOKEN),
        kind=Kind(fields.text("kind", _KINDS)),
        act=Act(fields.text("act", _ACTS)),
        family=fields.text("family", TOKEN_OR_NONE),
        parents=fields.texts("parents", SHA256, most=limits.PARENTS),
        author=fields.text("author", TOKEN),
        device=fields.text("device", TOKEN),
        epoch=fields.text("epoch", TOKEN),
        seq=fields.integer("seq", least=1),
        prev=fields.text("prev", SHA256_OR_NONE),
        happened_at=fields.moment("happened_at"),
        recorded_at=fields.moment("recorded_at"),
        hlc=fields.moment("hlc", HLC),
        reason=fields.text("reason"),
        body_digest=fields.text("body_digest", SHA256),
    )
    fields.only(envelope.to_json())
    fields.integer("format", least=FORMAT, most=FORMAT)
    return envelope


def _write(entry: Entry) -> bytes:
    code = "package.text_too_long"
    check_texts(entry.envelope.reason, code=code)
    check_texts(entry.body, code=code)
    body = b"" if entry.body is None else canonical(entry.body)
    return _prefixed(entry.envelope.canonical()) + entry.signature + entry.salt + _prefixed(body)


def _prefixed(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


def _read(raw: bytes, start: int) -> tuple[Entry, int]:
    head, position = _take_prefixed(raw, start)
    signature, position = _take(raw, position, _SIGNATURE_BYTES)
    salt, position = _take(raw, position, _SALT_BYTES)
    data, position = _take_prefixed(raw, position)
    envelope = envelope_from_json(read_canonical(head, code=_CODE))
    body = read_canonical(data, code=_CODE) if data else None
    if data and digest(salt + data) != envelope.body_digest:
        raise HomeVisitError(_CODE, why="body digest")
    return Entry(id=digest(head), envelope=envelope, signature=signature, salt=salt, body=body), position


def _take_prefixed(raw: bytes, start: int) -> tuple[bytes, int]:
    length, position = _take(raw, start, _LENGTH.size)
    return _take(raw, position, _LENGTH.unpack(length)[0])


def _take(raw: bytes, start: int, length: int) -> tuple[bytes, int]:
    end = start + length
    if end > len(raw):
        raise HomeVisitError(_CODE, why="cut short")
    return raw[start:end], end
