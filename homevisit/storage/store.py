"""An open store: the one connection, who it belongs to, and everything that is asked of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from homevisit.clock import Clock
from homevisit.domain.card import Card
from homevisit.domain.codec import card_from_json
from homevisit.domain.summaries import Version
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage import triggers
from homevisit.storage.access import AccessLog
from homevisit.storage.anew import AnewBox
from homevisit.storage.cards import CardBox
from homevisit.storage.catching_up import CatchingUp
from homevisit.storage.conflict_rows import ConflictRows
from homevisit.storage.drafts import Drafts
from homevisit.storage.driver import KeyedDatabase, kept_json
from homevisit.storage.filings import Filings
from homevisit.storage.findings import Finding
from homevisit.storage.head import Head, HeadFile
from homevisit.storage.ledger import Ledger, Signer
from homevisit.storage.lock import HomeLock
from homevisit.storage.names import Names
from homevisit.storage.numbering import Numbering
from homevisit.storage.owed import Owed
from homevisit.storage.packages import PackageBox
from homevisit.storage.place_log import PlaceLog
from homevisit.storage.prompt_packs import PromptPacks
from homevisit.storage.receipts import ReceiptBox
from homevisit.storage.search import SearchIndex
from homevisit.storage.sharing import SharingBox
from homevisit.storage.team import TeamBox
from homevisit.storage.views import Views


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the store belongs to, with the private keys of person and device."""

    card: Card
    card_signature: bytes = field(repr=False)
    person_key: bytes = field(repr=False)
    sign_key: bytes = field(repr=False)
    age_identity: str = field(repr=False)
    epoch: str = ""

    def to_json(self) -> str:
        """What the ``meta`` table keeps; the epoch has a row of its own because it changes."""
        return json.dumps(
            {
                "age_identity": self.age_identity,
                "card": self.card.to_json(),
                "card_signature": self.card_signature.hex(),
                "person_key": self.person_key.hex(),
                "sign_key": self.sign_key.hex(),
            }
        )


def identity_from_json(text: str) -> Identity:
    """The identity that :meth:`Identity.to_json` wrote."""
    source = kept_json(text)
    return Identity(
        card=card_from_json(source["card"]),
        card_signature=bytes.fromhex(source["card_signature"]),
        person_key=bytes.fromhex(source["person_key"]),
        sign_key=bytes.fromhex(source["sign_key"]),
        age_identity=source["age_identity"],
    )


@dataclass(frozen=True, slots=True)
class StartReport:
    """What was noticed when the store was opened: announced, never a reason not to open it."""

    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.findings


class Store:
    """Used from one thread: the one that opened it.

    ``opened_by`` is the kind of key slot that opened it, ``escrowed_to`` whose key opens the code of its escrow slot.
    """

    def __init__(self, home: Home, database: KeyedDatabase, data_key: bytes, *, lock: HomeLock, clock: Clock) -> None:
        self.home = home
        self.clock = clock
        self._database = database
        self._data_key = data_key
        self._lock = lock
        self.head_file = HeadFile(home.head, data_key)
        self._identity = identity_from_json(database.value_of("SELECT value FROM meta WHERE name = 'identity'"))
        signer = Signer(card=self._identity.card, key=self._identity.sign_key)
        self.ledger = Ledger(database, signer, self.head_file, clock)
        self.drafts = Drafts(database, clock)
        self.cards = CardBox(database)
        self._names = names = Names(self._identity.card, self.cards)
        self.views = Views(database, self.ledger, names)
        self.search = SearchIndex(database)
        self.catching_up = CatchingUp(database)
        self.access = AccessLog(database, clock)
        self.packages = PackageBox(database, clock, names.name)
        self.numbering = Numbering(database)
        self.anew = AnewBox(database)
        self.owed = Owed(database)
        self.place_log = PlaceLog(database, clock)
        self.receipts = ReceiptBox(database, clock)
        self.prompt_packs = PromptPacks(database, clock)
        self.team = TeamBox(database, clock)
        self.sharing = SharingBox(database, clock)
        self.filings = Filings(database, clock)
        self.conflicts = ConflictRows(database)
        self.start_report = StartReport()
        self.opened_by = ""
        self.escrowed_to = ""
        self.is_open = True

    @property
    def identity(self) -> Identity:
        """Who this store belongs to, in its present epoch."""
        return replace(self._identity, epoch=self.ledger.own_head.epoch)

    @property
    def joined(self) -> bool:
        """Whether this is a further laptop of somebody: nobody knows its card until it introduces itself."""
        return self._database.row_of("SELECT 1 FROM meta WHERE name = 'joined'") is not None

    @property
    def is_escrow_spent(self) -> bool:
        """Whether the code of the escrow slot was read out and typed: it must not open the store again."""
        return self._database.row_of("SELECT 1 FROM meta WHERE name = 'escrow_spent'") is not None

    def spend_escrow(self, *, spent: bool = True) -> None:
        """Keep that it was, until there is another: also where that cannot be made at once, and in a restored store."""
        self._database.change("DELETE FROM meta WHERE name = 'escrow_spent'")
        if spent:
            self._database.change("INSERT INTO meta (name, value) VALUES ('escrow_spent', '')")

    @property
    def database(self) -> KeyedDatabase:
        """The connection, for the storage package's own modules and tests."""
        return self._database

    @property
    def writes(self) -> int:
        """Grows with every write; what was read at the same number is still so."""
        return self._database.writes

    @property
    def data_key(self) -> bytes:
        """The raw key, for backups and key slots."""
        return self._data_key

    def name_of(self, person: str) -> str:
        """The name on a person's card, "" where there is none."""
        return self._names.name(person)

    def history(self, record: str) -> tuple[Version, ...]:
        """Every entry of a record in causal order with the verdict on each."""
        return self.views.versions(record)

    def rebuild(self) -> None:
        """Drop the read models and the search index and fold every entry again."""
        self.ledger.rebuild()

    def examine_start(self, found: tuple[Finding, ...] = ()) -> None:
        """Compare head file, chain and guards; an older ledger goes on in a new epoch so that it never forks."""
        problems = [*found, *self._guards(), *self._head()]
        own = self._identity.card.device
        if any(fork.device == own for fork in self.ledger.forks()):
            problems.append(Finding("store.fork"))
        self.start_report = StartReport(tuple(problems))

    def notice(self, code: str) -> None:
        """Add to the report of the start what was found a little later, while the services were put together."""
        self.start_report = StartReport((*self.start_report.findings, Finding(code)))

    def close(self) -> None:
        """Close the connection and let the home go; closing twice does nothing."""
        self.is_open = False
        self._database.close()
        self._lock.release()

    def _guards(self) -> list[Finding]:
        missing = triggers.differing(self._database)
        if not missing:
            return []
        triggers.put_in_place(self._database)
        return [Finding("store.guards_missing", count=len(missing))]

    def _head(self) -> list[Finding]:
        present = self.ledger.own_head
        try:
            kept = self.head_file.read()
        except HomeVisitError as problem:
            self.head_file.follow(present)
            return [Finding(problem.code)]
        if kept is None:
            self.head_file.follow(present)
            return [Finding("store.head_missing")] if present.seq else []
        if kept.seq == 0 or self.ledger.entry(kept.id) is not None:
            if kept != present:
                self.head_file.follow(present)  # the program ended between the commit and the file
            return []
        missing = kept.seq - self._last_of(kept)
        self.ledger.renew_epoch(kept)
        return [Finding("store.rolled_back", count=max(missing, 1))]

    def _last_of(self, head: Head) -> int:
        return self.ledger.vector().get((head.device, head.epoch), (0, ""))[0]
