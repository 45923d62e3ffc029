"""How the entries of one record become its state: what is visible, which versions stand, which field values hold.

Everything here is a pure function of a set of entries: the order they arrived in never matters.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homevisit.domain.canonical import canonical
from homevisit.domain.entry import Entry


def visible(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries whose parents, and theirs, are all here, parents first; ties by logical time and id."""
    by_id = {entry.id: entry for entry in entries}
    waiting = {entry.id: set(entry.envelope.parents) for entry in by_id.values()}
    children: dict[str, list[str]] = {}
    for entry in by_id.values():
        for parent in waiting[entry.id]:
            children.setdefault(parent, []).append(entry.id)
    ready = [(by_id[found].envelope.hlc, found) for found, parents in waiting.items() if not parents]
    heapq.heapify(ready)
    ordered: list[Entry] = []
    while ready:
        _, found = heapq.heappop(ready)
        ordered.append(by_id[found])
        for child in children.get(found, ()):
            waiting[child].discard(found)
            if not waiting[child]:
                heapq.heappush(ready, (by_id[child].envelope.hlc, child))
    return tuple(ordered)


def heads(ordered: Sequence[Entry]) -> tuple[Entry, ...]:
    """The visible entries that no other one builds on, the latest by logical time first."""
    built_on = {parent for entry in ordered for parent in entry.envelope.parents}
    standing = [entry for entry in ordered if entry.id not in built_on]
    return tuple(sorted(standing, key=_lateness, reverse=True))


def numbers(ordered: Sequence[Entry]) -> dict[str, int]:
    """The version number of each visible entry: one more than the greatest of its parents."""
    found: dict[str, int] = {}
    for entry in ordered:
        found[entry.id] = 1 + max((found[parent] for parent in entry.envelope.parents), default=0)
    return found


def common_past(ordered: Sequence[Entry], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What all of these entries build on, in causal order; ``ordered`` as :func:`visible` gives it."""
    by_id = {entry.id: entry for entry in ordered}
    shared: set[str] | None = None
    for entry in entries:
        known, waiting = set[str](), list(entry.envelope.parents)
        while waiting:
            found = waiting.pop()
            if found not in known:
                known.add(found)
                waiting += by_id[found].envelope.parents
        shared = known if shared is None else shared & known
    return tuple(entry for entry in ordered if entry.id in (shared or ()))


@dataclass(frozen=True, slots=True)
class Write:
    """One value that somebody gave a field."""

    entry: Entry
    value: object


@dataclass(frozen=True, slots=True)
class Field:
    """The writes of a field that no other write builds on, the one that is shown first."""

    writes: tuple[Write, ...]

    @property
    def shown(self) -> Write:
        """Of several, the latest by logical time; a person settles which one holds."""
        return self.writes[0]

    @property
    def in_conflict(self) -> bool:
        """Whether people gave different values without seeing each other's."""
        return len(self.writes) > 1 and len({canonical(write.value) for write in self.writes}) > 1


def merged_fields(ordered: Sequence[Entry]) -> dict[str, Field]:
    """The fields that ``{"set": {…}}`` bodies add up to; ``ordered`` as :func:`visible` gives it."""
    position = {entry.id: number for number, entry in enumerate(ordered)}
    seen_by: list[int] = []  # per entry, its ancestors as a set of bits
    standing: dict[str, list[Write]] = {}
    for entry in ordered:
        seen = 0
        for parent in entry.envelope.parents:
            seen |= seen_by[position[parent]] | 1 << position[parent]
        seen_by.append(seen)
        for name, value in _patch(entry).items():
            kept = [write for write in standing.get(name, ()) if not seen >> position[write.entry.id] & 1]
            standing[name] = [*kept, Write(entry, value)]
    return {
        name: Field(tuple(sorted(writes, key=lambda write: _lateness(write.entry), reverse=True)))
        for name, writes in sorted(standing.items())
    }


def _patch(entry: Entry) -> Mapping[str, object]:
    patch = entry.body.get("set") if entry.body else None
    return patch if isinstance(patch, dict) else {}


def _lateness(entry: Entry) -> tuple[str, str]:
    return entry.envelope.hlc, entry.id
