"""People and ties that were entered in error: taken out with a reason, and kept in the history as everything is."""

from __future__ import annotations

import json
from collections.abc import Iterator

from homevisit.domain.canonical import canonical
from homevisit.domain.codec import plain
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.errors import HomeVisitError
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store


def withdraw_person(store: Store, person: str, reason: str) -> None:
    """Take out a person, with every tie of theirs; ``person.in_visits`` where a visit or a draft speaks of them.

    Nobody may vanish from what was signed: there only the details can be put right.
    """
    known = store.views.person(person)
    if known is None:
        raise HomeVisitError("person.unknown", person=person)
    if any(person.encode() in said for said in _said_of(store, known.family)):
        raise HomeVisitError("person.in_visits", person=person)
    ties = [tie.id for tie in store.views.ties(known.family) if person in (tie.source, tie.target)]
    records = [(Kind.PERSON, person), *((Kind.TIE, tie) for tie in ties)]
    store.ledger.append([_withdrawn(kind, record, known.family, reason) for kind, record in records])


def withdraw_tie(store: Store, family: str, tie: str, reason: str) -> None:
    """Take out what was said about how two people relate."""
    if tie not in {each.id for each in store.views.ties(family)}:
        raise HomeVisitError("tie.unknown", tie=tie)
    store.ledger.append([_withdrawn(Kind.TIE, tie, family, reason)])


def settled(chosen: Entry) -> NewEntry:
    """What settles whether a record was entered in error: the version of this entry, seen by whoever settles."""
    envelope = chosen.envelope
    if envelope.act is Act.WITHDRAW:
        return _withdrawn(envelope.kind, envelope.record, envelope.family, envelope.reason)
    return NewEntry(
        record=envelope.record, kind=envelope.kind, act=Act.SETTLE, family=envelope.family, body={"set": {}}
    )


def _withdrawn(kind: Kind, record: str, family: str, reason: str) -> NewEntry:
    if not reason.strip():
        raise HomeVisitError("record.reason_needed")
    return NewEntry(record=record, kind=kind, act=Act.WITHDRAW, family=family, body={"set": {}}, reason=reason.strip())


def _said_of(store: Store, family: str) -> Iterator[bytes]:
    """Every visit of a family, also an unfinished one, as text: people stand in it by their ids."""
    for row in store.views.timeline(family):
        shown = store.views.visit(row.id)
        yield canonical(plain(shown.body)) if shown else b""
    for draft in store.drafts.all():
        if draft.family == family:
            yield json.dumps(draft.parts).encode()
