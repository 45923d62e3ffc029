"""Five laptops of four people for random histories: real homes, made once per process and rolled back after each trace.

A trace runs inside one transaction that is never committed, so that two thousand of them cost no disk. Everything
else is the program as it is: the same store, signatures, seals and folds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from homevisit.assembly import Services, assemble
from homevisit.clock import ManualClock
from homevisit.domain.card import Card, Desk
from homevisit.domain.entry import Entry
from homevisit.exchange.age_keys import new_age_keys
from homevisit.ids import new_id
from homevisit.paths import Home
from homevisit.signatures import new_signing_key, public_key, sign
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.homes import Passphrase, Profile, create_store, open_store
from homevisit.storage.keys import Cost
from homevisit.storage.lock import HomeLock
from homevisit.storage.store import Identity, Store

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORDS = "correct horse battery"
CHEAP = Cost(memory_kib=8 * 1024, iterations=1, lanes=1, allow_weak=True)
NAMES = {"ann": Desk.PRACTITIONER, "ben": Desk.PRACTITIONER, "sue": Desk.SUPERVISOR, "cat": Desk.PRACTITIONER}
LAPTOPS = ("ann", "ann-two", "ben", "sue", "cat")


@dataclass(slots=True)
class Laptop:
    """One open home. ``begin`` and ``end`` bracket a trace; ``back_up`` and ``put_back`` are an old file put back."""

    name: str
    home: Home
    database: KeyedDatabase
    data_key: bytes
    lock: HomeLock
    clock: ManualClock
    store: Store
    saved: int = 0

    @property
    def device(self) -> str:
        return self.store.identity.card.device

    def begin(self) -> None:
        self.clock.set(START)
        self.database.conn.execute("BEGIN IMMEDIATE")
        self.reopen()

    def end(self) -> None:
        self.database.conn.execute("ROLLBACK")
        self.saved = 0
        for folder in (self.home.outgoing, self.home.quarantine):
            shutil.rmtree(folder, ignore_errors=True)
        self.home.head.unlink(missing_ok=True)

    def back_up(self) -> None:
        """Remember the whole database as it is."""
        self.saved += 1
        self.database.conn.execute(f"SAVEPOINT saved_{self.saved}")

    def put_back(self, *, with_head: bool) -> None:
        """The database as it was at the last backup; with its head file nothing gives that away."""
        self.database.conn.execute(f"ROLLBACK TO saved_{self.saved}")
        self.reopen()
        if with_head:
            self.store.head_file.write(self.store.ledger.own_head)
        self.store.examine_start()

    def reopen(self) -> None:
        """As after a start of the program: nothing is remembered that is not in the database."""
        self.store = Store(self.home, self.database, self.data_key, lock=self.lock, clock=self.clock)

    @property
    def services(self) -> Services:
        """Everything that is built on the store; made when it is asked for, since most traces do without."""
        return assemble(self.store, clock=self.clock)

    def pinned(self, device: str) -> Card | None:
        """The confirmed card of a device."""
        kept = self.store.cards.by_device(device)
        own = self.store.identity.card
        return own if device == own.device else kept.card if kept else None

    def ids(self) -> set[str]:
        """The id of every entry that is here."""
        return {entry for (entry,) in self.database.rows_of("SELECT id FROM entry")}

    def some(self, ids: Iterable[str]) -> list[Entry]:
        """These entries, in an order that does not change from run to run."""
        found = [self.store.ledger.entry(entry) for entry in sorted(ids)]
        return [entry for entry in found if entry is not None]

    def entries(self) -> dict[str, Entry]:
        """Every entry that is here, held ones too."""
        return {entry.id: entry for entry in self.store.ledger.all()}


@cache
def laptops() -> dict[str, Laptop]:
    """All five, each with the cards of the others."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="homevisit-traces-", dir=memory if memory.is_dir() else None))
    homes = {name: Home(folder / name) for name in LAPTOPS}
    identities = {name: _made(homes[name], name) for name in LAPTOPS if name != "ann-two"}
    identities["ann-two"] = _second(homes["ann-two"], identities["ann"])
    return {name: _opened(name, homes[name], identities) for name in LAPTOPS}


def _made(home: Home, name: str) -> Identity:
    profile = Profile(name=name.title(), role=NAMES[name])
    made = create_store(home, profile, WORDS, age=new_age_keys(), clock=ManualClock(START), cost=CHEAP)
    identity = made.store.identity
    made.store.close()
    return identity


def _second(home: Home, first: Identity) -> Identity:
    """Another laptop of the same person: the same person's key, keys of its own for everything else."""
    profile = Profile(name="Ann", role=Desk.PRACTITIONER)
    store = create_store(home, profile, WORDS, age=new_age_keys(), clock=ManualClock(START), cost=CHEAP).store
    key = new_signing_key()
    recipient = store.identity.card.age_recipient
    card = replace(first.card, device=new_id(), sign_key=public_key(key), age_recipient=recipient)
    identity = replace(
        store.identity,
        card=card,
        card_signature=sign(first.person_key, card.signing_bytes()),
        person_key=first.person_key,
        sign_key=key,
    )
    store.database.change("UPDATE meta SET value = ? WHERE name = 'identity'", (identity.to_json(),))
    store.close()
    return identity


def _opened(name: str, home: Home, identities: dict[str, Identity]) -> Laptop:
    clock = ManualClock(START)
    store = open_store(home, Passphrase(WORDS), clock=clock)
    for each in identities.values():
        if each.card.device != store.identity.card.device:
            store.cards.add(each.card, each.card_signature, confirmed_at=each.card.made_at)
    return Laptop(name, home, store.database, store.data_key, HomeLock(home.root / "unused.lock"), clock, store)
