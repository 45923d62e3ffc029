"""Whether foreign entries hold together: known authors, right signatures, unbroken chains. One fault refuses all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from homevisit.domain.card import Card
from homevisit.domain.entry import Entry
from homevisit.errors import HomeVisitError
from homevisit.exchange.entries import written_length
from homevisit.exchange.proving import Claim, portion, provers

Pinned = Callable[[str], Card | None]


def check_entries(entries: Sequence[Entry], raw: bytes, *, sender: Card, pinned: Pinned) -> None:
    """Refuse with a code unless every entry was signed by a pinned device of its author and the chains fit.

    ``entries`` as they were cut from ``raw``: bodies and signatures are checked last, most of the work by far, and
    each entry keeps what was made of its body meanwhile.
    """
    pinned = cache(pinned)  # looking a card up checks its signature: once for a device, not for each of its entries
    by_id = {entry.id: entry for entry in entries}
    if len(by_id) != len(entries):
        raise HomeVisitError("package.chain", why="twice")
    for entry in entries:
        _check_author(entry, pinned=pinned)
        # Only its author may pass an entry on as erased: anybody else could make a note vanish on its way.
        if entry.is_erased and entry.envelope.author != sender.person:
            raise HomeVisitError("package.entry", why="no body")
        _check_parents(entry, by_id)
    _check_chains(entries)
    for entry, made in zip(entries, provers().prove(list(_claims(entries, raw, pinned))), strict=True):
        entry.prepare(made)


def _claims(entries: Sequence[Entry], raw: bytes, pinned: Pinned) -> Iterator[Claim]:
    """The entries in portions, each as it lies in the package."""
    position, view, size = 0, memoryview(raw), portion(len(entries))
    for start in range(0, len(entries), size):
        some = entries[start : start + size]
        end = position + sum(map(written_length, some))
        devices = {entry.envelope.device for entry in some}
        keys = {device: card.sign_key for device in devices if (card := pinned(device)) is not None}
        yield Claim(view[position:end], len(some), keys)
        position = end


def _check_author(entry: Entry, *, pinned: Pinned) -> None:
    card = pinned(entry.envelope.device)
    if card is None or card.person != entry.envelope.author:
        raise HomeVisitError("package.unknown_author")


def _check_parents(entry: Entry, by_id: dict[str, Entry]) -> None:
    for parent in entry.envelope.parents:
        known = by_id.get(parent)
        if known is not None and known.envelope.record != entry.envelope.record:
            raise HomeVisitError("package.chain", why="parent of another record")


def _check_chains(entries: Sequence[Entry]) -> None:
    # A place may hold two entries: that is a fork, which must travel so that it can be shown.
    places: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for entry in entries:
        envelope = entry.envelope
        places[envelope.device, envelope.epoch, envelope.seq].add(entry.id)
    for entry in entries:
        envelope = entry.envelope
        before = places.get((envelope.device, envelope.epoch, envelope.seq - 1))
        first = envelope.seq == 1
        if first != (envelope.prev == "") or (before and envelope.prev not in before):
            raise HomeVisitError("package.chain", why="prev")
