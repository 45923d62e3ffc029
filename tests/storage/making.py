"""What tests of the store are made of: weak keys, entries in one line, a second desk, a dump of the read models."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from homevisit.clock import Clock, ManualClock
from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Desk
from homevisit.domain.entry import Act, Kind
from homevisit.paths import Home
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.folding import MODEL_TABLES
from homevisit.storage.homes import CreatedStore, Passphrase, Profile, create_store, open_store
from homevisit.storage.keys import Cost
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WEAK = Cost(memory_kib=8 * 1024, iterations=1, lanes=1, allow_weak=True)
WORDS = "correct horse battery"
AGE = ("AGE-SECRET-KEY-1TEST", "age1test")
_numbers = itertools.count()


def made(home: Home, clock: Clock, *, name: str = "Robin Ash", role: Desk = Desk.PRACTITIONER) -> CreatedStore:
    """A new store with a key that costs little."""
    return create_store(home, Profile(name=name, role=role), WORDS, age=AGE, clock=clock, cost=WEAK)


def reopened(home: Home, clock: Clock | None = None) -> Store:
    return open_store(home, Passphrase(WORDS), clock=clock or ManualClock(START))


def family(record: str = "f1", **fields: object) -> NewEntry:
    values = {"name": "Larch", **fields}
    return NewEntry(record=record, kind=Kind.FAMILY, act=Act.SIGN, family=record, body={"set": values})


def change(record: str = "f1", kind: Kind = Kind.FAMILY, **fields: object) -> NewEntry:
    return NewEntry(record=record, kind=kind, act=Act.AMEND, family="f1", body={"set": fields})


def person(record: str, **fields: object) -> NewEntry:
    values = {"name": "Wren", "role": "child", "family": "f1", **fields}
    return NewEntry(record=record, kind=Kind.PERSON, act=Act.SIGN, family="f1", body={"set": values})


def visit(record: str = "v1", facts: str = "Fed twice", act: Act = Act.SIGN, **more: object) -> NewEntry:
    parents = more.pop("parents", None)
    body: JsonObject = {"family": "f1", "started": "2026-03-02T09:00", "note": {"facts": facts}, **more}
    return NewEntry(
        record=record,
        kind=Kind.VISIT,
        act=act,
        family="f1",
        body=body,
        parents=tuple(parents) if isinstance(parents, tuple | list) else None,
        reason="" if act is Act.SIGN else "typing error",
    )


def review(of: str, version: str, decision: str = "send-back", **more: object) -> NewEntry:
    body: JsonObject = {"visit": of, "version": version, "decision": decision, **more}
    return NewEntry(record=f"r{next(_numbers)}", kind=Kind.REVIEW, act=Act.SIGN, family="f1", body=body)


def dump(database: KeyedDatabase) -> dict[str, list[str]]:
    """Every row of every read model, in an order of its own."""
    tables: dict[str, list[str]] = {}
    for table in (*MODEL_TABLES, "search_text"):
        rows = [
            {name: value for name, value in row.items() if name != "id" or table != "search_text"}
            for row in database[table].rows
        ]
        tables[table] = sorted(repr(row) for row in rows)
    return tables
