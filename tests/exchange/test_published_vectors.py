"""The worked example that docs/formats.md publishes is what this program writes and reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from homevisit.domain.canonical import canonical, digest
from homevisit.domain.card import Card
from homevisit.domain.codec import card_from_json
from homevisit.domain.entry import Entry, body_digest
from homevisit.exchange import sealing
from homevisit.exchange.cards import card_file, read_card, six_words
from homevisit.exchange.entries import envelope_from_json, read_entries, write_entries
from homevisit.exchange.escrow import open_code
from homevisit.exchange.package import decrypt, open_package, read_frame, signing_bytes
from homevisit.exchange.padding import padded_length
from homevisit.exchange.team import read_team, signed
from homevisit.exchange.team import six_words as team_words
from homevisit.signatures import public_key, sign
from homevisit.storage.keys import RecoveryCode, Slot, open_slot
from homevisit.storage.recovery import code_of

DOCS = Path(__file__).parents[2] / "docs"
Vectors = dict[str, Any]


@pytest.fixture
def card(vectors: Vectors) -> Card:
    return card_from_json(vectors["card"]["json"])


@pytest.fixture
def entry(vectors: Vectors) -> Entry:
    known = vectors["entry"]
    return Entry(
        id=known["id"],
        envelope=envelope_from_json(known["envelope"]),
        signature=bytes.fromhex(known["signature"]),
        salt=bytes.fromhex(known["salt"]),
        body=known["body"],
    )


def test_the_card(vectors: Vectors, card: Card) -> None:
    known = vectors["card"]
    assert canonical(card.to_json()).hex() == known["canonical_hex"]
    assert sign(bytes.fromhex(vectors["keys"]["person_private"]), card.signing_bytes()).hex() == known["signature"]
    assert (card.fingerprint(), list(six_words(card))) == (known["fingerprint"], known["six_words"])
    assert read_card(card_file(card, bytes.fromhex(known["signature"]))).card == card


def test_the_entry(vectors: Vectors, entry: Entry) -> None:
    known, private = vectors["entry"], bytes.fromhex(vectors["keys"]["device_private"])
    assert entry.envelope.canonical().hex() == known["envelope_canonical_hex"]
    assert entry.envelope.id() == known["id"]
    assert body_digest(entry.salt, known["body"]) == known["body_digest"]
    assert sign(private, entry.envelope.signing_bytes()).hex() == known["signature"]


def test_the_raw_body_of_the_package(vectors: Vectors, entry: Entry) -> None:
    raw = bytes.fromhex(vectors["package"]["raw_hex"])
    assert write_entries([entry]) == raw
    assert read_entries(raw, count=1) == (entry,)


def test_the_frame_of_the_package(vectors: Vectors) -> None:
    known, private = vectors["package"], bytes.fromhex(vectors["keys"]["device_private"])
    frame = read_frame(bytes.fromhex(known["plain_hex"]))
    assert frame.head.hex() == known["head_hex"]
    assert digest(frame.head) == known["digest"]
    assert frame.signature == sign(private, signing_bytes(frame.head))
    assert frame.manifest == canonical(known["manifest"])


def test_the_sealed_package(vectors: Vectors, card: Card, entry: Entry) -> None:
    sealed, identity = bytes.fromhex(vectors["package"]["sealed_hex"]), vectors["keys"]["age_identity"]
    assert decrypt(sealed, identity=identity).hex() == vectors["package"]["plain_hex"]
    opened = open_package(sealed, identity=identity, me=card.person, pinned={card.device: card}.get)
    assert opened.entries == (entry,)
    assert public_key(bytes.fromhex(vectors["keys"]["device_private"])) == card.sign_key


def test_the_team_file(vectors: Vectors, card: Card) -> None:
    known, private = vectors["team"], bytes.fromhex(vectors["team"]["private"])
    file = read_team(known["file"].encode())
    assert signed(file.team, private).data().decode() == known["file"]
    assert (file.signature.hex(), file.team.fingerprint()) == (known["signature"], known["fingerprint"])
    assert list(team_words(file.team)) == known["six_words"]
    assert file.team.members[0].cards[0].card == card


def test_the_escrow_slot(vectors: Vectors, card: Card) -> None:
    known, slot = vectors["escrow"], vectors["escrow"]["slot"]
    assert code_of(bytes.fromhex(known["secret"])) == known["code"]
    sealed = bytes.fromhex(slot["sealed"])
    read = Slot(
        kind=slot["type"],
        kdf=slot["kdf"],
        recipient=slot["recipient"],
        sealed=sealed,
        **{name: bytes.fromhex(slot[name]) for name in ("salt", "nonce", "wrapped")},
    )
    assert read.to_json() == slot
    assert open_slot(read, RecoveryCode(known["code"]), known["vault"]) == bytes.fromhex(known["data_key"])
    found = open_code(sealed, vectors["keys"]["age_identity"])
    assert (found.code, found.name, found.laptop) == (known["code"], card.name, card.device)
    assert sealing.decrypt(sealed, vectors["keys"]["age_identity"]).decode() == known["text"]


def test_the_padding(vectors: Vectors) -> None:
    assert [[length, padded_length(length)] for length, _ in vectors["padding"]] == vectors["padding"]


def test_the_document_shows_the_values_of_the_vectors(vectors: Vectors) -> None:
    text = (DOCS / "formats.md").read_text(encoding="utf-8")
    shown = (
        vectors["card"]["fingerprint"],
        " ".join(vectors["card"]["six_words"]),
        bytes.fromhex(vectors["entry"]["envelope_canonical_hex"]).decode(),
        vectors["entry"]["id"],
        vectors["entry"]["signature"],
        vectors["package"]["digest"],
        vectors["package"]["head_hex"][:24],
        vectors["team"]["fingerprint"],
        " ".join(vectors["team"]["six_words"]),
        vectors["team"]["signature"],
        vectors["escrow"]["code"],
    )
    assert [value for value in shown if value not in text] == []
