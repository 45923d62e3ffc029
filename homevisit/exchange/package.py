"""Packages: what leaves is signed, padded and sealed; what arrives is checked in a fixed order or refused whole."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from homevisit import ids
from homevisit.domain.canonical import JsonObject, canonical, digest
from homevisit.domain.card import Card
from homevisit.domain.entry import Entry
from homevisit.errors import HomeVisitError
from homevisit.exchange import body, limits, sealing
from homevisit.exchange.age_header import check_header
from homevisit.exchange.entries import cut_entries, write_entries
from homevisit.exchange.key_document import read_key_document
from homevisit.exchange.manifest import (
    DOCUMENTS,
    Addressed,
    KnownHead,
    Manifest,
    PackageKind,
    Preface,
    read_manifest,
)
from homevisit.exchange.padding import pad, padded_length
from homevisit.exchange.strict_json import read_canonical
from homevisit.exchange.verdict import check_entries
from homevisit.signatures import sign, verify

MAGIC = b"HVPACK\x00"
VERSION = 1
CONTEXT = b"homevisit package v1\x00"
_HEAD = struct.Struct(">7sBI")
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes into a package. ``recipients`` are person ids; ``created`` is a logical time (``domain/hlc``).

    ``addressed`` are the devices it is sealed for; ``document`` is what receipts and keys carry in place of entries.
    """

    kind: PackageKind
    author: str
    device: str
    epoch: str
    seq: int
    prev: str
    recipients: tuple[str, ...]
    created: str
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    in_reply_to: tuple[str, ...] = ()
    known_heads: tuple[KnownHead, ...] = ()
    addressed: tuple[Addressed, ...] = ()
    document: JsonObject | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A package ready to leave. ``digest`` is what the next package of this device names as ``prev``."""

    name: str
    data: bytes = field(repr=False)
    package_id: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package that passed every check, with the pinned card of its sender."""

    manifest: Manifest
    entries: tuple[Entry, ...] = field(repr=False)
    digest: str
    sender: Card = field(repr=False)
    document: JsonObject | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The parts of a decrypted package: ``head`` is what was signed, ``rest`` the body and the padding."""

    head: bytes = field(repr=False)
    manifest: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    rest: bytes = field(repr=False)


def seal(contents: Contents, *, signer: bytes, recipients: Sequence[str]) -> Sealed:
    """Sign with the device key and seal to ``age1…`` recipients.

    ``package.too_large`` where no reader would take it (split the entries), ``package.recipient`` for a bad key.
    """
    name = ids.new_package_name()
    package_id = name.removesuffix(".age")
    raw = _raw(contents)
    packed = body.compress(raw)
    manifest = _manifest(contents, package_id, raw=raw, packed=packed).canonical()
    _check_size(contents, manifest, raw=raw)
    head = _HEAD.pack(MAGIC, VERSION, len(manifest)) + manifest
    data = sealing.encrypt(pad(head + sign(signer, signing_bytes(head)) + packed), recipients)
    if len(data) > limits.PACKAGE_BYTES:
        raise HomeVisitError("package.too_large", size=len(data))
    return Sealed(name=name, data=data, package_id=package_id, digest=digest(head))


def open_package(
    data: bytes,
    *,
    identity: str,
    me: str,
    pinned: Callable[[str], Card | None],
    person_key: Callable[[str], str] = lambda _person: "",
) -> Opened:
    """Check a package in the published order and give what it holds; any fault refuses all of it with a code.

    ``identity`` is this device's age secret, ``me`` this person's id, ``pinned`` the confirmed card of a device,
    ``person_key`` the confirmed key of a person ("" for none), which certifies the card of a new laptop of theirs.
    """
    frame = read_frame(decrypt(data, identity=identity))
    preface = read_manifest(frame.manifest)
    known = pinned(preface.device) or _introduced(frame, preface, person_key=person_key)
    sender = _check_sender(frame, preface, known)
    if me not in preface.recipients:
        raise HomeVisitError("package.readdressed")
    manifest = preface.manifest
    if manifest is None:
        raise HomeVisitError("package.newer", min_reader=preface.min_reader)
    packed = _body(frame, manifest)
    raw = body.expand(packed, raw_len=manifest.raw_len)
    document = _document(manifest, raw)
    raw = raw if document is None else b""
    entries = cut_entries(raw, count=manifest.entry_count)
    check_entries(entries, raw, sender=sender, pinned=pinned)
    return Opened(manifest=manifest, entries=entries, digest=digest(frame.head), sender=sender, document=document)


def decrypt(data: bytes, *, identity: str) -> bytes:
    """The padded plain bytes of a sealed package, in memory only."""
    if len(data) > limits.PACKAGE_BYTES:
        raise HomeVisitError("package.too_large", size=len(data))
    check_header(data)
    return sealing.decrypt(data, identity)


def read_frame(plain: bytes) -> Frame:
    """Cut the plain bytes into their parts; ``package.frame`` where they are not a package, ``package.newer``."""
    if len(plain) < _HEAD.size or not plain.startswith(MAGIC):
        raise HomeVisitError("package.frame", why="magic")
    _, version, length = _HEAD.unpack_from(plain)
    if version != VERSION:
        raise HomeVisitError("package.newer" if version > VERSION else "package.frame", why="version")
    signature_at = _HEAD.size + length
    rest_at = signature_at + _SIGNATURE_BYTES
    if length > limits.MANIFEST_BYTES or rest_at > len(plain):
        raise HomeVisitError("package.frame", why="length")
    return Frame(
        head=plain[:signature_at],
        manifest=plain[_HEAD.size : signature_at],
        signature=plain[signature_at:rest_at],
        rest=plain[rest_at:],
    )


def signing_bytes(head: bytes) -> bytes:
    """What the sender's device key signs: the head is everything before the signature."""
    return CONTEXT + hashlib.sha512(head).digest()


