"""How entries are cut into packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from homevisit.domain.entry import Entry

BATCH_ENTRIES = 5_000
# A package is taken in whole, and what is typed meanwhile waits for that to be written. At half of this the wait would
# be a third shorter and taking in a tenth more work, since the indexes are written again with each package.
BATCH_BYTES = 6 * 1024 * 1024
_AROUND_BYTES = 128  # signature, salt and lengths


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


def _weight(entry: Entry) -> int:
    return len(entry.head_bytes()) + len(entry.body_bytes() or b"") + _AROUND_BYTES
