"""An entry: one immutable, signed version of one record. History, audit, sync and conflicts are all made of these."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson

from homevisit.domain.canonical import JsonObject, canonical, digest

FORMAT = 1
SIGNING_CONTEXT = b"homevisit entry v1\x00"
SHA256_HEX = re.compile(r"[0-9a-f]{64}")


class Kind(StrEnum):
    """What a record is; the fold of each kind is in ``homevisit/storage/folds``."""

    FAMILY = "family"
    PERSON = "person"
    TIE = "tie"
    VISIT = "visit"
    ACTION = "action"
    REVIEW = "review"
    SHARE = "share"


class Act(StrEnum):
    """What an entry does to its record."""

    SIGN = "sign"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Everything of an entry that is hashed and signed; the body is bound by its salted digest.

    ``family`` is the id of the family whose content key seals the body at rest ("" for none). ``parents`` are
    the heads of the record that the author saw. ``prev`` is the id of the entry before it in the same
    (device, epoch) chain, "" for the first; ``seq`` counts from 1. Times are FHIR instants in UTC.
    """

    record: str
    kind: Kind
    act: Act
    family: str
    parents: tuple[str, ...]
    author: str
    device: str
    epoch: str
    seq: int
    prev: str
    happened_at: str
    recorded_at: str
    hlc: str
    reason: str = field(default="", repr=False)
    body_digest: str

    def to_json(self) -> JsonObject:
        """The object whose canonical bytes are hashed and signed."""
        return {
            "act": self.act.value,
            "author": self.author,
            "body_digest": self.body_digest,
            "device": self.device,
            "epoch": self.epoch,
            "family": self.family,
            "format": FORMAT,
            "happened_at": self.happened_at,
            "hlc": self.hlc,
            "kind": self.kind.value,
            "parents": list(self.parents),
            "prev": self.prev,
            "reason": self.reason,
            "record": self.record,
            "recorded_at": self.recorded_at,
            "seq": self.seq,
        }

    def canonical(self) -> bytes:
        return canonical(self.to_json())

    def id(self) -> str:
        """SHA-256 of the canonical bytes, in hexadecimal."""
        return digest(self.canonical())

    def binds(self, salt: bytes, body: bytes) -> bool:
        """Whether this is the body that was signed, in canonical bytes. Everybody who takes one in asks here."""
        return digest(salt + body) == self.body_digest

    def signing_bytes(self) -> bytes:
        """What the device's Ed25519 key signs."""
        return SIGNING_CONTEXT + self.canonical()


@dataclass(frozen=True, slots=True)
class Prepared:
    """Made of a body while it was checked, away from the store: as it is kept at rest, and what lists need of it.

    ``gist`` is that of a visit (:mod:`homevisit.domain.gist`) as JSON, None for whatever is no readable visit.
    """

    packed: bytes = field(repr=False)
    gist: list[object] | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An envelope with its id, signature, salt and body (None once the family's content key was destroyed).

    An entry that was read (:func:`written_entry`) keeps the canonical bytes it was read from: they are what was
    hashed, signed and sealed, so nothing is written twice, and a body is parsed only if somebody asks for it.
    """

    id: str
    envelope: Envelope
    signature: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    body: JsonObject | None = field(repr=False)
    # Never given to a constructor: a changed copy (``dataclasses.replace``) must not keep the bytes of another.
    _head: bytes | None = field(init=False, repr=False, compare=False, default=None)
    _text: bytes | None = field(init=False, repr=False, compare=False, default=None)
    _prepared: Prepared | None = field(init=False, repr=False, compare=False, default=None)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Called for a field that is not set yet: the body of an entry that was read."""
            if name != "body":
                raise AttributeError(name)
            body = orjson.loads(self._text)
            object.__setattr__(self, "body", body)
            return body

    @property
    def is_erased(self) -> bool:
        """Whether the body is gone, asked without reading it."""
        return self._text is None and self.body is None

    def head_bytes(self) -> bytes:
        """The canonical bytes of the envelope."""
        return self.envelope.canonical() if self._head is None else self._head

    def body_bytes(self) -> bytes | None:
        """The canonical bytes of the body; None for one that was erased."""
        return self._text if self._text is not None or self.body is None else canonical(self.body)

    def signing_bytes(self) -> bytes:
        """What the device's Ed25519 key signed."""
        return SIGNING_CONTEXT + self.head_bytes()

    def id_matches(self) -> bool:
        """Whether the id is the hash of the envelope."""
        return digest(self.head_bytes()) == self.id

    def body_matches(self) -> bool:
        """Whether the body is the one that was signed; a body that was erased by law cannot be compared."""
        text = self.body_bytes()
        return text is None or self.envelope.binds(self.salt, text)

    @property
    def prepared(self) -> Prepared | None:
        """What was made of the body already, if anything."""
        return self._prepared

    def prepare(self, made: Prepared | None) -> None:
        """Keep what was made of this very body."""
        object.__setattr__(self, "_prepared", made)

    def copied(self) -> Entry:
        """The same entry, its body not read yet: what is read of the copy goes away with it."""
        if self._head is None:
            return self
        seal = (self.signature, self.salt)
        copy = written_entry(self.id, self.envelope, head=self._head, seal=seal, body=self._text)
        copy.prepare(self._prepared)
        return copy


def written_entry(
    identifier: str, envelope: Envelope, *, head: bytes, seal: tuple[bytes, bytes], body: bytes | None
) -> Entry:
    """An entry from canonical bytes; ``seal`` is signature and salt.

    ``head`` must be the canonical bytes of this envelope, and ``body`` canonical.
    """
    entry = object.__new__(Entry)
    fix = object.__setattr__  # the one way to fill a frozen object without its constructor
    fix(entry, "id", identifier)
    fix(entry, "envelope", envelope)
    fix(entry, "signature", seal[0])
    fix(entry, "salt", seal[1])
    fix(entry, "_head", head)
    fix(entry, "_text", body)
    fix(entry, "_prepared", None)
    if body is None:
        fix(entry, "body", None)
    return entry


def body_digest(salt: bytes, body: JsonObject) -> str:
    """SHA-256 over 32 random bytes and the canonical body: the salt keeps an erased body from being guessed."""
    return digest(salt + canonical(body))
