"""Team files: canonical JSON signed by the organisation's team key; read strictly, in the order of docs/formats.md."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from homevisit.domain.canonical import JsonObject, canonical
from homevisit.domain.card import Desk, SignedCard
from homevisit.domain.codec import card_from_json
from homevisit.domain.place import Place
from homevisit.domain.team import (
    CONTEXT,
    FORMAT,
    LocalService,
    Member,
    Policy,
    Revocation,
    Team,
    TeamPack,
)
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits, sealing
from homevisit.exchange.age_header import check_header
from homevisit.exchange.cards import RECIPIENT, read_card, words_of
from homevisit.exchange.escrow import is_recipient
from homevisit.exchange.fields import SHA256, SHA512, TOKEN, Fields
from homevisit.exchange.strict_json import read_canonical, read_object
from homevisit.signatures import public_key, sign, verify

SUFFIX = ".homevisit-team"
LONGEST_NAME, LONGEST_LINE = 200, 2000
LONGEST_IDLE_LOCK, LONGEST_DAYS = 60, 3650
_CODE = "team.malformed"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_KIND = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
_RECIPIENT_OR_NONE = re.compile(f"(?:{RECIPIENT.pattern})?")
_DAY_OR_NONE = re.compile(r"(?:[12][0-9]{3}-[01][0-9]-[0-3][0-9])?", re.ASCII)

T = TypeVar("T")
Reader = Callable[[Fields], T]
CardReader = Callable[[object, Fields], SignedCard]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFile:
    """A team file as it stands. ``signature`` is empty for a draft that the organisation has not signed yet."""

    team: Team
    signature: bytes = field(default=b"", repr=False)

    @property
    def is_signed(self) -> bool:
        return bool(self.signature)

    def data(self) -> bytes:
        """The file; what no reader would take is refused here already."""
        whole = {"format": FORMAT, "signature": self.signature.hex(), "team": self.team.to_json()}
        found = canonical(whole)
        if len(found) > limits.TEAM_BYTES:
            raise HomeVisitError("team.too_large", size=len(found))
        return found


def signed(team: Team, key: bytes) -> TeamFile:
    """The file of a version, signed by the team key; ``team.other_key`` if that is another team's."""
    if public_key(key) != team.key:
        raise HomeVisitError("team.other_key")
    done = TeamFile(team=team, signature=sign(key, team.signing_bytes()))
    read_team(done.data())
    return done


def read_team(data: bytes, *, draft: bool = False) -> TeamFile:
    """The team in a file, its signature and every card in it checked. Whether its key is known is not decided here.

    ``draft`` takes a file that was not signed yet too, for the organisation's own commands.
    """
    if len(data) > limits.TEAM_BYTES:
        raise HomeVisitError("team.too_large", size=len(data))
    fields = Fields(read_canonical(data, code="team.not_a_team"), code=_CODE)
    if fields.integer("format", least=1) > FORMAT:
        raise HomeVisitError("team.newer")
    fields.only(("format", "signature", "team"))
    body = fields.nested("team")
    signature = fields.text("signature")
    if signature:
        # Before anything else in it is looked at: what nobody signed is not worth reading.
        _check_signature(body, fields.text("signature", SHA512))
    elif not draft:
        raise HomeVisitError("team.unsigned")
    return TeamFile(team=_team(body, _card), signature=bytes.fromhex(signature))


def read_kept(data: bytes) -> Team:
    """The team in a file that was checked when it was taken in: nothing is verified again."""
    return _team(json.loads(data)["team"], _kept_card)


def six_words(team: Team) -> tuple[str, ...]:
    """Six words for the team and its key, the same for every version."""
    return words_of(team.fingerprint())


def sealed_secrets(secrets: Mapping[str, Mapping[str, str]], team: Team) -> dict[str, str]:
    """What opens the places (by place id), sealed to each device of the team by itself; revoked devices get none."""
    if not secrets:
        return {}
    plain = canonical({place: dict(texts) for place, texts in secrets.items()})
    revoked = {each.device for each in team.revoked}
    cards = [each.card for member in team.members for each in member.cards if each.card.device not in revoked]
    return {
        card.device: base64.b64encode(sealing.encrypt(plain, [card.age_recipient])).decode("ascii") for card in cards
    }