def _raw(contents: Contents) -> bytes:
    if contents.document is None:
        return write_entries(contents.entries)
    if contents.kind not in DOCUMENTS or contents.entries:
        raise ValueError("a document goes by itself, in a package of a kind that carries one")
    return canonical(contents.document)


def _document(manifest: Manifest, raw: bytes) -> JsonObject | None:
    if manifest.kind not in DOCUMENTS or not raw:
        return None
    return read_canonical(raw, code="package.document")


def _manifest(contents: Contents, package_id: str, *, raw: bytes, packed: bytes) -> Manifest:
    return Manifest(
        package_id=package_id,
        kind=contents.kind,
        author=contents.author,
        device=contents.device,
        epoch=contents.epoch,
        seq=contents.seq,
        prev=contents.prev,
        recipients=contents.recipients,
        addressed=contents.addressed,
        in_reply_to=contents.in_reply_to,
        known_heads=contents.known_heads,
        created=contents.created,
        entry_count=len(contents.entries),
        body_len=len(packed),
        raw_len=len(raw),
        body_sha512=hashlib.sha512(packed).hexdigest(),
    )


def _check_size(contents: Contents, manifest: bytes, *, raw: bytes) -> None:
    lists = (contents.in_reply_to, contents.known_heads)
    if (
        len(contents.entries) > limits.ENTRIES
        or len(raw) > limits.RAW_BYTES
        or len(manifest) > limits.MANIFEST_BYTES
        or any(len(items) > limits.IDS_IN_A_LIST for items in lists)
    ):
        raise HomeVisitError("package.too_large", size=len(raw))


def _introduced(frame: Frame, preface: Preface, *, person_key: Callable[[str], str]) -> Card | None:
    """The card of an unknown device, from its own package, where the confirmed key of its person certifies it."""
    manifest, key = preface.manifest, person_key(preface.author)
    if not key or manifest is None or manifest.kind is not PackageKind.KEY or manifest.raw_len > limits.INTRODUCTION:
        return None
    document = _document(manifest, body.expand(_body(frame, manifest), raw_len=manifest.raw_len))
    cards = read_key_document(document).cards if document is not None else ()
    found = (each.card for each in cards if each.card.device == preface.device and each.card.person_key == key)
    return next(found, None)


def _check_sender(frame: Frame, preface: Preface, sender: Card | None) -> Card:
    if sender is None or sender.person != preface.author:
        raise HomeVisitError("package.unknown_sender")
    if not verify(sender.sign_key, frame.signature, signing_bytes(frame.head)):
        raise HomeVisitError("package.signature")
    return sender


def _body(frame: Frame, manifest: Manifest) -> bytes:
    packed, padding = frame.rest[: manifest.body_len], frame.rest[manifest.body_len :]
    used = len(frame.head) + len(frame.signature) + manifest.body_len
    whole = len(frame.head) + len(frame.signature) + len(frame.rest)
    if len(packed) != manifest.body_len or whole != padded_length(used) or any(padding):
        raise HomeVisitError("package.body", why="length")
    if hashlib.sha512(packed).hexdigest() != manifest.body_sha512:
        raise HomeVisitError("package.body", why="digest")
    return packed
