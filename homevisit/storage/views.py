"""Typed questions to the read models: what services are given. Nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homevisit.domain.canonical import JsonObject
from homevisit.domain.codec import review_from_json
from homevisit.domain.entry import Entry
from homevisit.domain.family import Person, Tie
from homevisit.domain.merge import numbers
from homevisit.domain.schedule import Born, Span
from homevisit.domain.summaries import ActionRow, FamilyBrief, FamilyRow, ReviewRow, SignedVisit, Version, VisitRow
from homevisit.domain.visit import Contact, Noticed, RecordState, VisitBody
from homevisit.errors import HomeVisitError
from homevisit.lazily import Lazily
from homevisit.signatures import verify
from homevisit.storage.contact_rows import ContactRows
from homevisit.storage.driver import KeyedDatabase, Row, kept_json
from homevisit.storage.family_rows import FamilyRows
from homevisit.storage.folds.visit import body_of
from homevisit.storage.ledger import Ledger
from homevisit.storage.names import Names
from homevisit.storage.visit_rows import VisitRows

BRIEF_VISITS = 6
BRIEF_NOTICED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVisit:
    """A visit as its newest version says, without its history."""

    row: VisitRow
    body: VisitBody


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRow:
    """One response of a family, for reading prompts side by side over visits."""

    visit: str
    started: str
    prompt_set: str
    subject: str
    response: JsonObject


class Views:
    """Families, visits and reviews as screens and commands read them."""

    def __init__(self, database: KeyedDatabase, ledger: Ledger, names: Names) -> None:
        self._database = database
        self._ledger = ledger
        self._names = names
        self._families = FamilyRows(database, names)
        self._visits = VisitRows(database, names)
        self._contacts = ContactRows(database)

    def families(self, words: str = "") -> tuple[FamilyRow, ...]:
        return self._families.families(words)

    def family_names(self) -> dict[str, str]:
        return self._families.names()

    def family_count(self) -> int:
        return self._families.count()

    def people(self, family: str) -> tuple[Person, ...]:
        return self._families.people(family)

    def person(self, person: str) -> Person | None:
        return self._families.person(person)

    def ties(self, family: str) -> tuple[Tie, ...]:
        return self._families.ties(family)

    def contacts_kept(self, asked: Iterable[tuple[str, Contact]]) -> dict[str, frozenset[Contact]]:
        return self._contacts.kept(asked)

    def contacts_lacking(self, spans: Sequence[Span]) -> list[tuple[Born, Span]]:
        return self._contacts.lacking(spans)

    def actions(self, family: str) -> tuple[ActionRow, ...]:
        return self._families.actions(family)

    def open_actions(self, until: str) -> Lazily[ActionRow]:
        return self._families.open_actions(until)

    def brief(self, family: str) -> FamilyBrief | None:
        """Everything that is read before the door opens."""
        details = self._families.details(family)
        if details is None:
            return None
        strengths, needs = self._noticed(family)
        visits = self._visits.where("v.family = ? AND v.withdrawn = 0", (family,), limit=1)
        return FamilyBrief(
            id=family,
            details=details,
            people=self.people(family),
            ties=self.ties(family),
            actions=self.actions(family),
            strengths=strengths,
            needs=needs,
            last_visit=visits[0] if visits else None,
            conflicts=self._families.conflicts(family),
        )

    def timeline(self, family: str) -> tuple[VisitRow, ...]:
        """Every signed visit of a family, withdrawn ones too, the newest first."""
        return self._visits.where("v.family = ?", (family,))

    def recent_visits(self, limit: int) -> tuple[VisitRow, ...]:
        """The visits that were signed last."""
        return self._visits.recent(limit)

    def visits_between(self, first: str, last: str) -> tuple[VisitRow, ...]:
        """Visits that started on these days or between them."""
        return self._visits.where("v.started BETWEEN ? AND ?", (first, last + "~"))

    def visits_of_others(self, me: str) -> tuple[VisitRow, ...]:
        """Visits that somebody else signed: what a supervisor reads."""
        return self._visits.where("v.author <> ?", (me,))

    def sent_back(self, me: str) -> tuple[VisitRow, ...]:
        """One's own visits whose version shown was sent back."""
        rows = self._visits.where(
            "+v.author = ? AND v.id IN (SELECT visit FROM review WHERE decision = 'send-back' AND withdrawn = 0)",
            (me,),
        )
        return tuple(row for row in rows if row.state is RecordState.SENT_BACK)

    def unreviewed(self, author: str, before: str) -> list[str]:
        """Ids of an author's visits, signed before a moment, whose version shown nobody has reviewed; oldest first."""
        return self._visits.unreviewed(author, before)

    def conflicted_visits(self) -> tuple[VisitRow, ...]:
        """Visits with several versions side by side that a person has to settle."""
        return self._visits.where("v.heads > 1", ())

    def visit_row(self, visit: str) -> VisitRow | None:
        """One visit as a line."""
        found = self._visits.where("v.id = ?", (visit,))
        return found[0] if found else None

    def visits_among(self, visits: Sequence[str]) -> tuple[VisitRow, ...]:
        """These visits as lines, the newest first."""
        return self._visits.where("v.id IN (SELECT value FROM json_each(?))", (json.dumps(list(visits)),))

    def visit(self, visit: str) -> ShownVisit | None:
        """One visit as its newest version says."""
        row = self.visit_row(visit)
        return ShownVisit(row=row, body=self._body(visit)) if row else None

    def signed_visit(self, visit: str) -> SignedVisit | None:
        """One visit with all its versions and reviews."""
        row = self.visit_row(visit)
        if row is None:
            return None
        others = str(self._database.value_of("SELECT other_heads FROM visit WHERE id = ?", (visit,)))
        return SignedVisit(
            row=row,
            body=self._body(visit),
            versions=self.versions(visit),
            reviews=self.reviews(visit),
            other_heads=tuple(others.split()),
        )

    def reviews(self, visit: str) -> tuple[ReviewRow, ...]:
        """The reviews of a visit, each with the number of the version it read (0: not here), oldest first."""
        rows = self._database.rows_of(
            "SELECT r.id, r.entry, r.body, r.reviewer, r.recorded_at, coalesce(n.number, 0), EXISTS (SELECT 1 FROM"
            " outbox_entry e JOIN outbox o ON o.id = e.package WHERE e.entry = r.entry AND o.state = 'delivered')"
            " FROM review r LEFT JOIN visit_version n ON n.entry = r.version AND n.visit = r.visit"
            " WHERE r.visit = ? AND r.withdrawn = 0 ORDER BY r.hlc, r.id",
            (visit,),
        )
        return tuple(self._review(row) for row in rows)

    def versions(self, record: str) -> tuple[Version, ...]:
        """Every entry of a record in causal order, each with the verdict on its hash, body and signature."""
        ordered = self._ledger.history(record)
        counted = numbers(ordered)
        return tuple(self._version(entry, counted[entry.id]) for entry in ordered)

    def responses(self, family: str, prompt_set: str = "") -> tuple[ResponseRow, ...]:
        """A family's responses, oldest visit first; of one prompt set if that is named."""
        condition, values = ("AND r.prompt_set = ?", (family, prompt_set)) if prompt_set else ("", (family,))
        rows = self._database.rows_of(
            "SELECT r.visit, r.started, r.prompt_set, r.subject, r.position, v.body_entry"  # noqa: S608 - two fixed forms
            " FROM response r JOIN visit v ON v.id = r.visit"
            f" WHERE r.family = ? {condition} AND v.withdrawn = 0 ORDER BY r.started, r.visit, r.position",
            values,
        )
        bodies = {version: self._version_body(version) for version in {row[5] for row in rows}}
        return tuple(
            ResponseRow(
                visit=visit,
                started=started,
                prompt_set=name,
                subject=subject,
                response=bodies[version].responses[position],
            )
            for visit, started, name, subject, position, version in rows
        )

    def genuine(self, entry: Entry) -> bool:
        """Whether id, body and signature are right and the signer's card is known."""
        right = entry.id_matches() and entry.body_matches()
        return right and bool(self.signed_by_card(entry))

    def signed_by_card(self, entry: Entry) -> bool | None:
        """Whether the signature is that of the signer's card; None if the card is not here to judge it by."""
        key = self._names.sign_key(entry.envelope.device, entry.envelope.author)
        return verify(key, entry.signature, entry.signing_bytes()) if key else None

    def _body(self, visit: str) -> VisitBody:
        return self._version_body(self._database.value_of("SELECT body_entry FROM visit WHERE id = ?", (visit,)))

    def _version_body(self, version: str) -> VisitBody:
        entry = self._ledger.entry(version)
        if entry is None:
            raise HomeVisitError("entry.unknown", entry=version)
        return body_of(entry)

    def _noticed(self, family: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Strengths and needs of the latest visits, each once, the newest first."""
        rows = self._database.rows_of(
            "SELECT body_entry FROM visit WHERE family = ? AND withdrawn = 0 ORDER BY started DESC LIMIT ?",
            (family, BRIEF_VISITS),
        )
        bodies = [self._version_body(version) for (version,) in rows]
        strengths = [noticed for body in bodies for noticed in body.strengths]
        needs = [noticed for body in bodies for noticed in body.needs]
        return _each_once(strengths), _each_once(needs)

    def _review(self, row: Row) -> ReviewRow:
        identifier, entry, body, reviewer, recorded_at, number, delivered = row
        return ReviewRow(
            id=identifier,
            entry=entry,
            body=review_from_json(kept_json(body)),
            reviewer=reviewer,
            reviewer_name=self._names.name(reviewer),
            recorded_at=recorded_at,
            version_number=number,
            delivered=bool(delivered),
        )

    def _version(self, entry: Entry, number: int) -> Version:
        envelope = entry.envelope
        card = self._names.card(envelope.author)
        return Version(
            entry=entry.id,
            record=envelope.record,
            kind=envelope.kind,
            act=envelope.act,
            number=number,
            author=envelope.author,
            author_name=card.name if card else "",
            author_title=card.title if card else "",
            registration=card.registration if card else "",
            device=envelope.device,
            happened_at=envelope.happened_at,
            recorded_at=envelope.recorded_at,
            reason=envelope.reason,
            parents=envelope.parents,
            genuine=self.genuine(entry),
            erased=entry.is_erased,
        )


def _each_once(noticed: Sequence[Noticed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.what for item in noticed if item.what.strip()))[:BRIEF_NOTICED]
