"""The full check of a store: pages, guards, chains, signatures, read models, search and the head file.

A false alarm is a defect: the write-ahead log is brought into the file first, or pages that a power cut left half
written there would be reported although the log still holds them whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from homevisit.domain.canonical import canonical, digest
from homevisit.domain.prompt_pack import CONTEXT as PACK_CONTEXT
from homevisit.errors import HomeVisitError
from homevisit.storage import triggers
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.findings import Finding
from homevisit.storage.folding import FOLDS
from homevisit.storage.folds.rows import ModelRow
from homevisit.storage.store import Store

__all__ = ["Finding", "check"]

# Entries of a device that are not linked to the one before them, and whether something else stands in its place.
CHAIN = """
SELECT e.id, EXISTS (SELECT 1 FROM entry b WHERE b.device = e.device AND b.epoch = e.epoch AND b.seq = e.seq - 1)
FROM entry e WHERE e.device = ? AND e.seq > 1 AND NOT EXISTS (
  SELECT 1 FROM entry b WHERE b.device = e.device AND b.epoch = e.epoch AND b.seq = e.seq - 1
    AND b.id = json_extract(e.envelope, '$.prev'))"""


def check(store: Store) -> tuple[Finding, ...]:
    """Everything that is wrong; nothing for a sound store."""
    try:
        store.database.refuse_if_gone()
        found = [*_pages(store.database), *_guards(store.database)]
        if found:
            return tuple(found)
        return (
            *_entries(store),
            *_chains(store),
            *_models(store),
            *_search(store.database),
            *_packs(store),
            *_head(store),
        )
    except HomeVisitError as problem:
        return (Finding(problem.code),)


def _pages(database: KeyedDatabase) -> Iterator[Finding]:
    database.rows_of("PRAGMA wal_checkpoint(TRUNCATE)")
    if bad := database.rows_of("PRAGMA cipher_integrity_check"):
        yield Finding("store.pages_damaged", count=len(bad))
    elif (said := database.rows_of("PRAGMA integrity_check")) != [("ok",)]:
        yield Finding("store.pages_damaged", count=len(said))


def _guards(database: KeyedDatabase) -> Iterator[Finding]:
    if missing := triggers.differing(database):
        yield Finding("store.guards_missing", count=len(missing))


def _entries(store: Store) -> Iterator[Finding]:
    """Ids, bodies and signatures. An entry of somebody whose card is no longer here cannot be judged: no finding."""
    for entry in store.ledger.all():
        if not entry.id_matches() or not entry.body_matches():
            yield Finding("entry.damaged", entry.id)
        elif entry.is_erased and not store.ledger.is_erased(entry.envelope.family):
            yield Finding("entry.body_lost", entry.id)
        elif store.views.signed_by_card(entry) is False:
            yield Finding("entry.bad_signature", entry.id)


def _chains(store: Store) -> Iterator[Finding]:
    """One's own chains are whole; of others only what was sent to us is here, so only contradictions are named."""
    own = store.identity.card.device
    for fork in store.ledger.forks():
        yield Finding("store.fork", f"{fork.device}/{fork.epoch}/{fork.seq}", len(fork.entries))
    for gap in store.ledger.gaps():
        yield Finding("store.rolled_back", gap.id)
    for entry, stands in store.database.rows_of(CHAIN, (own,)):
        yield Finding("store.chain_broken" if stands else "store.chain_gap", entry)


def _models(store: Store) -> Iterator[Finding]:
    """Every read model holds exactly what folding the ledger gives."""
    expected: dict[str, Counter[bytes]] = {table: Counter() for fold in FOLDS.values() for table in fold.tables}
    expected["search_text"] = Counter()
    for record, kind in store.ledger.folding.records():
        folded = store.ledger.folding.folded(record, kind)
        for table, rows in folded.rows.items():
            expected[table].update(_key(row) for row in rows)
        expected["search_text"].update(_key(text_row) for text_row in store.ledger.folding.text_rows(record, folded))
    for table, rows_expected in expected.items():
        standing = Counter(_key(row) for row in _rows(store.database, table))
        if standing != rows_expected:
            different = (standing - rows_expected).total() + (rows_expected - standing).total()
            yield Finding("store.models_differ", table, different)


def _rows(database: KeyedDatabase, table: str) -> Iterator[ModelRow]:
    for row in database[table].rows:
        yield {name: value for name, value in row.items() if (table, name) != ("search_text", "id")}


def _key(row: ModelRow) -> bytes:
    """Stands for a row: whole rows of a large store would not be held in memory twice."""
    return blake2b(repr(sorted(row.items())).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _search(database: KeyedDatabase) -> Iterator[Finding]:
    try:
        database.change("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except HomeVisitError:
        yield Finding("store.search_differs")


def _packs(store: Store) -> Iterator[Finding]:
    """Installed packs are what was signed, and their sets what the packs name."""
    said: set[tuple[str, str]] = set()
    for pack in store.prompt_packs.packs():
        if digest(PACK_CONTEXT + canonical(pack.manifest)) != pack.id or not pack.is_genuine:
            yield Finding("pack.damaged", pack.id)
        said.update(pack.digests.items())
    for kept in store.prompt_packs.sets():
        if (kept.canonical, digest(kept.content)) not in said:
            yield Finding("pack.damaged", kept.canonical)


def _head(store: Store) -> Iterator[Finding]:
    try:
        kept = store.head_file.read()
    except HomeVisitError as problem:
        yield Finding(problem.code)
        return
    if kept is None:
        if store.ledger.own_head.seq:
            yield Finding("store.head_missing")
    elif kept.seq and store.ledger.entry(kept.id) is None:
        yield Finding("store.rolled_back", kept.id)
