"""From draft to record: what is missing, signing, amending and marking as entered in error."""

from __future__ import annotations

from dataclasses import dataclass, replace

from homevisit.clock import Clock, instant
from homevisit.domain.codec import plain
from homevisit.domain.completeness import Missing, missing_from, stops_signing
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.moments import local_moment
from homevisit.domain.summaries import VisitDraft
from homevisit.domain.visit import Omission, VisitBody
from homevisit.errors import HomeVisitError
from homevisit.services.answering import Answering
from homevisit.services.drafting import Drafting
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Exactly what would be signed now, what is missing, and which act the signature would be."""

    draft: VisitDraft
    body: VisitBody
    missing: tuple[Missing, ...]
    act: Act
    recorded_at: str

    @property
    def can_sign(self) -> bool:
        return not stops_signing(self.missing)


class Signing:
    """Turns drafts into entries. Nothing that was signed is ever changed or removed by it."""

    def __init__(self, store: Store, drafting: Drafting, answering: Answering, clock: Clock) -> None:
        self._store = store
        self._drafting = drafting
        self._answering = answering
        self._clock = clock

    def preview(self, visit: str) -> Preview:
        """What Finish shows: the finished body (disabled prompts left out) and everything that is missing."""
        draft = self._drafting.open(visit)
        now = self._clock.now()
        answered = self._answering.read(draft.body.responses, now)
        body = answered.completed(visit, draft.body)
        people = self._store.views.people(body.family)
        missing = missing_from(body, people, answered.gaps(), now)
        return Preview(
            draft=draft,
            body=_with_open_omissions(body, missing),
            missing=missing,
            act=_act(draft),
            recorded_at=instant(now),
        )

    def leave_out(self, visit: str, what: str, reason: str) -> Preview:
        """Give (or with "" take back) the reason for leaving something out."""
        draft = self._drafting.open(visit)
        others = tuple(item for item in draft.body.omissions if item.what != what)
        given = (Omission(what=what, reason=reason),) if reason.strip() else ()
        self._drafting.save_contact(visit, replace(draft.body, omissions=others + given))
        return self.preview(visit)

    def sign(self, visit: str, reason: str = "") -> Entry:
        """Freeze the draft as an entry; an amendment needs a reason. The draft goes with the same commit."""
        preview = self.preview(visit)
        if not preview.can_sign:
            raise HomeVisitError("visit.incomplete", open=sum(not item.reason for item in preview.missing))
        if preview.act is not Act.SIGN and not reason.strip():
            raise HomeVisitError("visit.reason_needed")
        new = _new_entry(visit, preview.body, preview.act, parents=_parents(preview.draft), reason=reason)
        return self._store.ledger.append([new], also=lambda: self._drafting.discard(visit))[0]

    def withdraw(self, visit: str, reason: str) -> Entry:
        """Mark a signed visit as entered in error: it stays readable, struck through, with the reason."""
        if not reason.strip():
            raise HomeVisitError("visit.reason_needed")
        shown = self._store.views.visit(visit)
        if shown is None:
            raise HomeVisitError("visit.unknown", visit=visit)
        return self._store.ledger.append([_new_entry(visit, shown.body, Act.WITHDRAW, parents=None, reason=reason)])[0]


def _new_entry(visit: str, body: VisitBody, act: Act, *, parents: tuple[str, ...] | None, reason: str) -> NewEntry:
    return NewEntry(
        record=visit,
        kind=Kind.VISIT,
        act=act,
        family=body.family,
        body=plain(body),
        parents=parents,
        happened_at=local_moment(body.started),
        reason=reason.strip(),
    )


def _act(draft: VisitDraft) -> Act:
    parents = _parents(draft)
    if not parents:
        return Act.SIGN
    return Act.SETTLE if len(parents) > 1 else Act.AMEND


def _parents(draft: VisitDraft) -> tuple[str, ...]:
    return tuple(head for head in draft.base.split(",") if head)


def _with_open_omissions(body: VisitBody, missing: tuple[Missing, ...]) -> VisitBody:
    """Keep only the reasons that still belong to something missing."""
    still = {item.what for item in missing}
    return replace(body, omissions=tuple(item for item in body.omissions if item.what in still))
