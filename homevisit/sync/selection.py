"""What leaves for whom: pure rules over entries, so that nothing is sent to a person it does not concern."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from homevisit.domain.card import Card
from homevisit.domain.entry import Entry, Kind

BATCH_ENTRIES = 10_000
# A package is opened while the one before it is taken in, and both are in memory meanwhile.
BATCH_BYTES = 12 * 1024 * 1024
_AROUND_BYTES = 128  # signature, salt and lengths


def entries_for(recipient: Card, entries: Iterable[Entry], *, author_of: Callable[[str], str]) -> tuple[Entry, ...]:
    """Which of one's own unsent entries go to this person.

    A review goes to the author of the version that was read and to nobody else, whoever amended the visit since; all
    other records go to whoever was chosen. ``author_of`` gives the person id of a version's author, "" for unknown.

    What is left out is decided by the ids that were sent, never by the last entry a recipient says to hold: chains
    may arrive with gaps, and whatever lies in a gap would then never leave.
    """
    return tuple(entry for entry in entries if _concerns(recipient, entry, author_of))


def batches(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """The entries in their order, cut into pieces that each fit into one package."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        weight = _weight(entry)
        if batch and (len(batch) == BATCH_ENTRIES or size + weight > BATCH_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(entry)
        size += weight
    if batch:
        yield tuple(batch)


def _concerns(recipient: Card, entry: Entry, author_of: Callable[[str], str]) -> bool:
    if entry.envelope.kind is not Kind.REVIEW:
        return True
    # An erased review no longer says what it was about, so it concerns nobody.
    version = (entry.body or {}).get("version")
    return isinstance(version, str) and version != "" and author_of(version) == recipient.person


def _weight(entry: Entry) -> int:
    return len(entry.head_bytes()) + len(entry.body_bytes() or b"") + _AROUND_BYTES
