"""A visit as it is drafted, signed and read back: one body that holds the contact, the note and the responses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.domain.canonical import JsonObject


class Contact(StrEnum):
    """Kind of contact (Delivery of the HCP, 6 February 2026, and suggested contacts)."""

    ANTENATAL = "antenatal"
    NEW_BIRTH = "new-birth"
    SIX_WEEKS = "6-8-weeks"
    THREE_MONTHS = "3-4-months"
    SIX_MONTHS = "6-months"
    ONE_YEAR = "9-15-months"
    TWO_YEARS = "24-30-months"
    ADDITIONAL = "additional"


class Mode(StrEnum):
    """How the contact took place."""

    HOME = "home"
    CLINIC = "clinic"
    PHONE = "phone"
    VIDEO = "video"
    OTHER = "other"


class Attendance(StrEnum):
    """What became of the contact; children are "not brought", never "DNA"."""

    SEEN = "seen"
    NO_ACCESS = "no-access"
    NOT_BROUGHT = "was-not-brought"
    CANCELLED_BY_FAMILY = "cancelled-by-family"
    CANCELLED_BY_SERVICE = "cancelled-by-service"


class Section(StrEnum):
    """The five sections of a note, in reading order."""

    FACTS = "facts"
    PARENTS_VIEW = "parents-view"
    BABY = "baby"
    ANALYSIS = "analysis"
    PLAN = "plan"


class Asked(StrEnum):
    """An answer that may be visibly missing."""

    NOT_ANSWERED = ""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Somebody who was present; ``person`` is "" for a visitor who is not kept as a person of the family."""

    person: str = ""
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSeen:
    """Whether one child was seen and awake, and why not."""

    person: str
    seen: Asked = Asked.NOT_ANSWERED
    awake: Asked = Asked.NOT_ANSWERED
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAlone:
    """Whether one carer was seen alone, and why not."""

    person: str
    alone: Asked = Asked.NOT_ANSWERED
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """Something left out on purpose, with the practitioner's reason. ``what`` is a code of ``missing_from``."""

    what: str
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """What step three came to: an outcome, what will be done, by whom and by when ("" where the outcome needs none).

    ``id`` is the action's own record id, the same in every version of the visit.
    """

    id: str
    outcome: str = ""
    what: str = field(default="", repr=False)
    owner: str = field(default="", repr=False)
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A strength or an area of need, with the evidence it is tied to, in words."""

    what: str = field(repr=False)
    evidence: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitBody:
    """Everything that is signed as one version of a visit.

    ``started`` and ``ended`` are the practitioner's local wall times as typed ("2026-03-01T09:30", "" unknown; an
    impossible one is kept as typed in a draft and cannot be signed). ``note`` maps a section to its text.
    ``responses`` are FHIR R4 QuestionnaireResponse objects (decimals as strings), one per prompt set and carer.
    ``actions``, ``strengths`` and ``needs`` are read out of the responses when the visit is signed (a draft has none),
    so that every later reader sees them without the prompt set.
    """

    family: str
    contact: Contact = Contact.ADDITIONAL
    mode: Mode = Mode.HOME
    attendance: Attendance = Attendance.SEEN
    started: str = ""
    ended: str = ""
    present: tuple[Presence, ...] = ()
    children: tuple[ChildSeen, ...] = ()
    alone: tuple[SeenAlone, ...] = ()
    note: dict[Section, str] = field(default_factory=dict, repr=False)
    responses: tuple[JsonObject, ...] = field(default=(), repr=False)
    omissions: tuple[Omission, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    strengths: tuple[Noticed, ...] = ()
    needs: tuple[Noticed, ...] = ()


class RecordState(StrEnum):
    """The true state of a visit, always shown in words."""

    DRAFT = "draft"
    SIGNED = "signed"
    WAITING = "waiting-to-send"
    SENT = "sent"
    DELIVERED = "delivered"
    REVIEWED = "reviewed"
    SENT_BACK = "sent-back"
    WITHDRAWN = "withdrawn"
