"""The sealed recovery code of a laptop: an age file with a few lines of text, which plain ``age`` opens too.

The organisation's key is an age identity in a file, as ``age-keygen`` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyrage

from homevisit.domain.card import Card
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits, sealing
from homevisit.exchange.age_header import PREFIX, check_header
from homevisit.exchange.age_keys import new_age_keys

TITLE = "Homevisit recovery code, version 1"
ADVICE = (
    "Read the code out to this person, after making sure who it is, and to nobody else.\n"
    "It opens this laptop once: the laptop then makes another one."
)
BLOCK = 512
"""The text is filled up to whole blocks, so that the size of the file tells nothing of a name."""
IDENTITY = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")
_ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowedCode:
    """What the file says: a code, whose laptop it opens, and since when."""

    code: str = field(repr=False)
    name: str = field(repr=False)
    laptop: str
    made_at: str


def seal_code(code: str, card: Card, *, made_at: str, recipient: str) -> bytes:
    """The file, for the organisation alone."""
    name = " ".join(card.name.split())
    text = f"{TITLE}\ncode: {code}\nname: {name}\nlaptop: {card.device}\nmade: {made_at}\n\n{ADVICE}\n"
    plain = text.encode()
    return sealing.encrypt(plain + b"\n" * (-len(plain) % BLOCK), [recipient])


def open_code(data: bytes, identities: str) -> EscrowedCode:
    """What a sealed code says, opened with one of the keys of an identity file."""
    if len(data) > limits.ESCROW_BYTES or not data.startswith(PREFIX):
        raise HomeVisitError("escrow.not_a_code")
    try:
        check_header(data)
        return _read(_opened(data, identities))
    except (ValueError, KeyError):
        raise HomeVisitError("escrow.damaged") from None
    except HomeVisitError as refusal:
        codes = {"package.header": "escrow.not_a_code", "package.damaged": "escrow.damaged"}
        raise HomeVisitError(codes.get(refusal.code, refusal.code)) from None


def identity_file(made_at: str) -> tuple[str, str]:
    """A new identity file as ``age-keygen`` writes it, and its recipient."""
    identity, recipient = new_age_keys()
    return f"# created: {made_at}\n# public key: {recipient}\n{identity}\n", recipient


def is_recipient(text: str) -> bool:
    """Whether something can be sealed to this; one wrong character is noticed."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def _opened(data: bytes, identities: str) -> bytes:
    for identity in _keys(identities):
        try:
            return sealing.decrypt(data, identity)
        except HomeVisitError as refusal:
            if refusal.code != "package.not_for_me":
                raise
    raise HomeVisitError("escrow.other_key")


def _keys(identities: str) -> Iterator[str]:
    if identities.startswith((PREFIX.decode(), _ARMOUR.decode())):
        raise HomeVisitError("escrow.key_is_sealed")
    found = [line.strip() for line in identities.splitlines() if IDENTITY.fullmatch(line.strip())]
    if not found:
        raise HomeVisitError("escrow.no_key")
    for identity in found:
        try:
            pyrage.x25519.Identity.from_str(identity)
        except pyrage.IdentityError:
            raise HomeVisitError("escrow.no_key") from None
        yield identity


def _read(plain: bytes) -> EscrowedCode:
    title, *lines = plain.decode().split("\n")
    if title != TITLE:
        raise HomeVisitError("escrow.newer" if title.startswith(TITLE.rstrip("1")) else "escrow.damaged")
    said = dict(line.split(": ", 1) for line in lines[: lines.index("")])
    return EscrowedCode(code=said["code"], name=said["name"], laptop=said["laptop"], made_at=said["made"])
