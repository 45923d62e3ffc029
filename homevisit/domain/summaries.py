"""Read-side values: what screens and commands are given. Every one is derived from entries, drafts and packages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card
from homevisit.domain.entry import Act, Kind
from homevisit.domain.family import FamilyDetails, Person, Tie
from homevisit.domain.review import ReviewBody
from homevisit.domain.sync_summary import NextAction
from homevisit.domain.visit import Attendance, Contact, RecordState, VisitBody


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRow:
    """One line of Families. ``babies`` holds (name, birth date, due date, gestation in days) of children and unborn."""

    id: str
    name: str = field(repr=False)
    level: str = ""
    babies: tuple[tuple[str, str, str, int | None], ...] = field(default=(), repr=False)
    carers: tuple[str, ...] = field(default=(), repr=False)
    address: str = field(default="", repr=False)
    last_visit: str = ""
    visits: int = 0
    drafts: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One line of a timeline. ``head`` is the version shown, ``heads`` how many stand side by side."""

    id: str
    family: str
    family_name: str = field(default="", repr=False)
    contact: Contact
    attendance: Attendance
    started: str
    recorded_at: str
    author: str
    author_name: str = field(default="", repr=False)
    state: RecordState
    head: str = ""
    heads: int = 1
    version: int = 1
    reviewed_version: int = 0
    summary: str = field(default="", repr=False)
    comments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """Something that will be done. ``source`` says whether it came from a visit's response or stands alone."""

    id: str
    family: str
    visit: str
    what: str = field(repr=False)
    owner: str = field(default="", repr=False)
    due: str = ""
    outcome: str = ""
    done: bool = False
    done_at: str = ""


IN_ERROR = "entered-in-error"
"""The field of a conflict about the whole record: one marked it as entered in error, another changed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """One field that two people changed without seeing each other; ``values`` are (entry id, author name, text)."""

    record: str
    field_name: str
    values: tuple[tuple[str, str, str], ...] = field(repr=False)
    shown: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyBrief:
    """Twenty seconds before the door: who, who lives here, what we said we would do, what worries, what is strong."""

    id: str
    details: FamilyDetails
    people: tuple[Person, ...]
    ties: tuple[Tie, ...]
    actions: tuple[ActionRow, ...]
    strengths: tuple[str, ...] = field(default=(), repr=False)
    needs: tuple[str, ...] = field(default=(), repr=False)
    last_visit: VisitRow | None = None
    conflicts: tuple[FieldConflict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One entry of a record as history shows it. ``genuine`` is the verdict on hash, body and signature."""

    entry: str
    record: str
    kind: Kind
    act: Act
    number: int
    author: str
    author_name: str = field(repr=False)
    author_title: str = field(default="", repr=False)
    registration: str = ""
    device: str
    happened_at: str
    recorded_at: str
    reason: str = field(default="", repr=False)
    parents: tuple[str, ...] = ()
    genuine: bool = True
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review of one version of a visit, as both desks see it."""

    id: str
    entry: str
    body: ReviewBody
    reviewer: str
    reviewer_name: str = field(repr=False)
    recorded_at: str
    version_number: int = 0
    delivered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedVisit:
    """A visit as it was signed: the version shown, all versions, and the reviews of each."""

    row: VisitRow
    body: VisitBody
    versions: tuple[Version, ...]
    reviews: tuple[ReviewRow, ...]
    other_heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDraft:
    """Unsigned work. ``base`` is the version that is being amended ("" for a new visit).

    ``recovered`` says that the program ended without leaving this draft properly; ``earlier`` is then the draft as
    it was at the last proper leaving, for comparison (None if it never was left). ``responses`` holds the body's
    responses by their key (see ``homevisit.domain.responses``), ``reason`` why a signed visit is being amended.
    """

    visit: str
    body: VisitBody
    base: str = ""
    started_at: datetime
    saved_at: datetime
    recovered: bool = False
    earlier: VisitBody | None = field(default=None, repr=False)
    responses: dict[str, JsonObject] = field(default_factory=dict, repr=False)
    reason: str = field(default="", repr=False)


class HitKind(StrEnum):
    """Where a search found its words."""

    FAMILY = "family"
    PERSON = "person"
    NOTE = "note"
    ANSWER = "answer"
    ACTION = "action"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One find. ``snippet`` marks the found words between U+E000 and U+E001 (private use, never in the text shown)."""

    kind: HitKind
    record: str
    family: str
    family_name: str = field(repr=False)
    when: str = ""
    snippet: str = field(default="", repr=False)


class PackageState(StrEnum):
    """Where a package that leaves is: ``sent`` lies in a folder that was chosen by hand, ``confirmed`` was read back

    at a place, ``delivered`` was acknowledged by every device it is for.
    """

    WAITING = "waiting"
    SENT = "sent"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    REFUSED = "refused"


GIVEN_UP_HERE = "sync."
"""How the codes of packages begin that were given up here; what a recipient says begins otherwise."""


def is_given_up(state: str, code: str) -> bool:
    """Whether a package is over without anybody having refused it: its number is void, its words go otherwise."""
    return state == PackageState.REFUSED and code.startswith(GIVEN_UP_HERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One package that leaves, its recipients' names and where it stands.

    ``outstanding`` are the names of those who have not acknowledged it. ``place`` is the folder or the title of the
    place; ``code`` says why it was not put there, or why a recipient refused it. ``owner`` is whose package it is.
    """

    id: str
    name: str
    kind: str
    recipients: tuple[str, ...] = field(repr=False)
    state: PackageState
    made_at: str
    sent_at: str = ""
    entries: int = 0
    visits: int = 0
    place: str = field(default="", repr=False)
    outstanding: tuple[str, ...] = field(default=(), repr=False)
    next_action: NextAction = NextAction.NOTHING
    code: str = ""
    tries: int = 0
    not_before: str = ""
    owner: str = ""

    @property
    def is_given_up(self) -> bool:
        """As :func:`is_given_up`."""
        return is_given_up(self.state, self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One file that arrived. ``code`` is "" when it was taken in, else why it was refused; ``kept`` where it lies."""

    id: str
    file_name: str = field(repr=False)
    received_at: str
    sender_name: str = field(default="", repr=False)
    kind: str = ""
    code: str = ""
    new: int = 0
    known: int = 0
    held: int = 0
    kept: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCard:
    """A card that this person confirmed, with its six words and when."""

    card: Card
    words: tuple[str, ...]
    confirmed_at: str
    mine: bool = False