def open_secrets(team: Team, *, device: str, identity: str) -> dict[str, dict[str, str]]:
    """What opens the places, for this device; nothing where the team gives it nothing."""
    text = team.secrets.get(device)
    if not text:
        return {}
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise HomeVisitError(_CODE, why="secrets") from None
    check_header(data)
    found = read_object(sealing.decrypt(data, identity), code=_CODE)
    if not all(isinstance(texts, dict) and _is_text_map(texts) for texts in found.values()):
        raise HomeVisitError(_CODE, why="secrets")
    return {place: dict(texts) for place, texts in found.items() if isinstance(texts, dict)}


def _check_signature(body: JsonObject, signature: str) -> None:
    key = Fields(body, code=_CODE).text("key", SHA256)
    if not verify(key, bytes.fromhex(signature), CONTEXT + canonical(body)):
        raise HomeVisitError("team.signature")


def _team(body: JsonObject, card: CardReader) -> Team:
    fields = Fields(body, code=_CODE)
    if fields.integer("format", least=1) > FORMAT:
        raise HomeVisitError("team.newer")
    team = Team(
        id=fields.text("team", TOKEN),
        organisation=fields.line("organisation", least=1, most=LONGEST_NAME),
        key=fields.text("key", SHA256),
        version=fields.integer("version", least=1),
        made_at=fields.moment("made_at"),
        expires=_expires(fields),
        members=tuple(_each(fields, "members", limits.TEAM_MEMBERS, partial(_member, card=card))),
        revoked=tuple(_each(fields, "revoked", limits.TEAM_MEMBERS, _revocation)),
        places=tuple(_each(fields, "places", limits.TEAM_PLACES, _place)),
        secrets=_secrets(fields),
        policy=_policy(fields.nested("policy")),
        packs=tuple(_each(fields, "packs", limits.PACK_SETS, _pack)),
        directory=tuple(_each(fields, "directory", limits.TEAM_DIRECTORY, _service)),
    )
    fields.only(team.to_json())
    _check_people(team, fields)
    return team


def _each(fields: Fields, name: str, most: int, read: Reader[T]) -> Iterator[T]:
    for item in fields.items(name, most=most):
        if not isinstance(item, dict):
            raise fields.fault(name)
        yield read(Fields(item, code=_CODE))


def _member(fields: Fields, *, card: CardReader) -> Member:
    member = Member(
        person=fields.text("person", TOKEN),
        name=fields.line("name", least=1, most=LONGEST_NAME),
        role=_role(fields),
        registration=fields.line("registration", most=LONGEST_NAME),
        supervisors=fields.texts("supervisors", TOKEN, most=limits.TEAM_CARDS),
        cards=tuple(card(item, fields) for item in fields.items("cards", most=limits.TEAM_CARDS)),
    )
    fields.only(member.to_json())
    held = [each.card for each in member.cards]
    if not held or any((each.person, each.role) != (member.person, member.role) for each in held):
        raise fields.fault("cards")
    if len({each.person_key for each in held}) != 1:
        raise fields.fault("cards")
    return member


def _role(fields: Fields) -> Desk:
    role = fields.text("role")
    if role not in tuple(Desk):
        raise fields.fault("role")
    return Desk(role)


def _card(item: object, fields: Fields) -> SignedCard:
    if not isinstance(item, dict):
        raise fields.fault("cards")
    try:
        found = read_card(canonical(item))
    except HomeVisitError as refusal:
        raise HomeVisitError("team.card", why=refusal.code) from None
    return SignedCard(card=found.card, signature=found.signature)


def _kept_card(item: object, fields: Fields) -> SignedCard:
    if not isinstance(item, dict):
        raise fields.fault("cards")
    return SignedCard(card=card_from_json(item["card"]), signature=bytes.fromhex(item["signature"]))


