"""The supervisor's reading: the queue, comments kept as a draft, and the decision on one exact version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from homevisit.domain.codec import plain, review_from_json
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.lateness import NONE_LATE, LateVisits
from homevisit.domain.review import Decision, ReviewBody
from homevisit.domain.summaries import VisitRow
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.services.lateness import Lateness
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store

REVIEW_PREFIX = "review/"
PART, DECIDED = "review", "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """An unfinished review; ``saved_at`` is None for one that was not begun.

    ``decided`` says that the person chose the decision; ``carried``, that the review was begun on an earlier version
    and now names the newest one, with its comments kept.
    """

    body: ReviewBody
    decided: bool = False
    carried: bool = False
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What waits to be read, in the order in which it should be, and which of it is late."""

    rows: tuple[VisitRow, ...] = ()
    late: LateVisits = NONE_LATE


class Reviews:
    """What a supervisor does with visits that other people signed."""

    def __init__(self, store: Store, lateness: Lateness) -> None:
        self._store = store
        self._lateness = lateness

    def queue(self) -> Queue:
        """Visits of others: late ones first, then others without a review of their newest version, oldest first."""
        rows = self._store.views.visits_of_others(self._store.identity.card.person)
        late = self._lateness.of_queue(rows)
        ordered = sorted(
            rows, key=lambda row: (row.id not in late.days, row.reviewed_version == row.version, row.recorded_at)
        )
        return Queue(rows=tuple(ordered), late=late)

    def draft(self, visit: str, version: str) -> ReviewDraft:
        """The review of this version so far; one begun on another version is carried over with its comments."""
        kept = self._store.drafts.load(REVIEW_PREFIX + visit)
        if kept is None:
            return ReviewDraft(body=ReviewBody(visit=visit, version=version, decision=Decision.READ))
        body = review_from_json(kept.parts[PART])
        return ReviewDraft(
            body=replace(body, version=version),
            decided=bool(kept.parts.get(DECIDED)),
            carried=body.version != version,
            saved_at=kept.saved_at,
        )

    def save(self, body: ReviewBody, family: str, *, decided: bool) -> datetime:
        """Keep an unfinished review."""
        parts: dict[str, object] = {PART: plain(body), DECIDED: decided}
        return self._store.drafts.save_all(REVIEW_PREFIX + body.visit, parts, family=family, base=body.version)

    def decide(self, body: ReviewBody) -> Entry:
        """Sign the review of exactly the version it names; the draft goes with the same commit."""
        version = self._store.ledger.entry(body.version)
        if version is None or version.envelope.record != body.visit:
            raise HomeVisitError("review.unknown_version", visit=body.visit)
        if version.envelope.author == self._store.identity.card.person:
            raise HomeVisitError("review.own_work")
        if body.decision in {Decision.SEND_BACK, Decision.ACTION} and not _says_something(body):
            raise HomeVisitError("review.words_needed")
        new = NewEntry(
            record=new_id(), kind=Kind.REVIEW, act=Act.SIGN, family=version.envelope.family, body=plain(body)
        )
        return self._store.ledger.append([new], also=lambda: self._store.drafts.discard(REVIEW_PREFIX + body.visit))[0]


def _says_something(body: ReviewBody) -> bool:
    return bool(body.action.strip()) or any(comment.text.strip() for comment in body.comments)
