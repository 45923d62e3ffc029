"""Families: who they are, who belongs to them, and what is known before the door opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from homevisit.domain.canonical import JsonObject
from homevisit.domain.codec import plain
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.family import FamilyDetails, PersonDetails, Relation
from homevisit.domain.family_checks import check_family, check_person
from homevisit.domain.summaries import IN_ERROR, ActionRow, FamilyBrief, FamilyRow, FieldConflict, VisitRow
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.services.withdrawing import settled, withdraw_person, withdraw_tie
from homevisit.storage.access import AccessAct
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store

Details = TypeVar("Details", FamilyDetails, PersonDetails)
Also = Callable[[], None] | None  # what belongs into the same commit, such as the end of the form's draft
OPENED_FAMILY = "family/"
RECENT_LINES = 300


class Families:
    """Reads and changes families. Every change is a signed patch of the fields that changed, never a whole record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, words: str = "") -> tuple[FamilyRow, ...]:
        """Families whose people, address or name start with the words; all of them for no words, by name."""
        return self._store.views.families(words)

    def create(self, details: FamilyDetails, people: Sequence[PersonDetails] = (), *, also: Also = None) -> str:
        """Enter a family with its people in one act, ``also`` in the same commit; returns the family's id."""
        check_family(details)
        for person in people:
            check_person(person)
        family = new_id()
        entries = [_new(Kind.FAMILY, family, family, plain(details))]
        entries += [_new(Kind.PERSON, new_id(), family, {**plain(person), "family": family}) for person in people]
        self._store.ledger.append(entries, also=also)
        return family

    def change(
        self,
        family: str,
        details: FamilyDetails,
        reason: str = "",
        *,
        seen: FamilyDetails | None = None,
        also: Also = None,
    ) -> None:
        """Sign what differs from ``seen`` (None: from what stands now); no entry is written when nothing does.

        Give the details that the person had before the eyes, or what somebody else changed meanwhile is undone.
        """
        check_family(details)
        before = seen or self.brief(family).details
        self._patch(_patched(Kind.FAMILY, family, family, (before, details), reason), also)

    def add_person(self, family: str, details: PersonDetails, *, also: Also = None) -> str:
        """Enter one more person; returns the person's id."""
        check_person(details)
        person = new_id()
        entry = _new(Kind.PERSON, person, family, {**plain(details), "family": family})
        self._store.ledger.append([entry], also=also)
        return person

    def change_person(
        self,
        person: str,
        details: PersonDetails,
        reason: str = "",
        *,
        seen: PersonDetails | None = None,
        also: Also = None,
    ) -> None:
        """Sign what changed about a person, as :meth:`change` does."""
        check_person(details)
        known = self._store.views.person(person)
        if known is None:
            raise HomeVisitError("person.unknown", person=person)
        before = seen or known.details
        self._patch(_patched(Kind.PERSON, person, known.family, (before, details), reason), also)

    def tie(self, family: str, source: str, target: str, relation: Relation, **facts: bool) -> str:
        """Say that ``source`` is the ``relation`` of ``target``; facts are shares_home, parental_responsibility."""
        tie = new_id()
        body: JsonObject = {"family": family, "source": source, "target": target, "relation": relation.value, **facts}
        self._store.ledger.append([_new(Kind.TIE, tie, family, body)])
        return tie

    def withdraw_person(self, person: str, reason: str) -> None:
        """Take out somebody who was entered in error; see :mod:`homevisit.services.withdrawing`."""
        withdraw_person(self._store, person, reason)

    def withdraw_tie(self, family: str, tie: str, reason: str) -> None:
        """Take out a tie that was entered in error."""
        withdraw_tie(self._store, family, tie, reason)

    def brief(self, family: str) -> FamilyBrief:
        """The twenty-second brief; ``family.unknown`` if there is no such family here."""
        found = self._store.views.brief(family)
        if found is None:
            raise HomeVisitError("family.unknown", family=family)
        return found

    def open(self, family: str) -> FamilyBrief:
        """The brief of a family that somebody opens on the screen: the access log says so."""
        found = self.brief(family)
        self._store.access.record(AccessAct.OPENED, f"{OPENED_FAMILY}{family}")
        return found

    def timeline(self, family: str) -> tuple[VisitRow, ...]:
        """Signed visits of a family, newest first."""
        return self._store.views.timeline(family)

    def complete_action(self, action: ActionRow, *, done: bool) -> Entry:
        """Mark what was planned as done (or as open again)."""
        body: JsonObject = {"set": {"family": action.family, "visit": action.visit, "done": done}}
        new = NewEntry(record=action.id, kind=Kind.ACTION, act=Act.AMEND, family=action.family, body=body)
        return self._store.ledger.append([new])[0]

    def settle(self, conflict: FieldConflict, entry: str) -> None:
        """Say which of several values of a field holds: the one this entry gave. The others stay in the history."""
        chosen = self._store.ledger.entry(entry)
        if chosen is None or chosen.body is None or entry not in {given for given, _, _ in conflict.values}:
            raise HomeVisitError("entry.unknown", entry=entry)
        if conflict.field_name == IN_ERROR:
            self._store.ledger.append([settled(chosen)])
            return
        patch = chosen.body.get("set")
        value = patch.get(conflict.field_name) if isinstance(patch, dict) else None
        envelope = chosen.envelope
        new = NewEntry(
            record=envelope.record,
            kind=envelope.kind,
            act=Act.SETTLE,
            family=envelope.family,
            body={"set": {conflict.field_name: value}},
        )
        self._store.ledger.append([new])

    def count(self) -> int:
        """How many families are on this laptop."""
        return self._store.views.family_count()

    def recent(self, most: int = 5) -> tuple[str, ...]:
        """Ids of the families that were opened last, the latest first."""
        opened = (line.subject for line in self._store.access.recent(RECENT_LINES) if line.act is AccessAct.OPENED)
        families = (subject.removeprefix(OPENED_FAMILY) for subject in opened if subject.startswith(OPENED_FAMILY))
        return tuple(dict.fromkeys(families))[:most]

    def _patch(self, new: NewEntry | None, also: Also) -> None:
        self._store.ledger.append([] if new is None else [new], also=also)


def _new(kind: Kind, record: str, family: str, fields: JsonObject) -> NewEntry:
    return NewEntry(record=record, kind=kind, act=Act.SIGN, family=family, body={"set": fields})


def _patched(kind: Kind, record: str, family: str, change: tuple[Details, Details], reason: str) -> NewEntry | None:
    """The fields that differ, as an entry; None where none does."""
    before, after = plain(change[0]), plain(change[1])
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    if not changed:
        return None
    return NewEntry(
        record=record, kind=kind, act=Act.AMEND, family=family, body={"set": changed}, reason=reason.strip()
    )
