"""A family, its people and the ties between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """Level of service, set by a person with a reason and never computed (Delivery of the HCP, 2026)."""

    UNKNOWN = ""
    COMMUNITY = "community"
    UNIVERSAL = "universal"
    TARGETED = "targeted"
    SPECIALIST = "specialist"


class Role(StrEnum):
    """Who somebody is in the family, seen from the baby."""

    CHILD = "child"
    UNBORN = "unborn"
    MOTHER = "mother"
    FATHER = "father"
    SECOND_CARER = "second-carer"
    OTHER_CARER = "other-carer"
    SIBLING = "sibling"
    OTHER = "other"


CARERS = frozenset({Role.MOTHER, Role.FATHER, Role.SECOND_CARER, Role.OTHER_CARER})
BABIES = frozenset({Role.CHILD, Role.UNBORN})


class Relation(StrEnum):
    """How one person relates to another: ``source`` is the <relation> of ``target``."""

    PARENT = "parent"
    STEP_PARENT = "step-parent"
    GRANDPARENT = "grandparent"
    PARTNER = "partner"
    FORMER_PARTNER = "former-partner"
    SIBLING = "sibling"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyDetails:
    """What is kept about a family as a whole. ``safety_note`` is sensitive: for staff, never for the family."""

    name: str = field(repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    language: str = ""
    interpreter: str = ""
    level: Level = Level.UNKNOWN
    level_reason: str = field(default="", repr=False)
    safety_note: str = field(default="", repr=False)
    worries: str = field(default="", repr=False)
    strengths: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What is kept about a person. Dates are ISO texts exactly as known ("" unknown).

    ``gestation_days`` is the gestation at birth in days (None unknown); ``due_date`` is for an unborn child or a
    premature one. ``nhs_number`` is ten digits or "" (optional by design).
    """

    name: str = field(repr=False)
    role: Role
    birth_date: str = ""
    due_date: str = ""
    gestation_days: int | None = None
    sex: str = ""
    nhs_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    lives_here: bool = True
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person with the ids of the record and of the family."""

    id: str
    family: str
    details: PersonDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How two people of a family relate; ``source`` is the ``relation`` of ``target``."""

    id: str
    family: str
    source: str
    target: str
    relation: Relation
    shares_home: bool = True
    parental_responsibility: bool = False


def parse_date(text: str) -> date | None:
    """The date an ISO text names, None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
