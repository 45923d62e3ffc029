"""A team: what an organisation says about its people, where their packages go and what it asks of each laptop."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from homevisit.domain.canonical import JsonObject, canonical, digest
from homevisit.domain.card import Desk, SignedCard
from homevisit.domain.place import Place

FORMAT = 1
CONTEXT = b"homevisit team v1\x00"
KEY_CONTEXT = b"homevisit team key v1\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the team. ``supervisors`` are the ids of the persons who supervise them; every card is theirs."""

    person: str
    name: str = field(repr=False)
    role: Desk
    registration: str = field(repr=False)
    supervisors: tuple[str, ...] = ()
    cards: tuple[SignedCard, ...] = field(default=(), repr=False)

    def to_json(self) -> JsonObject:
        return {
            "cards": [each.to_json() for each in self.cards],
            "name": self.name,
            "person": self.person,
            "registration": self.registration,
            "role": self.role.value,
            "supervisors": list(self.supervisors),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A laptop whose packages are refused from ``at`` on, except those up to ``last``: pairs of epoch and number."""

    device: str
    at: str
    last: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> JsonObject:
        return {"at": self.at, "device": self.device, "last": [[epoch, number] for epoch, number in self.last]}

    def allows(self, epoch: str, number: int) -> bool:
        """Whether the package with this number was made before the revocation."""
        return number <= dict(self.last).get(epoch, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the team asks of each laptop; 0 and "" ask nothing.

    ``idle_lock`` is in minutes, at most; ``retention`` is how many days a package stays at a place at most;
    ``escalation`` after how many days a visit that waits for its review is shown as overdue; ``recovery_escrow`` the
    ``age1…`` key that each laptop's recovery file is sealed to.
    """

    idle_lock: int = 0
    retention: int = 0
    escalation: int = 0
    recovery_escrow: str = ""

    def to_json(self) -> JsonObject:
        return {
            "escalation": self.escalation,
            "idle_lock": self.idle_lock,
            "recovery_escrow": self.recovery_escrow,
            "retention": self.retention,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPack:
    """A pack of prompt sets that the team uses."""

    id: str
    name: str
    version: str

    def to_json(self) -> JsonObject:
        return {"id": self.id, "name": self.name, "version": self.version}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalService:
    """One line of the team's directory: whom a family can be sent to, and when that was last checked."""

    name: str
    about: str
    contact: str
    checked_on: str

    def to_json(self) -> JsonObject:
        return {"about": self.about, "checked_on": self.checked_on, "contact": self.contact, "name": self.name}


@dataclass(frozen=True, kw_only=True)
class Team:
    """One version of a team file. ``secrets`` holds, by device, what opens the places, sealed to that device."""

    id: str
    organisation: str
    key: str
    version: int
    made_at: str
    expires: str = ""
    members: tuple[Member, ...] = field(default=(), repr=False)
    revoked: tuple[Revocation, ...] = ()
    places: tuple[Place, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    policy: Policy = Policy()
    packs: tuple[TeamPack, ...] = ()
    directory: tuple[LocalService, ...] = ()

    def to_json(self) -> JsonObject:
        return {
            "directory": [each.to_json() for each in self.directory],
            "expires": self.expires,
            "format": FORMAT,
            "key": self.key,
            "made_at": self.made_at,
            "members": [each.to_json() for each in self.members],
            "organisation": self.organisation,
            "packs": [each.to_json() for each in self.packs],
            "places": [_place_json(each) for each in self.places],
            "policy": self.policy.to_json(),
            "revoked": [each.to_json() for each in self.revoked],
            "secrets": dict(self.secrets),
            "team": self.id,
            "version": self.version,
        }

    def signing_bytes(self) -> bytes:
        """What the team key signs."""
        return CONTEXT + canonical(self.to_json())

    def fingerprint(self) -> str:
        """Of the team and its key, the same for every version; the six words are made of its first 66 bits."""
        return digest(KEY_CONTEXT + canonical({"key": self.key, "team": self.id}))

    @cached_property
    def people(self) -> Mapping[str, Member]:
        """Every member by person."""
        return {member.person: member for member in self.members}

    def supervisors_of(self, person: str) -> frozenset[str]:
        """The ids of the persons who supervise this one."""
        member = self.people.get(person)
        return frozenset(member.supervisors) if member else frozenset()


class Standing(enum.StrEnum):
    """How a team file stands to the one that is here."""

    FIRST = "first"  # no team yet: the six words have to be compared
    UPDATE = "update"
    SAME = "same"


def _place_json(place: Place) -> JsonObject:
    return {"id": place.id, "kind": place.kind, "settings": dict(place.settings), "title": place.title}