def _revocation(fields: Fields) -> Revocation:
    found = Revocation(
        device=fields.text("device", TOKEN),
        at=fields.moment("at"),
        last=tuple(_place_in_chain(item, fields) for item in fields.items("last", most=limits.TEAM_CARDS)),
    )
    fields.only(found.to_json())
    return found


def _place_in_chain(item: object, fields: Fields) -> tuple[str, int]:
    if not isinstance(item, list) or len(item) != 2:
        raise fields.fault("last")
    parts = Fields({"epoch": item[0], "number": item[1]}, code=_CODE)
    return parts.text("epoch", TOKEN), parts.integer("number", least=1)


def _place(fields: Fields) -> Place:
    settings = fields.nested("settings")
    if len(settings) > limits.TEAM_SETTINGS or not _is_text_map(settings):
        raise fields.fault("settings")
    if any(len(str(text)) > limits.TEAM_SECRET or "\0" in str(text) for text in settings.values()):
        raise fields.fault("settings")
    found = Place(
        id=fields.text("id", TOKEN),
        kind=fields.text("kind", _KIND),
        title=fields.line("title", least=1, most=LONGEST_NAME),
        settings={name: str(text) for name, text in settings.items()},
    )
    fields.only(("id", "kind", "settings", "title"))
    return found


def _policy(value: JsonObject) -> Policy:
    fields = Fields(value, code=_CODE)
    found = Policy(
        idle_lock=fields.integer("idle_lock", most=LONGEST_IDLE_LOCK),
        retention=fields.integer("retention", most=LONGEST_DAYS),
        escalation=fields.integer("escalation", most=LONGEST_DAYS),
        recovery_escrow=fields.text("recovery_escrow", _RECIPIENT_OR_NONE),
    )
    if found.recovery_escrow and not is_recipient(found.recovery_escrow):
        raise fields.fault("recovery_escrow")
    fields.only(found.to_json())
    return found


def _pack(fields: Fields) -> TeamPack:
    found = TeamPack(
        id=fields.text("id", SHA256),
        name=fields.line("name", least=1, most=LONGEST_NAME),
        version=fields.line("version", least=1, most=LONGEST_NAME),
    )
    fields.only(found.to_json())
    return found


def _service(fields: Fields) -> LocalService:
    found = LocalService(
        name=fields.line("name", least=1, most=LONGEST_NAME),
        about=fields.line("about", most=LONGEST_LINE),
        contact=fields.line("contact", most=LONGEST_LINE),
        checked_on=fields.text("checked_on", _DAY_OR_NONE),
    )
    fields.only(found.to_json())
    return found


def _expires(fields: Fields) -> str:
    return fields.moment("expires") if fields.text("expires") else ""


def _secrets(fields: Fields) -> dict[str, str]:
    found = fields.nested("secrets")
    if len(found) > limits.TEAM_MEMBERS or not _is_text_map(found):
        raise fields.fault("secrets")
    texts = {device: str(text) for device, text in found.items()}
    if any(not TOKEN.fullmatch(device) or len(text) > limits.TEAM_SECRET for device, text in texts.items()):
        raise fields.fault("secrets")
    return texts


def _check_people(team: Team, fields: Fields) -> None:
    devices = [each.card.device for member in team.members for each in member.cards]
    lists = {
        "members": [member.person for member in team.members],
        "cards": devices,
        "revoked": [each.device for each in team.revoked],
        "places": [place.id for place in team.places],
        "packs": [pack.id for pack in team.packs],
    }
    for name, found in lists.items():
        if len(set(found)) != len(found):
            raise fields.fault(name)
    for member in team.members:
        people = (team.people.get(person) for person in member.supervisors)
        if any(person is None or person is member or person.role is not Desk.SUPERVISOR for person in people):
            raise fields.fault("supervisors")


def _is_text_map(found: Mapping[str, object]) -> bool:
    return all(_NAME.fullmatch(name) or TOKEN.fullmatch(name) for name in found) and all(
        isinstance(text, str) for text in found.values()
    )
