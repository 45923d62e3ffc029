"""The supervisor's reading: the queue, comments kept as a draft, and the decision on one exact version."""

from __future__ import annotations

from datetime import datetime

from homevisit.domain.codec import plain, review_from_json
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.review import Decision, ReviewBody
from homevisit.domain.summaries import VisitRow
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store

REVIEW_PREFIX = "review/"
PART = "review"


class Reviews:
    """What a supervisor does with visits that other people signed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def queue(self) -> tuple[VisitRow, ...]:
        """Visits of others, those without a review of their newest version first, oldest first."""
        rows = self._store.views.visits_of_others(self._store.identity.card.person)
        return tuple(sorted(rows, key=lambda row: (row.reviewed_version == row.version, row.recorded_at)))

    def draft(self, visit: str, version: str) -> ReviewBody:
        """The comments so far on this version; an unfinished review of an older version is carried over as it is."""
        kept = self._store.drafts.load(REVIEW_PREFIX + visit)
        if kept is None:
            return ReviewBody(visit=visit, version=version, decision=Decision.READ)
        return review_from_json(kept.parts[PART])

    def save(self, body: ReviewBody, family: str) -> datetime:
        """Keep an unfinished review."""
        record = REVIEW_PREFIX + body.visit
        return self._store.drafts.save_all(record, {PART: plain(body)}, family=family, base=body.version)

    def decide(self, body: ReviewBody) -> Entry:
        """Sign the review of exactly the version it names; the draft goes once it is safe."""
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
        entry = self._store.ledger.append([new])[0]
        self._store.drafts.discard(REVIEW_PREFIX + body.visit)
        return entry


def _says_something(body: ReviewBody) -> bool:
    return bool(body.action.strip()) or any(comment.text.strip() for comment in body.comments)
