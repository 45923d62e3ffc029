"""A card: one person's public keys on one device, confirmed by six words read aloud."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.domain.canonical import JsonObject, canonical, digest

CARD_CONTEXT = b"homevisit card v1\x00"


class Desk(StrEnum):
    """Which desk a person works at."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Who somebody is and which keys are theirs.

    ``person`` and ``device`` are UUIDs; ``sign_key`` is an Ed25519 public key (64 hex digits) of the device,
    ``person_key`` the Ed25519 key of the person that certifies it, ``age_recipient`` an ``age1…`` X25519 recipient.
    """

    person: str
    name: str
    role: Desk
    title: str
    registration: str
    organisation: str
    person_key: str
    device: str
    sign_key: str
    age_recipient: str
    made_at: str

    def to_json(self) -> JsonObject:
        return {
            "age_recipient": self.age_recipient,
            "device": self.device,
            "format": 1,
            "made_at": self.made_at,
            "name": self.name,
            "organisation": self.organisation,
            "person": self.person,
            "person_key": self.person_key,
            "registration": self.registration,
            "role": self.role.value,
            "sign_key": self.sign_key,
            "title": self.title,
        }

    def signing_bytes(self) -> bytes:
        """What the person key signs."""
        return CARD_CONTEXT + canonical(self.to_json())

    def fingerprint(self) -> str:
        """SHA-256 of the card's canonical bytes; the six words are made of its first 66 bits."""
        return digest(self.signing_bytes())


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCard:
    """A card with the signature of its person key."""

    card: Card
    signature: bytes = field(repr=False)

    def to_json(self) -> JsonObject:
        return {"card": self.card.to_json(), "format": 1, "signature": self.signature.hex()}
