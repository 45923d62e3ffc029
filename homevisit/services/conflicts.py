"""What has to be settled: details with several values, visits with several versions, and what does not add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homevisit.domain.canonical import JsonObject
from homevisit.domain.conflicts import (
    BASE,
    Conflict,
    Difference,
    Oddity,
    Oddness,
    Side,
    differences,
    suggestion,
    visit_of,
    visit_parts,
)
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.merge import Field, common_past, heads, merged_fields, visible
from homevisit.domain.summaries import IN_ERROR, VisitDraft
from homevisit.errors import HomeVisitError
from homevisit.services.drafting import Drafting
from homevisit.services.signing import Signing
from homevisit.storage.conflict_rows import OpenFields
from homevisit.storage.folds.visit import body_of
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store

Choices = Mapping[str, str]
SETTLED_HERE = frozenset({Kind.FAMILY, Kind.PERSON, Kind.TIE, Kind.ACTION})


class Conflicts:
    """Shows both sides with what stood before, and settles them by an entry that has seen all of them."""

    def __init__(self, store: Store, drafting: Drafting, signing: Signing) -> None:
        self._store = store
        self._drafting = drafting
        self._signing = signing

    def all(self) -> tuple[Conflict, ...]:
        """Everything that has to be settled, visits first."""
        rows = self._store.conflicts
        visits = [self._visit(visit) for visit in rows.visits()]
        details = [self._details(found) for record in rows.records() if (found := rows.fields(record))]
        return (*visits, *details)

    def of(self, record: str) -> Conflict:
        """What has to be settled about one record; ``conflict.unknown`` if there is nothing."""
        rows = self._store.conflicts
        if record in rows.visits():
            return self._visit(record)
        found = rows.fields(record)
        if found is None:
            raise HomeVisitError("conflict.unknown")
        return self._details(found)

    def oddities(self) -> tuple[Oddity, ...]:
        """Forks and missing ends of chains: kept and shown, since nobody can tell which side is the true one."""
        own = self._store.identity.card.device
        forks = [
            Oddity(
                kind=Oddness.FORK,
                device=fork.device,
                whose=self._whose(fork.entries),
                mine=fork.device == own,
                place=fork.seq,
                count=len(fork.entries),
                entries=fork.entries,
            )
            for fork in self._store.ledger.forks()
        ]
        vector = self._store.ledger.vector()
        gaps = [
            Oddity(
                kind=Oddness.GAP,
                device=gap.device,
                whose=self._store.identity.card.name,
                mine=gap.device == own,
                place=gap.seq,
                count=max(1, gap.seq - vector.get((gap.device, gap.epoch), (0, ""))[0]),
                entries=(gap.id,),
            )
            for gap in self._store.ledger.gaps()
        ]
        return (*forks, *gaps)

    def settle_details(self, record: str, choices: Choices, reason: str = "") -> Entry:
        """Say which value of each field holds: the entry that gave it, or ``base`` for what stood before.

        All that is open about the record is settled at once: a field without a choice is refused, unless the
        record is marked as entered in error, where its fields matter no more.
        """
        conflict = self.of(record)
        if conflict.kind not in SETTLED_HERE:
            raise HomeVisitError("conflict.is_visit")
        marks = {side.entry: side for side in conflict.sides if side.is_mark}
        mark = marks.get(choices.get(IN_ERROR, ""))
        if mark is not None:
            new = _new(conflict, Act.WITHDRAW, {}, reason.strip() or mark.reason)
        else:
            chosen = {each.part: _chosen(each, choices) for each in conflict.differences}
            chosen.pop(IN_ERROR, None)
            new = _new(conflict, Act.SETTLE, chosen, reason)
        return self._store.ledger.append([new])[0]

    def prepare_visit(self, visit: str, choices: Choices) -> VisitDraft:
        """A draft with the chosen part of each side, to be read through and signed; without a choice the suggestion."""
        conflict = self.of(visit)
        if conflict.kind is not Kind.VISIT:
            raise HomeVisitError("conflict.is_details")
        if self._drafting.exists(visit):
            raise HomeVisitError("conflict.draft_open", visit=visit)
        bodies = [body_of(self._entry(side.entry)) for side in _standing(conflict)]
        parts = visit_parts(bodies[0])
        for each in conflict.differences:
            parts[each.part] = _chosen(each, {each.part: each.suggested, **choices})
        return self._drafting.settle_versions(visit, visit_of(parts, bodies))

    def settle_visit(self, visit: str, choices: Choices, reason: str) -> Entry:
        """Prepare and sign in one go; where the signature is refused no draft stays behind."""
        self.prepare_visit(visit, choices)
        try:
            return self._signing.sign(visit, reason)
        except HomeVisitError:
            self._drafting.discard(visit)
            raise

    def withdraw_visit(self, visit: str, reason: str = "") -> Entry:
        """The versions that stand are settled as entered in error, for the reason that was given on the mark."""
        conflict = self.of(visit)
        given = next((side.reason for side in conflict.sides if side.is_mark), "")
        return self._signing.withdraw(visit, reason.strip() or given)

    def _visit(self, visit: str) -> Conflict:
        ordered = self._history(visit, Kind.VISIT)
        standing = heads(ordered)
        row = self._store.views.visit_row(visit)
        past = common_past(ordered, standing)
        marks = [entry for entry in standing if entry.envelope.act is Act.WITHDRAW]
        bodies = {entry.id: visit_parts(body_of(entry)) for entry in standing if entry not in marks}
        before = visit_parts(body_of(past[-1])) if past else {}
        return Conflict(
            record=visit,
            kind=Kind.VISIT,
            family=row.family if row else "",
            family_name=row.family_name if row else "",
            title=f"{row.started.replace('T', ' ')} {row.contact.value}" if row else "",
            sides=self._sides(standing),
            base=past[-1].id if past else "",
            differences=differences(before, bodies),
            disputed=bool(marks),
        )

    def _details(self, found: OpenFields) -> Conflict:
        ordered = self._history(found.record, found.kind)
        by_id = {entry.id: entry for entry in ordered}
        writers = {name: [by_id[entry] for entry in entries] for name, entries in found.fields.items()}
        every = sorted({entry.id: entry for given in writers.values() for entry in given}.values(), key=_lateness)
        return Conflict(
            record=found.record,
            kind=found.kind,
            family=found.family,
            family_name=self._store.views.family_names().get(found.family, ""),
            title=_title(merged_fields(ordered)),
            sides=self._sides(every),
            differences=tuple(_difference(name, given, ordered) for name, given in writers.items()),
            disputed=IN_ERROR in writers,
        )

    def _history(self, record: str, kind: Kind) -> tuple[Entry, ...]:
        # A record has one kind, whatever a peer may have signed under its id.
        return visible(entry for entry in self._store.ledger.history(record) if entry.envelope.kind is kind)

    def _sides(self, entries: Sequence[Entry]) -> tuple[Side, ...]:
        return tuple(
            Side(
                entry=entry.id,
                author=entry.envelope.author,
                author_name=self._store.name_of(entry.envelope.author),
                recorded_at=entry.envelope.recorded_at,
                device=entry.envelope.device,
                reason=entry.envelope.reason,
                is_mark=entry.envelope.act is Act.WITHDRAW,
            )
            for entry in entries
        )

    def _entry(self, entry: str) -> Entry:
        found = self._store.ledger.entry(entry)
        if found is None:
            raise HomeVisitError("entry.unknown", entry=entry)
        return found

    def _whose(self, entries: Sequence[str]) -> str:
        found = self._store.ledger.entry(entries[0])
        return self._store.name_of(found.envelope.author) if found else ""


def _difference(name: str, given: Sequence[Entry], ordered: Sequence[Entry]) -> Difference:
    if name == IN_ERROR:
        marks: dict[str, object] = {entry.id: entry.envelope.act is Act.WITHDRAW for entry in given}
        return Difference(part=name, base=False, values=marks, suggested=next(iter(marks)))
    before = merged_fields(common_past(ordered, given)).get(name)
    base = before.shown.value if before else None
    values = {entry.id: _said(entry).get(name) for entry in given}
    return Difference(part=name, base=base, values=values, suggested=suggestion(base, values))


def _said(entry: Entry) -> JsonObject:
    said = entry.body.get("set") if entry.body else None
    return said if isinstance(said, dict) else {}


def _chosen(difference: Difference, choices: Choices) -> object:
    choice = choices.get(difference.part, "")
    if choice == BASE:
        return difference.base
    if choice not in difference.values:
        raise HomeVisitError("conflict.choice_needed", part=difference.part)
    return difference.values[choice]


def _standing(conflict: Conflict) -> list[Side]:
    """The sides that are versions of the visit: a mark says only that it was entered in error."""
    return [side for side in conflict.sides if not side.is_mark] or list(conflict.sides)


def _title(merged: Mapping[str, Field]) -> str:
    for name in ("name", "what", "relation"):
        value = merged[name].shown.value if name in merged else None
        if isinstance(value, str) and value:
            return value
    return ""


def _lateness(entry: Entry) -> tuple[str, str]:
    return entry.envelope.hlc, entry.id


def _new(conflict: Conflict, act: Act, fields: JsonObject, reason: str) -> NewEntry:
    if act is Act.WITHDRAW and not reason.strip():
        raise HomeVisitError("record.reason_needed")
    return NewEntry(
        record=conflict.record,
        kind=conflict.kind,
        act=act,
        family=conflict.family,
        body={"set": fields},
        reason=reason.strip(),
    )
