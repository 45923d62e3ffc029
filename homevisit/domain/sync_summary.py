"""What a run of sending and receiving says of itself: where it is, what came of it, and what is to be done next."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """The steps of a run in their order; the last five are gone through for each place."""

    CHOOSE = "choose"  # what has to leave, and for whom
    SEAL = "seal"
    CONNECT = "connect"
    SEND = "send"
    FETCH = "fetch"
    TAKE_IN = "take-in"
    TIDY = "tidy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a run is. ``of`` is 0 while nobody knows how many there are; ``place`` is the title of the place."""

    step: Step
    place: str = field(default="", repr=False)
    done: int = 0
    of: int = 0


class NextAction(StrEnum):
    """What happens next about a package that leaves, and whose turn it is."""

    NOTHING = "nothing"
    RUN = "run"  # ours: the next run puts it
    WAIT = "wait"  # ours: a place failed, and is tried again at ``not_before``
    MEND_PLACE = "mend-place"  # the person's: trying again will not help (a wrong password, a full place)
    ADD_PLACE = "add-place"  # the person's: add a place, or put it into a folder by hand
    HAND_OVER = "hand-over"  # the person's: it lies in a folder that was chosen by hand
    AWAIT_RECEIPT = "await-receipt"  # the recipient's
    ASK_RECIPIENT = "ask-recipient"  # the recipient refused it


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """``count`` entries or packages that did not leave, and why. ``person`` is an id, ``name`` the name on the card.

    Codes: ``sharing.not_agreed``, ``sharing.no_card`` and ``sharing.lost`` count entries for a person, ``sync.nobody``
    entries that there is nobody to send to, ``sync.no_place`` packages without a place; ``place.*`` and ``package.*``
    count packages that a place did not take.
    """

    code: str
    count: int
    person: str = ""
    name: str = field(default="", repr=False)
    place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Packages that a device numbered for this one and that are not here. ``mine`` says that it is an own laptop."""

    person: str
    name: str = field(repr=False)
    device: str
    packages: int
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceResult:
    """How it went at one place. ``code`` is "" if it went well; it is left alone until ``not_before`` otherwise."""

    place: str
    title: str = field(repr=False)
    code: str = ""
    not_before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What one run did, in packages where nothing else is said. Counts are what was confirmed, never what was tried.

    ``sent`` were read back at a place, ``received`` taken in (with ``received_entries`` new entries), ``refused`` put
    aside with these codes, ``delivered`` confirmed by every recipient, ``receipts`` sent. ``left`` counts the entries
    that should leave and have not been confirmed: only its zero means "Everything sent". It is None where the run
    ended before that could be counted.
    """

    began_at: str
    ended_at: str
    sent: int = 0
    sent_entries: int = 0
    receipts: int = 0
    received: int = 0
    received_entries: int = 0
    refused: tuple[str, ...] = ()
    delivered: int = 0
    left: int | None = None
    held: tuple[Held, ...] = ()
    gaps: tuple[Gap, ...] = ()
    places: tuple[PlaceResult, ...] = ()
    cancelled: bool = False

    @property
    def everything_sent(self) -> bool:
        """A confirmed zero."""
        return self.left == 0

    @property
    def went_well(self) -> bool:
        """No place failed, nothing was refused, and the run was not broken off."""
        return not (self.cancelled or self.refused or any(result.code for result in self.places))
