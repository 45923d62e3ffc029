"""Entries as bytes: length-prefixed canonical JSON, so that what was hashed and signed is what is read."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

from homevisit.clock import parse_instant
from homevisit.domain.canonical import LARGEST_INTEGER, LONGEST_TEXT, JsonObject, check_texts, digest
from homevisit.domain.entry import FORMAT, Act, Entry, Envelope, Kind, written_entry
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.fields import HLC, INSTANT, SHA256, SHA256_OR_NONE, TOKEN, TOKEN_OR_NONE, Fields
from homevisit.exchange.strict_json import read_canonical

_CODE = "package.entry"
_LENGTH = struct.Struct(">I")
_SIGNATURE_BYTES, _SALT_BYTES = 64, 32
_KINDS = re.compile("|".join(Kind))
_ACTS = re.compile("|".join(Act))
# The canonical form of any envelope whose reason needs no escape: each field once, in the one order, in the one form.
_PLAIN_ENVELOPE = re.compile(
    rf'\{{"act":"({_ACTS.pattern})","author":"({TOKEN.pattern})","body_digest":"({SHA256.pattern})",'
    rf'"device":"({TOKEN.pattern})","epoch":"({TOKEN.pattern})","family":"({TOKEN_OR_NONE.pattern})",'
    rf'"format":{FORMAT},"happened_at":"({INSTANT.pattern})","hlc":"({HLC.pattern})","kind":"({_KINDS.pattern})",'
    rf'"parents":\[((?:"{SHA256.pattern}"(?:,"{SHA256.pattern}")*)?)\],"prev":"({SHA256_OR_NONE.pattern})",'
    rf'"reason":"([^"\\\x00-\x1f]*)","record":"({TOKEN.pattern})","recorded_at":"({INSTANT.pattern})",'
    r'"seq":([1-9][0-9]{0,15})\}',
    re.ASCII,
)


def write_entries(entries: Iterable[Entry]) -> bytes:
    """One after the other: u32 length and canonical envelope, signature, salt, u32 length and canonical body.

    A body that was erased by law has length 0. ``package.text_too_long`` where no reader would take a text.
    """
    return b"".join(_write(entry) for entry in entries)


def read_entries(raw: bytes, *, count: int) -> tuple[Entry, ...]:
    """Exactly ``count`` entries with their ids and body digests checked; signatures are checked by the caller."""
    entries = cut_entries(raw, count=count)
    for entry in entries:
        check_body(entry)
    return entries


def cut_entries(raw: bytes, *, count: int) -> tuple[Entry, ...]:
    """As :func:`read_entries`, with the bodies not looked at: :func:`check_body` has to follow for each of them."""
    position, found = 0, []
    for _ in range(count):
        entry, position = _cut(raw, position)
        found.append(entry)
    if position != len(raw):
        raise HomeVisitError(_CODE, why="count")
    return tuple(found)


def check_body(entry: Entry) -> JsonObject | None:
    """What the body says; ``package.entry`` unless it is canonical and the one that was signed, or erased by law."""
    text = entry.body_bytes()
    if text is None:
        return None
    body = read_canonical(text, code=_CODE)
    if not entry.body_matches():
        raise HomeVisitError(_CODE, why="body digest")
    return body


def written_length(entry: Entry) -> int:
    """How many bytes the entry takes in a package."""
    texts = len(entry.head_bytes()) + len(entry.body_bytes() or b"")
    return 2 * _LENGTH.size + _SIGNATURE_BYTES + _SALT_BYTES + texts


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
    body = entry.body_bytes() or b""
    if len(body) > LONGEST_TEXT:
        check_texts(entry.body, code=code)
    return _prefixed(entry.head_bytes()) + entry.signature + entry.salt + _prefixed(body)


def _prefixed(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


def _cut(raw: bytes, start: int) -> tuple[Entry, int]:
    head, position = _take_prefixed(raw, start)
    signature, position = _take(raw, position, _SIGNATURE_BYTES)
    salt, position = _take(raw, position, _SALT_BYTES)
    data, position = _take_prefixed(raw, position)
    envelope = _plain_envelope(head) or envelope_from_json(read_canonical(head, code=_CODE))
    entry = written_entry(digest(head), envelope, head=head, seal=(signature, salt), body=data or None)
    return entry, position


def _plain_envelope(head: bytes) -> Envelope | None:
    """The envelope in its plain form; None is no verdict: it is read field by field then, which names the fault."""
    try:
        found = _PLAIN_ENVELOPE.fullmatch(head.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if found is None:
        return None
    act, author, body, device, epoch, family, happened, hlc, kind, listed, prev, reason, record, recorded, seq = (
        found.groups()
    )
    parents = tuple(listed[1:-1].split('","')) if listed else ()
    if not _is_sound(parents, int(seq), (happened, recorded, hlc[:24])):
        return None
    return Envelope(
        record=record,
        kind=Kind(kind),
        act=Act(act),
        family=family,
        parents=parents,
        author=author,
        device=device,
        epoch=epoch,
        seq=int(seq),
        prev=prev,
        happened_at=happened,
        recorded_at=recorded,
        hlc=hlc,
        reason=reason,
        body_digest=body,
    )


def _is_sound(parents: tuple[str, ...], seq: int, moments: tuple[str, ...]) -> bool:
    """What a pattern cannot tell: nothing named twice, no number too great, days that there are."""
    try:
        for moment in moments:
            parse_instant(moment)
    except ValueError:
        return False
    return len(parents) <= limits.PARENTS and len(set(parents)) == len(parents) and seq <= LARGEST_INTEGER


def _take_prefixed(raw: bytes, start: int) -> tuple[bytes, int]:
    length, position = _take(raw, start, _LENGTH.size)
    return _take(raw, position, _LENGTH.unpack(length)[0])


def _take(raw: bytes, start: int, length: int) -> tuple[bytes, int]:
    end = start + length
    if end > len(raw):
        raise HomeVisitError(_CODE, why="cut short")
    return raw[start:end], end
