"""Cards as files: trust begins with one, handed over and confirmed by six words read aloud."""

from __future__ import annotations

import functools
import json
import re

import pyrage
from mnemonic import Mnemonic

from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card, Desk, SignedCard
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.fields import INSTANT, SHA256, TOKEN, Fields
from homevisit.exchange.strict_json import read_object
from homevisit.signatures import verify

FORMAT = 1
_WORD_BITS = 11
_WORDS = 6
_MALFORMED = "card.malformed"
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")


def card_file(card: Card, signature: bytes) -> bytes:
    """The file that hands a card over, at most 4 KiB (``card.too_large`` where the texts are longer)."""
    data = json.dumps(card_json(card, signature), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    if len(data) > limits.CARD_BYTES:
        raise HomeVisitError("card.too_large", size=len(data))
    return data


def card_json(card: Card, signature: bytes) -> JsonObject:
    """A card with its signature, as its file and a pack of prompt sets hold it."""
    return SignedCard(card=card, signature=signature).to_json()


def read_card(data: bytes) -> SignedCard:
    """The card in a file, its signature checked; trust still needs the six words."""
    if len(data) > limits.CARD_BYTES:
        raise HomeVisitError("card.too_large", size=len(data))
    whole = read_object(data, code=_MALFORMED)
    fields = Fields(whole, code=_MALFORMED)
    if fields.integer("format", least=1) > FORMAT:
        raise HomeVisitError("card.newer")
    fields.only(("card", "format", "signature"))
    card = _card(fields.nested("card"))
    signature = bytes.fromhex(fields.text("signature", _SIGNATURE))
    if not verify(card.person_key, signature, card.signing_bytes()):
        raise HomeVisitError("card.signature")
    return SignedCard(card=card, signature=signature)


def six_words(card: Card) -> tuple[str, ...]:
    """The first 66 bits of the card's fingerprint as six English words to read aloud."""
    return words_of(card.fingerprint())


def words_of(fingerprint: str) -> tuple[str, ...]:
    """The first 66 bits of any SHA-256 as six English words."""
    bits = int(fingerprint, 16) >> (256 - _WORDS * _WORD_BITS)
    shifts = range((_WORDS - 1) * _WORD_BITS, -1, -_WORD_BITS)
    return tuple(word_list()[bits >> shift & 2047] for shift in shifts)


@functools.cache
def word_list() -> tuple[str, ...]:
    """The 2,048 words, each worth eleven bits."""
    return tuple(Mnemonic("english").wordlist)


def _card(value: dict[str, object]) -> Card:
    fields = Fields(value, code=_MALFORMED)
    if fields.integer("format", least=1) > FORMAT:
        raise HomeVisitError("card.newer")
    role = fields.text("role")
    if role not in tuple(Desk):
        raise fields.fault("role")
    card = Card(
        person=fields.text("person", TOKEN),
        name=fields.line("name"),
        role=Desk(role),
        title=fields.line("title"),
        registration=fields.line("registration"),
        organisation=fields.line("organisation"),
        person_key=fields.text("person_key", SHA256),
        device=fields.text("device", TOKEN),
        sign_key=fields.text("sign_key", SHA256),
        age_recipient=_recipient(fields),
        made_at=fields.moment("made_at", INSTANT),
    )
    fields.only(card.to_json())
    return card


def _recipient(fields: Fields) -> str:
    text = fields.text("age_recipient", RECIPIENT)
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise fields.fault("age_recipient") from None
    return text
