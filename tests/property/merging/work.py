"""Something that somebody signs: details of a family and its people, visits and marks on them, reviews."""

from __future__ import annotations

import random

from homevisit.domain.entry import Act, Kind
from homevisit.storage.ledger import NewEntry
from tests.property.merging.people import Laptop
from tests.storage.making import change, family, person, review, visit

FIELDS = ("name", "phone", "address")
WORDS = ("Ash", "Elm", "Oak")


def something(desk: Laptop, chance: random.Random) -> NewEntry:
    """What could be signed at this desk now, sometimes on a version that is no longer the newest."""
    what = chance.randrange(10)
    if what < 3:
        fields = {chance.choice(FIELDS): chance.choice(WORDS)}
        return family(**fields) if chance.random() < 0.4 else change("f1", Kind.FAMILY, **fields)
    if what < 4:
        return person(f"p{chance.randint(1, 2)}", name=chance.choice(WORDS))
    if what < 5:
        act = Act.WITHDRAW if chance.random() < 0.5 else Act.AMEND
        return NewEntry(record="p1", kind=Kind.PERSON, act=act, family="f1", body={"set": {}}, reason="x")
    return some_visit(desk, chance) if what < 9 else some_review(desk, chance)


def some_visit(desk: Laptop, chance: random.Random) -> NewEntry:
    """A first version, an amendment, a mark, or an amendment of a version that is no longer the newest."""
    record = f"v{chance.randint(1, 2)}"
    known = desk.store.ledger.history(record)
    act = chance.choice([Act.AMEND, Act.AMEND, Act.WITHDRAW, Act.SETTLE]) if known else Act.SIGN
    parents = (chance.choice(known).id,) if known and chance.random() < 0.3 else None
    return visit(record, facts=f"Seen {chance.randint(0, 9)}", act=act, parents=parents)


def some_review(desk: Laptop, chance: random.Random) -> NewEntry:
    """A review of any version, also of one that has not arrived."""
    versions = desk.store.ledger.history("v1")
    read = chance.choice(versions).id if versions else "0" * 64
    return review("v1", read, chance.choice(["send-back", "read-no-action"]))
