"""What the review desk shows, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.domain.family import Person
from homevisit.domain.lateness import NONE_LATE, LateVisits
from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.domain.summaries import ReviewRow, SignedVisit, Version, VisitRow
from homevisit.domain.visit import VisitBody
from ui.notices import Notice


class Group(StrEnum):
    """Why a visit stands where it does in the queue."""

    LATE = "late"
    TO_READ = "to-read"
    AMENDED = "amended"
    REVIEWED = "reviewed"


def group_of(row: VisitRow, late: LateVisits = NONE_LATE) -> Group:
    """Reviewed means: this very version."""
    if row.id in late.days:
        return Group.LATE
    if row.reviewed_version == row.version:
        return Group.REVIEWED
    return Group.AMENDED if row.reviewed_version else Group.TO_READ


def in_groups(rows: Sequence[VisitRow], late: LateVisits) -> tuple[VisitRow, ...]:
    """The visits by why they are read; within a group as they were."""
    order = {group: place for place, group in enumerate(Group)}
    return tuple(sorted(rows, key=lambda row: order[group_of(row, late)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """A comment as the desk lists it: ``place`` is its position in the draft, -1 for one that was signed."""

    comment: Comment = field(repr=False)
    place: int = -1
    by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """``shown`` is the entry that is read; only the newest one can be reviewed. ``due`` is as it was typed."""

    is_loaded: bool = False
    queue: tuple[VisitRow, ...] = ()
    late: LateVisits = NONE_LATE
    visit: str = ""
    signed: SignedVisit | None = None
    people: tuple[Person, ...] = field(default=(), repr=False)
    body: VisitBody | None = field(default=None, repr=False)
    shown: str = ""
    draft: ReviewBody | None = field(default=None, repr=False)
    decision: Decision | None = None
    is_again: bool = False
    anchor: Anchor | None = field(default=None, repr=False)
    active: int = -1
    focus: int = 0
    due_wrong: bool = False
    is_signing: bool = False
    notice: Notice | None = None

    @property
    def row(self) -> VisitRow | None:
        """The line of the queue that is read."""
        return self.signed.row if self.signed else None

    @property
    def head(self) -> str:
        return self.signed.row.head if self.signed else ""

    @property
    def version(self) -> Version | None:
        """The version that is read."""
        versions = self.signed.versions if self.signed else ()
        return next((each for each in versions if each.entry == self.shown), None)

    @property
    def reviews(self) -> tuple[ReviewRow, ...]:
        """The reviews of the version that is read."""
        return tuple(each for each in self.signed.reviews if each.body.version == self.shown) if self.signed else ()

    @property
    def can_write(self) -> bool:
        """Whether there is a review to write: of the newest version, that has none or gets another one."""
        is_newest = bool(self.shown) and self.shown == self.head
        return is_newest and self.draft is not None and (self.is_again or not self.reviews) and not self.is_signing

    @property
    def comments(self) -> tuple[Pinned, ...]:
        """Signed comments on what is read, then those of the draft; the reader's numbers count them."""
        signed = [
            Pinned(comment=comment, by=review.reviewer_name)
            for review in self.reviews
            for comment in review.body.comments
        ]
        mine = self.draft.comments if self.can_write and self.draft else ()
        return (*signed, *(Pinned(comment=comment, place=place) for place, comment in enumerate(mine)))

    @property
    def needs_words(self) -> bool:
        """Sending back and asking for action need words: a comment, or what is to be done."""
        if self.draft is None or self.decision not in (Decision.SEND_BACK, Decision.ACTION):
            return False
        return not self.draft.action.strip() and not any(each.text.strip() for each in self.draft.comments)

    @property
    def can_sign(self) -> bool:
        return self.can_write and self.decision is not None and not self.needs_words and not self.due_wrong
