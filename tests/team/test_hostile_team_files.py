"""Team files that were cut, changed, signed anew, made too large or too deep: refused with a code, nothing taken in."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyrage
import pytest

from homevisit.domain.canonical import canonical
from homevisit.domain.card import Card, Desk, SignedCard
from homevisit.domain.team import CONTEXT, Member, Team
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.team import TeamFile, open_secrets, read_team, sealed_secrets, signed
from homevisit.signatures import new_signing_key, public_key, sign

KEY = new_signing_key()
NOW = "2026-03-01T09:30:00.000Z"
AGE = pyrage.x25519.Identity.generate()
Body = dict[str, Any]


def member(number: int, *, role: Desk = Desk.PRACTITIONER) -> Member:
    private = new_signing_key()
    card = Card(
        person=f"person-{number}",
        name=f"Person {number}",
        role=role,
        title="Health visitor",
        registration="",
        organisation="Example Trust",
        person_key=public_key(private),
        device=f"device-{number}",
        sign_key=public_key(private),
        age_recipient=str(AGE.to_public()),
        made_at=NOW,
    )
    cards = (SignedCard(card=card, signature=sign(private, card.signing_bytes())),)
    return Member(person=card.person, name=card.name, role=role, registration="", cards=cards)


def team(count: int = 3) -> Team:
    members = [member(number, role=Desk.PRACTITIONER if number else Desk.SUPERVISOR) for number in range(count)]
    supervised = [replace(each, supervisors=("person-0",)) for each in members[1:]]
    return Team(
        id="team",
        organisation="Example Trust",
        key=public_key(KEY),
        version=1,
        made_at=NOW,
        members=(*members[:1], *supervised),
    )


GOOD = signed(team(), KEY)
DATA = GOOD.data()


def refusal(data: bytes) -> str:
    with pytest.raises(HomeVisitError) as caught:
        read_team(data)
    return caught.value.code


def signed_again(edit: Callable[[Body], object]) -> bytes:
    """The body edited and signed by the real key: what remains is what the reader's own rules refuse."""
    body = json.loads(DATA)["team"]
    edit(body)
    signature = sign(KEY, CONTEXT + canonical(body)).hex()
    return canonical({"format": 1, "signature": signature, "team": body})


def test_a_good_file_is_read() -> None:
    assert read_team(DATA) == GOOD


@pytest.mark.parametrize("length", [0, 1, 10, len(DATA) // 2, len(DATA) - 1])
def test_a_cut_file_is_refused(length: int) -> None:
    assert refusal(DATA[:length]) == "team.not_a_team"


def test_a_flipped_bit_anywhere_is_refused() -> None:
    chance = random.Random(20)
    for _ in range(300):
        place = chance.randrange(len(DATA))
        data = bytearray(DATA)
        data[place] ^= 1 << chance.randrange(8)
        assert refusal(bytes(data)) in {"team.not_a_team", "team.malformed", "team.signature", "team.newer"}


def test_a_file_signed_by_another_key_is_refused() -> None:
    forged = TeamFile(team=GOOD.team, signature=sign(new_signing_key(), GOOD.team.signing_bytes()))
    assert refusal(forged.data()) == "team.signature"


def test_the_signature_of_another_thing_is_refused() -> None:
    for context in (b"", b"homevisit pack v1\x00", b"homevisit card v1\x00"):
        forged = TeamFile(team=GOOD.team, signature=sign(KEY, context + canonical(GOOD.team.to_json())))
        assert refusal(forged.data()) == "team.signature"


def again(body: Body, name: str) -> None:
    body[name].append(body[name][0])


EDITS: dict[str, Callable[[Body], object]] = {
    "a member twice": lambda body: again(body, "members"),
    "a card twice": lambda body: body["members"][1].update(cards=body["members"][0]["cards"]),
    "no card": lambda body: body["members"][0].update(cards=[]),
    "another role than on the card": lambda body: body["members"][1].update(role="supervisor"),
    "a supervisor who is none": lambda body: body["members"][1].update(supervisors=["person-2"]),
    "a supervisor from elsewhere": lambda body: body["members"][1].update(supervisors=["nobody"]),
    "their own supervisor": lambda body: body["members"][0].update(supervisors=["person-0"]),
    "another person's card": lambda body: body["members"][1].update(person="person-9"),
    "a field too many": lambda body: body.update(extra=1),
    "a field too few": lambda body: body.pop("policy"),
    "a hidden mark in a name": lambda body: body.update(organisation="Trust\u202etsurT"),
    "no version": lambda body: body.update(version=0),
    "a policy of years": lambda body: body["policy"].update(idle_lock=999_999),
    "an escrow that is no key": lambda body: body["policy"].update(recovery_escrow="age1nothing"),
    "a day that is none": lambda body: body.update(expires="2026-02-31T00:00:00.000Z"),
    "too many places": lambda body: body.update(places=[{}] * 99),
    "members that are none": lambda body: body.update(members=[1, 2]),
    "a revocation without a device": lambda body: body.update(revoked=[{"at": NOW, "device": "", "last": []}]),
    "secrets that are none": lambda body: body.update(secrets={"device-0": 1}),
    "a list of lists": lambda body: body.update(directory=[[[[]]]]),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_the_real_key_signed_must_still_make_sense(name: str) -> None:
    assert refusal(signed_again(EDITS[name])) == "team.malformed"


def test_a_card_in_it_that_its_owner_did_not_sign_is_refused() -> None:
    data = signed_again(lambda body: body["members"][0]["cards"][0]["card"].update(name="Somebody else"))
    assert refusal(data) == "team.card"


def test_a_newer_format_is_named_as_such() -> None:
    assert refusal(signed_again(lambda body: body.update(format=2))) == "team.newer"
    assert refusal(canonical({"format": 2})) == "team.newer"


def test_deep_and_large_files_are_refused_at_once() -> None:
    began = time.process_time()
    assert refusal(b'{"a":' * 200_000) == "team.not_a_team"
    assert refusal(b"[" * 1_000_000) == "team.not_a_team"
    assert refusal(b" " * (limits.TEAM_BYTES + 1)) == "team.too_large"
    assert time.process_time() - began < 2


def test_secrets_open_for_the_device_they_are_for_only() -> None:
    here = team()
    whole = replace(here, secrets=sealed_secrets({"p": {"password": "tulip"}}, here))
    assert open_secrets(whole, device="device-1", identity=str(AGE)) == {"p": {"password": "tulip"}}
    assert open_secrets(whole, device="elsewhere", identity=str(AGE)) == {}
    with pytest.raises(HomeVisitError) as caught:
        open_secrets(whole, device="device-1", identity=str(pyrage.x25519.Identity.generate()))
    assert caught.value.code == "package.not_for_me"


@pytest.mark.parametrize(("text", "code"), [("not base64!", "team.malformed"), ("AAAA", "package.not_a_package")])
def test_secrets_that_are_damaged_open_nothing(text: str, code: str) -> None:
    with pytest.raises(HomeVisitError) as caught:
        open_secrets(replace(team(), secrets={"device-1": text}), device="device-1", identity=str(AGE))
    assert caught.value.code == code


@pytest.mark.slow
def test_ten_thousand_members_are_read_in_a_few_seconds() -> None:
    data = signed(team(10_000), KEY).data()
    began = time.process_time()
    assert len(read_team(data).team.members) == 10_000
    print(f"{len(data):,} bytes in {time.process_time() - began:.1f} s")
    assert time.process_time() - began < 20
