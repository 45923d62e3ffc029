"""A card file is read back exactly, or refused with a code that says what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from mnemonic import Mnemonic

from homevisit import signatures
from homevisit.errors import HomeVisitError
from homevisit.exchange.cards import card_file, read_card, six_words
from tests.exchange.sealing_desks import DeskKeys, Desks


def refusal(data: bytes) -> str:
    with pytest.raises(HomeVisitError) as caught:
        read_card(data)
    return caught.value.code


def signed_file(desk: DeskKeys, **changes: str) -> bytes:
    card = replace(desk.card, **changes)  # type: ignore[arg-type]
    return card_file(card, signatures.sign(desk.person_key, card.signing_bytes()))


def edited(desk: DeskKeys, **changes: object) -> bytes:
    whole = json.loads(signed_file(desk))
    whole["card"].update(changes)
    return json.dumps(whole).encode()


def test_a_card_comes_back_as_it_was_handed_out(desks: Desks) -> None:
    signed = read_card(card_file(desks.sender.card, desks.sender.card_signature()))
    assert signed.card == desks.sender.card
    assert signed.signature == desks.sender.card_signature()


def test_names_in_any_script_are_kept(desks: Desks) -> None:
    data = signed_file(desks.sender, name="Zoë שרה Ólafsdóttir 李", title="", registration="", organisation="")
    assert read_card(data).card.name == "Zoë שרה Ólafsdóttir 李"


def test_the_six_words_are_the_first_66_bits_of_the_fingerprint(desks: Desks) -> None:
    words = six_words(desks.sender.card)
    numbers = [Mnemonic("english").wordlist.index(word) for word in words]
    bits = "".join(f"{number:011b}" for number in numbers)
    assert len(words) == 6
    assert f"{int(desks.sender.card.fingerprint(), 16):0256b}".startswith(bits)


def test_a_changed_name_changes_the_words(desks: Desks) -> None:
    assert six_words(desks.sender.card) != six_words(replace(desks.sender.card, name="Ada Exemple"))


@pytest.mark.parametrize("field", ["name", "device", "person", "made_at", "sign_key"])
def test_any_changed_field_breaks_the_signature(desks: Desks, field: str) -> None:
    other = {
        "name": "Eve",
        "device": "other",
        "person": "other",
        "made_at": "2027-01-01T00:00:00.000Z",
        "sign_key": "ab" * 32,
    }
    assert refusal(edited(desks.sender, **{field: other[field]})) == "card.signature"


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "director"},
        {"person": "Not An Id"},
        {"sign_key": "ABCD"},
        {"age_recipient": "age1" + "q" * 58},
        {"age_recipient": "ssh-ed25519 AAAA"},
        {"made_at": "yesterday"},
        {"made_at": "2026-02-30T00:00:00.000Z"},
        {"name": "Ada\nSupervisor"},
        {"name": "Ada \u202e"},
        {"name": 7},
        {"extra": ""},
    ],
)
def test_a_field_that_cannot_be_is_refused(desks: Desks, changes: dict[str, object]) -> None:
    assert refusal(edited(desks.sender, **changes)) == "card.malformed"


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[]", b"null", b'{"card":{},"card":{}}', b'{"format":1.0}', b'{"format":NaN}', b"[" * 4000],
)
def test_bytes_that_are_no_card_are_refused(data: bytes) -> None:
    assert refusal(data) == "card.malformed"


def test_a_card_of_a_newer_program_is_named_as_such(desks: Desks) -> None:
    assert refusal(edited(desks.sender, format=2)) == "card.newer"


def test_a_card_over_four_kibibytes_is_refused_both_ways(desks: Desks) -> None:
    assert refusal(b" " * 4097) == "card.too_large"
    with pytest.raises(HomeVisitError, match=r"card\.too_large"):
        signed_file(desks.sender, name="n" * 4000)
