"""The manifest of a package: what it says about itself, in canonical JSON with a strict schema."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from homevisit.domain.canonical import LARGEST_INTEGER, JsonObject, canonical
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.fields import HLC, SHA256, SHA256_OR_NONE, SHA512, TOKEN, Fields
from homevisit.exchange.strict_json import read_canonical

FORMAT = 1
READER = 1
SUITE = 1
_CODE = "package.manifest"


class PackageKind(StrEnum):
    """What a package is for."""

    EXPORT = "export"
    REVIEW = "review"
    RECEIPT = "receipt"
    KEY = "key"


DOCUMENTS = frozenset({PackageKind.RECEIPT, PackageKind.KEY})
"""Kinds that carry one document and no entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHead:
    """The last entry of one (device, epoch) chain that the sender holds: so withheld packages are noticed."""

    device: str
    epoch: str
    seq: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A device it is sealed for. ``number`` counts the packages of the sender's (device, epoch) for that device.

    ``seq`` counts those for everybody, so only this number tells a device that one for itself was withheld. ``void``
    are numbers for it under which nothing comes any more: epoch of the sender, first and last.
    """

    device: str
    number: int
    void: tuple[tuple[str, int, int], ...] = ()

    def to_json(self) -> list[object]:
        return [self.device, self.number, *(list(each) for each in self.void)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All of a manifest. ``seq`` counts the packages of one (device, epoch); ``prev`` is the digest of the one before.

    ``recipients`` are the ids of the persons it is for: a package passed on to anybody else is refused there.
    """

    package_id: str
    kind: PackageKind
    author: str
    device: str
    epoch: str
    seq: int
    prev: str
    recipients: tuple[str, ...]
    addressed: tuple[Addressed, ...]
    in_reply_to: tuple[str, ...]
    known_heads: tuple[KnownHead, ...]
    created: str
    entry_count: int
    body_len: int
    raw_len: int
    body_sha512: str

    def to_json(self) -> JsonObject:
        return {
            "addressed": [to.to_json() for to in self.addressed],
            "author": self.author,
            "body_len": self.body_len,
            "body_sha512": self.body_sha512,
            "created": self.created,
            "device": self.device,
            "entry_count": self.entry_count,
            "epoch": self.epoch,
            "fmt": FORMAT,
            "in_reply_to": list(self.in_reply_to),
            "kind": self.kind.value,
            "known_heads": [[head.device, head.epoch, head.seq, head.id] for head in self.known_heads],
            "min_reader": READER,
            "package_id": self.package_id,
            "prev": self.prev,
            "raw_len": self.raw_len,
            "recipients": list(self.recipients),
            "seq": self.seq,
            "suite": SUITE,
        }

    def canonical(self) -> bytes:
        return canonical(self.to_json())


@dataclass(frozen=True, slots=True, kw_only=True)
class Preface:
    """What every manifest says in every version, so that a newer package can be told from a forged one.

    ``manifest`` is None where ``min_reader`` is beyond this program.
    """

    min_reader: int
    author: str
    device: str
    recipients: tuple[str, ...]
    manifest: Manifest | None


def read_manifest(data: bytes) -> Preface:
    """Read a manifest; ``package.manifest`` for any fault. The caller refuses a newer one after the signature."""
    value = read_canonical(data, code=_CODE)
    fields = Fields(value, code=_CODE)
    min_reader = fields.integer("min_reader", least=1)
    return Preface(
        min_reader=min_reader,
        author=fields.text("author", TOKEN),
        device=fields.text("device", TOKEN),
        recipients=_recipients(fields),
        manifest=_manifest(value) if min_reader <= READER else None,
    )


def _manifest(value: JsonObject) -> Manifest:
    fields = Fields(value, code=_CODE)
    kind = fields.text("kind")
    if kind not in tuple(PackageKind):
        raise fields.fault("kind")
    manifest = Manifest(
        package_id=fields.text("package_id", TOKEN),
        kind=PackageKind(kind),
        author=fields.text("author", TOKEN),
        device=fields.text("device", TOKEN),
        epoch=fields.text("epoch", TOKEN),
        seq=fields.integer("seq", least=1),
        prev=fields.text("prev", SHA256_OR_NONE),
        recipients=_recipients(fields),
        addressed=_addressed(fields),
        in_reply_to=fields.texts("in_reply_to", SHA256, most=limits.IDS_IN_A_LIST),
        known_heads=_heads(fields),
        created=fields.moment("created", HLC),
        entry_count=fields.integer("entry_count", most=limits.ENTRIES),
        body_len=fields.integer("body_len", least=1, most=limits.PACKAGE_BYTES),
        raw_len=fields.integer("raw_len", most=LARGEST_INTEGER),
        body_sha512=fields.text("body_sha512", SHA512),
    )
    _check_whole(manifest, value)
    return manifest


def _check_whole(manifest: Manifest, value: JsonObject) -> None:
    # Format, suite and reader are constants of this version, so the whole must come out as it was written.
    if value != manifest.to_json():
        raise HomeVisitError(_CODE, why="fields")
    if (manifest.seq == 1) != (manifest.prev == ""):
        raise HomeVisitError(_CODE, why="prev")
    # Nothing is void that is still to come, or a place could withhold it unnoticed.
    voids = ((to.number, each) for to in manifest.addressed for each in to.void)
    if any(epoch == manifest.epoch and last >= number for number, (epoch, _, last) in voids):
        raise HomeVisitError(_CODE, why="void")


def _recipients(fields: Fields) -> tuple[str, ...]:
    found = fields.texts("recipients", TOKEN, most=limits.STANZAS)
    if not found:
        raise fields.fault("recipients")
    return found


def _addressed(fields: Fields) -> tuple[Addressed, ...]:
    found = tuple(_address(item, fields) for item in fields.items("addressed", most=limits.STANZAS))
    if len({to.device for to in found}) != len(found):
        raise fields.fault("addressed")
    return found


def _address(item: object, fields: Fields) -> Addressed:
    said = item if isinstance(item, list) else []
    parts = _parts(said[:2], ("device", "number"), fields, name="addressed")
    if len(said) > 2 + limits.VOID_RANGES:
        raise fields.fault("addressed")
    return Addressed(
        device=parts.text("device", TOKEN),
        number=parts.integer("number", least=1),
        void=tuple(_void(each, fields) for each in said[2:]),
    )


def _void(item: object, fields: Fields) -> tuple[str, int, int]:
    parts = _parts(item, ("epoch", "first", "last"), fields, name="addressed")
    first = parts.integer("first", least=1)
    return parts.text("epoch", TOKEN), first, parts.integer("last", least=first)


def _heads(fields: Fields) -> tuple[KnownHead, ...]:
    return tuple(_head(item, fields) for item in fields.items("known_heads", most=limits.IDS_IN_A_LIST))


def _head(item: object, fields: Fields) -> KnownHead:
    parts = _parts(item, ("device", "epoch", "seq", "id"), fields, name="known_heads")
    return KnownHead(
        device=parts.text("device", TOKEN),
        epoch=parts.text("epoch", TOKEN),
        seq=parts.integer("seq", least=1),
        id=parts.text("id", SHA256),
    )


def _parts(item: object, names: tuple[str, ...], fields: Fields, *, name: str) -> Fields:
    if not isinstance(item, list) or len(item) != len(names):
        raise fields.fault(name)
    return Fields(dict(zip(names, item, strict=True)), code=_CODE)
