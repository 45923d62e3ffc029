"""Unsigned work: starting a visit, autosaving its parts, finding what a crash left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from homevisit.clock import Clock
from homevisit.domain.canonical import JsonObject
from homevisit.domain.codec import plain
from homevisit.domain.draft_parts import CONTACT_PART, REASON_PART, body_of, parts_of, responses_of
from homevisit.domain.entry import Kind
from homevisit.domain.family import Person, Role
from homevisit.domain.moments import wall_text
from homevisit.domain.summaries import VisitDraft
from homevisit.domain.visit import ChildSeen, Contact, Section, VisitBody
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.storage.drafts import Draft
from homevisit.storage.store import Store

VISIT_PREFIX = "visit/"


class Drafting:
    """Keeps the latest unsaved state of every visit; nothing here ever expires or is merged."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def start(self, family: str, contact: Contact = Contact.ADDITIONAL) -> VisitDraft:
        """Begin a visit now; it is kept from its first moment."""
        visit = new_id()
        body = VisitBody(
            family=family,
            contact=contact,
            started=wall_text(self._clock.now()),
            children=tuple(ChildSeen(person=child.id) for child in self._children(family)),
        )
        self._write(visit, parts_of(body), family=family, base="")
        return self.open(visit)

    def amend(self, visit: str) -> VisitDraft:
        """Open the signed visit for an amendment; an amendment already under way is opened as it is."""
        if not self.exists(visit):
            shown = self._store.views.visit(visit)
            if shown is None:
                raise HomeVisitError("visit.unknown", visit=visit)
            heads = self._store.ledger.heads(visit, Kind.VISIT)
            self._write(visit, parts_of(shown.body), family=shown.body.family, base=",".join(heads))
            self._store.drafts.settle(VISIT_PREFIX + visit)
        return self.open(visit)

    def settle_versions(self, visit: str, body: VisitBody) -> VisitDraft:
        """Begin the amendment that settles the versions which stand side by side, with this body."""
        heads = self._store.ledger.heads(visit, Kind.VISIT)
        self._write(visit, parts_of(body), family=body.family, base=",".join(heads))
        self._store.drafts.settle(VISIT_PREFIX + visit)
        return self.open(visit)

    def open(self, visit: str) -> VisitDraft:
        """The draft of a visit; ``visit.no_draft`` if there is none."""
        draft = self._store.drafts.load(VISIT_PREFIX + visit)
        if draft is None:
            raise HomeVisitError("visit.no_draft", visit=visit)
        return _shown(visit, draft)

    def exists(self, visit: str) -> bool:
        """Whether a visit has unsigned work."""
        return self._store.drafts.exists(VISIT_PREFIX + visit)

    def save_contact(self, visit: str, body: VisitBody) -> datetime:
        """Keep everything but note and responses; returns when it was safe on the disk."""
        part = plain(replace(body, note={}, responses=()))
        part.pop("note")
        part.pop("responses")
        return self._save(visit, CONTACT_PART, part)

    def save_section(self, visit: str, section: Section, text: str) -> datetime:
        """Keep one section of the note."""
        return self._save(visit, f"note/{section.value}", text)

    def save_response(self, visit: str, key: str, response: JsonObject | None) -> datetime:
        """Keep the response with this key; None takes it out of the visit."""
        return self._save(visit, f"response/{key}", response)

    def save_reason(self, visit: str, reason: str) -> datetime:
        """Keep why a signed visit is being amended, as typed so far."""
        return self._save(visit, REASON_PART, reason)

    def settle(self, visit: str) -> None:
        """Mark the draft as properly left: what it holds now is what a later comparison starts from."""
        self._store.drafts.settle(VISIT_PREFIX + visit)

    def revert(self, visit: str) -> VisitDraft:
        """Go back to the draft as it was at the last proper leaving; the newer state is dropped on purpose."""
        draft = self._store.drafts.load(VISIT_PREFIX + visit)
        if draft is None or not draft.settled:
            raise HomeVisitError("visit.nothing_earlier", visit=visit)
        gone: dict[str, object] = {part: None for part in draft.parts if part not in draft.settled}
        self._write(visit, {**draft.settled, **gone}, family=draft.family, base=draft.base)
        self.settle(visit)
        return self.open(visit)

    def discard(self, visit: str) -> None:
        """Throw the unsigned work away because the person said so."""
        self._store.drafts.discard(VISIT_PREFIX + visit)

    def unfinished(self) -> tuple[VisitDraft, ...]:
        """Every visit with unsigned work, newest first."""
        drafts = [draft for draft in self._store.drafts.all() if draft.record.startswith(VISIT_PREFIX)]
        shown = [_shown(draft.record.removeprefix(VISIT_PREFIX), draft) for draft in drafts]
        return tuple(sorted(shown, key=lambda draft: draft.saved_at, reverse=True))

    def recovered(self) -> tuple[VisitDraft, ...]:
        """The drafts that the program did not leave properly: announced at start, never restored silently."""
        return tuple(draft for draft in self.unfinished() if draft.recovered)

    def _save(self, visit: str, part: str, value: object) -> datetime:
        if not self._store.drafts.exists(VISIT_PREFIX + visit):
            raise HomeVisitError("visit.no_draft", visit=visit)
        return self._store.drafts.save(VISIT_PREFIX + visit, part, value)

    def _write(self, visit: str, parts: dict[str, object], *, family: str, base: str) -> None:
        self._store.drafts.save_all(VISIT_PREFIX + visit, parts, family=family, base=base)

    def _children(self, family: str) -> tuple[Person, ...]:
        people = self._store.views.people(family)
        return tuple(person for person in people if person.details.role is Role.CHILD)


def _shown(visit: str, draft: Draft) -> VisitDraft:
    return VisitDraft(
        visit=visit,
        body=body_of(draft.parts),
        base=draft.base,
        started_at=draft.started_at,
        saved_at=draft.saved_at,
        recovered=not draft.is_settled,
        earlier=body_of(draft.settled) if draft.settled else None,
        responses=responses_of(draft.parts),
        reason=str(draft.parts.get(REASON_PART) or ""),
    )
