"""What a pack of prompt sets says about itself, and the bytes of it that are signed."""

from __future__ import annotations

from dataclasses import dataclass

from homevisit.domain.canonical import JsonObject, canonical, digest
from homevisit.domain.card import Card
from homevisit.signatures import verify

FORMAT = 1
CONTEXT = b"homevisit pack v1\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSet:
    """What the manifest says about one set; ``licence`` is what the organisation states about its right to use it."""

    url: str
    version: str
    title: str
    licence: str
    sha256: str

    def to_json(self) -> JsonObject:
        return {
            "licence": self.licence,
            "sha256": self.sha256,
            "title": self.title,
            "url": self.url,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PackManifest:
    """What is signed: the pack's name, whose it is, and the digest of every set in it."""

    name: str
    version: str
    organisation: str
    languages: tuple[str, ...]
    made_at: str
    sets: tuple[PackSet, ...]

    def to_json(self) -> JsonObject:
        return {
            "format": FORMAT,
            "languages": list(self.languages),
            "made_at": self.made_at,
            "name": self.name,
            "organisation": self.organisation,
            "sets": [each.to_json() for each in self.sets],
            "version": self.version,
        }

    def signing_bytes(self) -> bytes:
        """What the device of the signer signs."""
        return CONTEXT + canonical(self.to_json())

    @property
    def id(self) -> str:
        """SHA-256 of the signed bytes: what the pack is called where a name could be anybody's."""
        return digest(self.signing_bytes())

    def signed_by(self, card: Card, signature: bytes) -> bool:
        """Whether the device of this card signed this manifest."""
        return verify(card.sign_key, signature, self.signing_bytes())
