"""Sealing what is owed: entries grouped by exactly who lacks them, receipts, and what laptops are told about keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from homevisit.domain.card import Card
from homevisit.domain.entry import Entry
from homevisit.exchange.manifest import PackageKind
from homevisit.exchange.receipts import Acknowledged, Receipt
from homevisit.services.announcing import Announcement, Announcing
from homevisit.services.inside import Inside
from homevisit.services.packing import Packing, Parcel
from homevisit.storage.store import Store
from homevisit.sync.selection import batches

READ_AT_ONCE = 500
# So many entries fill a good part of a package; small ones leave together, which takes a network less time.
LARGE = 250
# An age file takes 40 recipients, one of which the library may use to stay tolerant.
DEVICES_IN_A_PACKAGE = 32

Cards = Mapping[str, Card]


class Loading:
    """``cards`` are the devices that can be sent to; each package that was made is queued when its turn is over."""

    def __init__(self, store: Store, packing: Packing, announcing: Announcing, inside: Inside) -> None:
        self._store = store
        self._packing = packing
        self._announcing = announcing
        self._inside = inside

    def load(self, cards: Cards, *, report: Callable[[int, int], bool], leave: Callable[[], None]) -> None:
        """Seal everything that is to go now; ``report`` says how far it is, in entries, and whether to go on.

        ``leave`` is called when so much was sealed that it should not wait for the rest.
        """
        for announcement in self._inside(partial(self._announcing.due, cards.values())):
            parcel = Parcel(
                recipients=announcement.devices,
                kind=PackageKind.KEY,
                document=announcement.document,
                also=partial(self._told, announcement),
            )
            self._packing.pack(parcel, self._inside)
        groups = self._inside(partial(self._groups, cards))
        total = sum(map(len, groups.values()))
        done = 0
        for (_, devices), entries in groups.items():
            for batch in batches(self._read(entries)):
                if not report(done, total):
                    return
                parcel = Parcel(recipients=tuple(cards[each] for each in devices), entries=batch)
                self._packing.pack(parcel, self._inside)
                done += len(batch)
                if len(batch) >= LARGE and done < total:
                    leave()
        self._acknowledge(cards)
        self._remind(cards)

    def _groups(self, cards: Cards) -> dict[tuple[str, tuple[str, ...]], list[str]]:
        """Entries by author and by who lacks them: an author whose card somebody lacks holds up no other's words."""
        lacking: dict[tuple[str, str], list[str]] = {}
        for entry, author, device in self._store.owed.ready():
            if device in cards:
                lacking.setdefault((entry, author), []).append(device)
        groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for (entry, author), devices in lacking.items():
            for part in _parts(devices):
                groups.setdefault((author, part), []).append(entry)
        return groups

    def _read(self, entries: list[str]) -> Iterator[Entry]:
        for start in range(0, len(entries), READ_AT_ONCE):
            yield from self._inside(partial(self._readable, entries[start : start + READ_AT_ONCE]))

    def _readable(self, entries: list[str]) -> list[Entry]:
        """Words that were erased by law are passed on by nobody but their author."""
        me = self._store.identity.card.person
        found = self._store.ledger.some(entries)
        self._store.owed.drop(entry.id for entry in found if entry.is_erased and entry.envelope.author != me)
        return [entry for entry in found if not entry.is_erased or entry.envelope.author == me]

    def _acknowledge(self, cards: Cards) -> None:
        for device in self._inside(self._store.receipts.owed_to):
            owed = self._inside(partial(self._store.receipts.owed, device))
            if device in cards and owed:
                receipt = Receipt(tuple(Acknowledged(*each) for each in owed))
                parcel = Parcel(
                    recipients=(cards[device],),
                    kind=PackageKind.RECEIPT,
                    document=receipt.to_json(),
                    also=partial(self._acknowledged, receipt),
                )
                self._packing.pack(parcel, self._inside)

    def _remind(self, cards: Cards) -> None:
        """A receipt for nothing tells that this laptop has begun another epoch, or which numbers are void."""
        identity, anew = self._store.identity, self._store.anew
        of_anew = self._inside(partial(anew.to_be_told, identity.card.device, identity.epoch))
        untold = {*(of_anew or ()), *self._inside(self._store.numbering.untold)} & cards.keys()
        for part in _parts(sorted(untold)):
            recipients = tuple(cards[device] for device in part)
            nothing = Receipt(()).to_json()
            self._packing.pack(Parcel(recipients=recipients, kind=PackageKind.RECEIPT, document=nothing), self._inside)
        if of_anew is not None:
            self._inside(anew.told)

    def _told(self, announcement: Announcement, _package: str) -> None:
        self._announcing.told(announcement)

    def _acknowledged(self, receipt: Receipt, package: str) -> None:
        self._store.receipts.queued([each.digest for each in receipt.packages], receipt=package)


def _parts(devices: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(devices), DEVICES_IN_A_PACKAGE):
        yield tuple(devices[start : start + DEVICES_IN_A_PACKAGE])
