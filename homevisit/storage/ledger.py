"""The append-only ledger: what this person signs, what arrives from others, and the questions asked of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from homevisit.clock import Clock, instant
from homevisit.domain.canonical import LONGEST_TEXT, JsonObject, canonical, check_texts, digest
from homevisit.domain.card import Card
from homevisit.domain.entry import SIGNING_CONTEXT, Act, Entry, Envelope, Kind, written_entry
from homevisit.domain.hlc import tick
from homevisit.domain.merge import heads, visible
from homevisit.errors import HomeVisitError
from homevisit.signatures import sign
from homevisit.storage.admission import Admission, Admitting, ReceivedPackage
from homevisit.storage.chain import Chain, Place
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.entries import EntryTable
from homevisit.storage.folding import Folding
from homevisit.storage.head import Head, HeadFile
from homevisit.storage.sealing import ContentKeys

SALT_BYTES = 32
SENT_TO = """SELECT entry FROM outbox_entry JOIN outbox_recipient r USING (package) JOIN outbox o ON o.id = package
WHERE r.device = ? AND o.rowid > coalesce((SELECT packages FROM begun_anew WHERE device = r.device), 0)"""
Vector = dict[tuple[str, str], tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What is to be signed. ``parents`` None means the versions that stand now, ``happened_at`` None means now."""

    record: str
    kind: Kind
    act: Act
    family: str
    body: JsonObject = field(repr=False)
    parents: tuple[str, ...] | None = None
    happened_at: datetime | None = None
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs on this device."""

    card: Card
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fork:
    """Several entries that claim the same place in one chain: a copied store or a forgery. All are kept."""

    device: str
    epoch: str
    seq: int
    entries: tuple[str, ...]


class Ledger:
    """Grows only. Every public write is one transaction together with the read models it changes."""

    def __init__(self, database: KeyedDatabase, signer: Signer, head: HeadFile, clock: Clock) -> None:
        self._database = database
        self._signer = signer
        self._head = head
        self._clock = clock
        self._contents = ContentKeys(database, clock)
        self._entries = EntryTable(database, self._contents)
        self._folding = Folding(database, self._entries)
        self._chain = Chain(database, signer.card.device)

    @property
    def folding(self) -> Folding:
        return self._folding

    @property
    def chain(self) -> Chain:
        return self._chain

    @property
    def own_head(self) -> Head:
        """The last entry of one's own chain in the present epoch."""
        return self._chain.place.head

    def append(self, new: Iterable[NewEntry], *, also: Callable[[], None] | None = None) -> tuple[Entry, ...]:
        """Sign, chain, store and fold in one transaction, ``also`` in the same; safe on the disk when it returns.

        The clock is read for each entry as it is taken from ``new``, so a generator may move a manual clock between
        entries: this is how long histories are written quickly.
        """
        made: list[Entry] = []
        standing: dict[str, set[str]] = {}
        with self._transaction() as place:
            before = self._entries.last_row()
            for item in new:
                entry = self._signed(item, place.now, self._parents(item, standing))
                self._entries.add(entry)
                _move(standing[item.record], entry)
                head = Head(entry.envelope.device, entry.envelope.epoch, entry.envelope.seq, entry.id)
                place.now = Place(head, entry.envelope.hlc)
                made.append(entry)
            self._folding.take_up(made, after=before)
            if also is not None:
                also()
        return tuple(made)

    def admit(self, entries: Sequence[Entry], *, package: ReceivedPackage | None = None) -> Admission:
        """Take in entries of others: what is known already changes nothing, the order does not matter.

        Ids and body digests are checked here once more; signatures and cards are the exchange's to check.
        """
        admitting = Admitting(self._database, self._entries, self._clock)
        with self._transaction() as place:
            before = self._entries.last_row()
            result = admitting.take(entries, package=package)
            for entry in entries:
                place.now = place.now.seen(entry.envelope.hlc)
            held = self._folding.take_up(result.added, after=before)
            result = admitting.counted(result, held, package)
            own = place.now.head
            if any(_is_own(entry, own) for entry in result.added) or self._is_behind(package, own):
                place.now = self._chain.renewed(place.now)  # somebody knows more of our chain than we do
        return result

    def renew_epoch(self, missing: Head | None = None) -> None:
        """Start a new chain, after a restore or when the ledger turned out to be older than the head file says."""
        with self._transaction() as place:
            if missing is not None:
                self._chain.note_gap(missing, self._clock)
            place.now = self._chain.renewed(place.now)

    def erase_family(self, family: str) -> None:
        """Destroy the family's content key, as the law may require; the chain stays verifiable, the words are gone.

        Reasons are part of what was hashed and stay; older backups still hold the key and have to be destroyed too.
        """
        with self._transaction():
            self._contents.destroy(family)
            records = self._database.rows_of("SELECT DISTINCT record FROM entry WHERE family = ?", (family,))
            self._folding.refold(record for (record,) in records)
            self._database.change("DELETE FROM draft WHERE family = ?", (family,))
            self._database.change("INSERT INTO search (search) VALUES ('rebuild')")  # removed words linger in it
        self._database.change("VACUUM")  # and in freed pages, and in the log
        self._database.rows_of("PRAGMA wal_checkpoint(TRUNCATE)")

    def is_erased(self, family: str) -> bool:
        """Whether the family's content key was destroyed."""
        return self._contents.is_destroyed(family)

    def rebuild(self) -> None:
        """Fold every record again."""
        with self._transaction():
            self._folding.rebuild()

    def heads(self, record: str, kind: Kind | None = None) -> tuple[str, ...]:
        """The ids of the versions of a record that stand, the latest first.

        A record has one kind: with ``kind`` what a peer may have signed under its id as another is not among them.
        """
        ordered = self.history(record) if kind is None else self._entries.visible_of(record, kind)
        return tuple(entry.id for entry in heads(ordered))

    def history(self, record: str) -> tuple[Entry, ...]:
        """Every visible entry of a record in causal order."""
        return visible(self._entries.where("record = ?", (record,)))

    def held(self, record: str) -> tuple[Entry, ...]:
        """Entries of a record that wait for a parent which has not arrived."""
        shown = {entry.id for entry in self.history(record)}
        return tuple(entry for entry in self._entries.where("record = ?", (record,)) if entry.id not in shown)

    def entry(self, entry: str) -> Entry | None:
        """The entry with this id."""
        return self._entries.one(entry)

    def some(self, entries: Sequence[str]) -> tuple[Entry, ...]:
        """These entries in the order they came; at most a few hundred at a time."""
        return tuple(self._entries.where(f"id IN ({', '.join('?' * len(entries))})", entries))

    def of_author(self, person: str, *, unless_sent_to: str = "") -> tuple[Entry, ...]:
        """A person's entries, chain by chain in order.

        With ``unless_sent_to`` what is in a package for that device already is left out before it is opened.
        """
        chains = self._database.rows_of("SELECT DISTINCT device, epoch FROM entry WHERE author = ?", (person,))
        condition = f"author = ? AND device = ? AND epoch = ? AND id NOT IN ({SENT_TO})"
        found: list[Entry] = []
        for device, epoch in chains:
            found += self._entries.where(condition, (person, device, epoch, unless_sent_to))
        return tuple(found)

    def vector(self) -> Vector:
        """The last entry known of every chain."""
        rows = self._database.rows_of("SELECT device, epoch, max(seq), id FROM entry GROUP BY device, epoch")
        return {(device, epoch): (seq, entry) for device, epoch, seq, entry in rows}

    def all(self) -> Iterator[Entry]:
        """Every entry in the order it came."""
        return self._entries.all()

    def records(self, kind: Kind) -> tuple[str, ...]:
        """Every record of a kind."""
        return tuple(record for record, found in self._folding.records() if found is kind)

    def forks(self) -> tuple[Fork, ...]:
        """Places in chains that several entries claim."""
        places: dict[tuple[str, str, int], list[str]] = {}
        for device, epoch, seq, entry in self._database.rows_of("SELECT device, epoch, seq, id FROM fork"):
            places.setdefault((device, epoch, seq), []).append(entry)
        return tuple(Fork(*place, entries=tuple(entries)) for place, entries in sorted(places.items()))

    def gaps(self) -> tuple[Head, ...]:
        """Ends of one's own chains that were there once and have not come back."""
        rows = self._database.rows_of(
            "SELECT device, epoch, seq, id FROM gap WHERE id NOT IN (SELECT id FROM entry) ORDER BY noticed_at"
        )
        return tuple(Head(*row) for row in rows)

    def _is_behind(self, package: ReceivedPackage | None, own: Head) -> bool:
        """Whether the sender has seen an entry of our present chain that is not here: the disk was set back."""
        heads = package.known_heads if package else ()
        seen = next((head[3] for head in heads if head[:2] == (own.device, own.epoch)), "")
        return bool(seen) and not self._entries.known([seen])

    def _signed(self, new: NewEntry, place: Place, parents: tuple[str, ...]) -> Entry:
        body = canonical(new.body)  # once, as the envelope below: a long history signs thousands
        if len(body) > LONGEST_TEXT:
            check_texts(new.body, code="entry.not_canonical")
        check_texts(new.reason, code="entry.not_canonical")
        now, salt, card = self._clock.now(), secrets.token_bytes(SALT_BYTES), self._signer.card
        envelope = Envelope(
            record=new.record,
            kind=new.kind,
            act=new.act,
            family=new.family,
            parents=parents,
            author=card.person,
            device=card.device,
            epoch=place.head.epoch,
            seq=place.head.seq + 1,
            prev=place.head.id,
            happened_at=instant(new.happened_at or now),
            recorded_at=instant(now),
            hlc=tick(place.hlc, now),
            reason=new.reason,
            body_digest=digest(salt + body),
        )
        hashed = envelope.canonical()
        signature = sign(self._signer.key, SIGNING_CONTEXT + hashed)
        return written_entry(digest(hashed), envelope, head=hashed, seal=(signature, salt), body=body)

    def _parents(self, new: NewEntry, standing: dict[str, set[str]]) -> tuple[str, ...]:
        if new.record not in standing:
            ordered = self._entries.visible_of(new.record, new.kind)
            standing[new.record] = {entry.id for entry in heads(ordered)}
        if new.parents is None:
            return tuple(sorted(standing[new.record]))
        for parent in new.parents:
            found = self._entries.one(parent)
            if found is None or (found.envelope.record, found.envelope.kind) != (new.record, new.kind):
                raise HomeVisitError("entry.unknown_parent", record=new.record)
        return tuple(sorted(set(new.parents)))

    @contextmanager
    def _transaction(self) -> Generator[_Moving]:
        moving = _Moving(self._chain.place)
        try:
            with self._database.atomic():
                yield moving
                self._chain.keep(moving.now)
        except BaseException:
            self._contents.forget_cached()
            raise
        moved, self._chain.place = moving.now.head != self._chain.place.head, moving.now
        if moved:
            self._head.follow(moving.now.head)


@dataclass(slots=True)
class _Moving:
    """The place as it moves within one transaction."""

    now: Place


def _move(standing: set[str], entry: Entry) -> None:
    standing.difference_update(entry.envelope.parents)
    standing.add(entry.id)


def _is_own(entry: Entry, head: Head) -> bool:
    return (entry.envelope.device, entry.envelope.epoch) == (head.device, head.epoch)
