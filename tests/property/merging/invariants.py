"""What holds of every replica whatever happened, worked out again from the entries alone and in the plainest way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from homevisit.domain.canonical import canonical
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.summaries import IN_ERROR, VisitRow
from homevisit.domain.visit import RecordState
from homevisit.storage.driver import Row
from homevisit.storage.folding import MODEL_TABLES
from tests.property.merging.people import Laptop

if TYPE_CHECKING:
    from tests.property.merging.traces import Trace

PATCHED = (Kind.FAMILY, Kind.PERSON, Kind.TIE, Kind.ACTION)
# The number of a line in the search index depends on when it came; rows with a null sort nowhere, so as text.
TABLES = (*((table, "*") for table in MODEL_TABLES), ("search_text", "record, kind, family, day, name, text"))
REVIEWED = (RecordState.REVIEWED, RecordState.SENT_BACK)


class BrokenError(AssertionError):
    """An invariant does not hold."""


def holds(condition: bool, why: str) -> None:
    if not condition:
        raise BrokenError(why)


def same(before: object, after: object, why: str) -> None:
    holds(before == after, why)


def dump(desk: Laptop) -> list[list[Row]]:
    """Every row of every read model and of the search index."""
    return [sorted(desk.database.rows_of(f"SELECT {columns} FROM {table}"), key=repr) for table, columns in TABLES]  # noqa: S608


def whole(desk: Laptop) -> object:
    """Everything that an import may change: entries, read models, packages taken in."""
    taken = desk.database.rows_of("SELECT id FROM inbox WHERE code = ''")
    return sorted(desk.ids()), dump(desk), sorted(taken)


def shown(desk: Laptop) -> set[str]:
    """Versions of visits that are visible."""
    return {entry for (entry,) in desk.database.rows_of("SELECT entry FROM visit_version")}


def check(trace: Trace) -> None:
    """All invariants after an honest exchange."""
    everywhere = {desk.name: desk.entries() for desk in trace.desks.values()}
    somewhere = set().union(*everywhere.values(), *(sent.entries for sent in trace.packages))
    for desk in trace.desks.values():
        entries = everywhere[desk.name]
        as_signed(entries, trace.signed)
        nothing_lost(desk, entries, somewhere, trace)
        causal(desk, entries)
        forks_are_shown(desk, entries, trace.unnoticed)
        logical_times(entries)
    converged(trace)
    again_changes_nothing(trace)


def as_signed(entries: Mapping[str, Entry], signed: Mapping[str, Entry]) -> None:
    """(6) Nothing is here but what somebody signed, with the very words that were signed."""
    for entry in entries.values():
        truth = signed.get(entry.id)
        holds(truth is not None, "an entry that nobody signed")
        if truth is not None:
            same(truth.envelope, entry.envelope, "an envelope that is not what was signed")
            same(truth.signature, entry.signature, "a signature that is not the one that was made")
            same(canonical(truth.body), canonical(entry.body), "words that are not those that were signed")


def nothing_lost(desk: Laptop, entries: Mapping[str, Entry], somewhere: set[str], trace: Trace) -> None:
    """(4) What was acknowledged to somebody is everywhere, unless it was only on a disk that was put back."""
    missing = trace.signed.keys() - entries.keys()
    holds(not missing & somewhere, "an entry that others have, or that was sent, did not arrive")
    holds(missing <= trace.lost, "an entry that was acknowledged is nowhere")
    gaps = {gap.id for gap in desk.store.ledger.gaps()}
    holds(trace.missed.get(desk.name, set()) - entries.keys() <= gaps, "an end of the own chain is missing unsaid")


def causal(desk: Laptop, entries: Mapping[str, Entry]) -> None:
    """(5, 7, 9) What is visible, which versions stand, which values and reviews count: by parents alone."""
    records: dict[tuple[str, Kind], list[Entry]] = defaultdict(list)
    for entry in entries.values():
        records[entry.envelope.record, entry.envelope.kind].append(entry)
    conflicts = set()
    lines = {row.id: row for row in desk.store.views.recent_visits(len(entries))}
    for (record, kind), found in records.items():
        seen = visible(found)
        listed = {each.id for each in desk.store.ledger.history(record) if each.envelope.kind is kind}
        same(set(seen), listed, "something is visible without what it builds on, or hidden with it")
        if kind is Kind.VISIT:
            versions(desk, lines.get(record), record, seen)
        elif kind in PATCHED:
            conflicts |= {(record, name, entry) for name, entry in disputed(seen)}
    rows = desk.database.rows_of("SELECT record, field, entry FROM field_conflict WHERE field <> ?", (IN_ERROR,))
    same(conflicts, set(rows), "a field that people gave different values does not show exactly these")
    reviews(lines, entries)


def visible(found: Iterable[Entry]) -> dict[str, Entry]:
    """Those with all their parents, and theirs."""
    seen: dict[str, Entry] = {}
    waiting = {entry.id: entry for entry in found}
    while ready := [entry for entry in waiting.values() if all(parent in seen for parent in entry.envelope.parents)]:
        for entry in ready:
            seen[entry.id] = waiting.pop(entry.id)
    return seen


def past(entry: Entry, seen: Mapping[str, Entry]) -> set[str]:
    """Everything that an entry builds on."""
    found: set[str] = set()
    waiting = list(entry.envelope.parents)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += seen[each].envelope.parents
    return found


def versions(desk: Laptop, row: VisitRow | None, record: str, seen: Mapping[str, Entry]) -> None:
    """Every version that nothing builds on stands; none is dropped because its clock was late."""
    if not seen:
        holds(row is None, "a visit is shown of which no version is visible")
        return
    built_on = {parent for entry in seen.values() for parent in entry.envelope.parents}
    standing = seen.keys() - built_on
    assert row is not None
    others = str(desk.database.value_of("SELECT other_heads FROM visit WHERE id = ?", (record,))).split()
    same(sorted(standing), sorted([row.head, *others]), "the versions that stand are not those shown")
    marks = [seen[entry].envelope.act is Act.WITHDRAW for entry in standing]
    same(row.state is RecordState.WITHDRAWN, all(marks), "a mark hides what somebody else changed")
    same(row.version, 1 + max((len_of(entry, seen) for entry in [seen[row.head]]), default=0), "a wrong number")


def len_of(entry: Entry, seen: Mapping[str, Entry]) -> int:
    """How many versions lie before one, at most."""
    return max((1 + len_of(seen[parent], seen) for parent in entry.envelope.parents), default=0)


def disputed(seen: Mapping[str, Entry]) -> set[tuple[str, str]]:
    """Fields with values that nobody wrote over, where these differ, with the entries that gave them."""
    writes: dict[str, list[Entry]] = defaultdict(list)
    for entry in seen.values():
        said = entry.body.get("set") if entry.body else None
        for name in said if isinstance(said, dict) else ():
            writes[name].append(entry)
    found = set()
    for name, given in writes.items():
        covered = set().union(*(past(entry, seen) for entry in given))
        standing = [entry for entry in given if entry.id not in covered]
        values = {canonical(value_of(entry, name)) for entry in standing}
        found |= {(name, entry.id) for entry in standing if len(values) > 1}
    return found


def value_of(entry: Entry, name: str) -> object:
    said = entry.body.get("set") if entry.body else None
    return said[name] if isinstance(said, dict) else None


def reviews(lines: Mapping[str, VisitRow], entries: Mapping[str, Entry]) -> None:
    """A review counts for the version it has read and for no other."""
    read = defaultdict(set)
    for entry in entries.values():
        if entry.envelope.kind is Kind.REVIEW and entry.body:
            read[str(entry.body["visit"])].add((str(entry.body["version"]), entry.envelope.author))
    for record, row in lines.items():
        if row.state is not RecordState.WITHDRAWN:
            counts = any(version == row.head and author != row.author for version, author in read[record])
            same(row.state in REVIEWED, counts, "a review attached to a version that it has not read")


def forks_are_shown(desk: Laptop, entries: Mapping[str, Entry], unnoticed: set[str]) -> None:
    """(8) Every place in a chain that two entries claim is named."""
    places: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for entry in entries.values():
        places[entry.envelope.device, entry.envelope.epoch, entry.envelope.seq].add(entry.id)
    twice = {place: tuple(sorted(found)) for place, found in places.items() if len(found) > 1}
    named = {(fork.device, fork.epoch, fork.seq): tuple(sorted(fork.entries)) for fork in desk.store.ledger.forks()}
    same(twice, named, "a fork is not shown")
    noticed = {device for device, _, _ in twice} - unnoticed
    holds(not noticed, "a chain forked although the old disk was noticed")


def logical_times(entries: Mapping[str, Entry]) -> None:
    """(9) What builds on something comes after it, whatever the clocks said."""
    for entry in entries.values():
        for parent in entry.envelope.parents:
            if parent in entries:
                holds(entries[parent].envelope.hlc < entry.envelope.hlc, "an entry is stamped before its parent")


def converged(trace: Trace) -> None:
    """(1, 3) The same entries give the same read models, in whatever order and by whatever road they came."""
    dumps = {desk.name: dump(desk) for desk in trace.desks.values()}
    first, *others = dumps.values()
    holds(all(other == first for other in others), "replicas with the same entries show different things")
    desk = trace.some_desk()
    if trace.seed % 3 == 0:  # no other trace is told from these: it only costs time
        desk.store.rebuild()
        same(first, dump(desk), "folding everything again gives something else")


def again_changes_nothing(trace: Trace) -> None:
    """(2) A package that was taken in changes nothing when it comes again."""
    if trace.packages and trace.seed % 3 == 1:
        sent = trace.chance.choice(trace.packages)
        desk = trace.desks[sent.to[0]]
        trace.road.take_in(desk, sent.data)
        before = whole(desk)
        trace.road.take_in(desk, sent.data)
        same(before, whole(desk), "a package that came twice changed something")
