"""What lies at a place for this device: fetched, opened and taken in, one by one; whatever fails steps aside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from homevisit.clock import Clock
from homevisit.domain.place import Place
from homevisit.domain.sync_summary import Step
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.manifest import PackageKind
from homevisit.exchange.package import Opened
from homevisit.services.inside import Inside
from homevisit.services.opening import Arrival, Keyring, opened_ahead
from homevisit.services.receiving import Receiving
from homevisit.storage.place_log import Verdict
from homevisit.storage.store import Store
from homevisit.sync.patience import is_due, may_come_whole, not_before
from homevisit.sync.transports.transport import Transport

# Nobody signed these bytes as they are: a file that is still being copied looks the same.
MAY_BE_PARTIAL = frozenset(f"package.{fault}" for fault in ("damaged", "not_a_package", "header", "frame", "body"))


@dataclass(slots=True)
class TakenIn:
    """What came of fetching, over all places."""

    packages: int = 0
    entries: int = 0
    refused: list[str] = field(default_factory=list)
    has_new_cards: bool = False


class Inward:
    """One run's receiving. The store is only used through ``inside``."""

    def __init__(self, store: Store, receiving: Receiving, clock: Clock, inside: Inside) -> None:
        self._store = store
        self._receiving = receiving
        self._clock = clock
        self._inside = inside
        self.taken = TakenIn()

    def fetch(
        self, place: Place, transport: Transport, names: tuple[str, ...], *, report: Callable[[Step, int, int], bool]
    ) -> None:
        """Fetch and take in what was not seen before; ``report`` says where it is, and whether to go on.

        Raises what the place refuses; what one package is refused for stays with that package.
        """
        wanted = self._inside(partial(self._unseen, place, names))
        if not wanted or not report(Step.FETCH, 0, len(wanted)):
            return
        failed: HomeVisitError | None = None
        names_came: list[str] = []
        files = self._named(transport.get_many(wanted, max_bytes=limits.PACKAGE_BYTES), names_came)
        for done, found in enumerate(opened_ahead(self._keyring, files), 1):
            refusal = found.outcome
            if isinstance(refusal, HomeVisitError) and refusal.code.startswith("place."):
                failed = failed or refusal  # the others need not wait for this one
            else:
                self._deal_with(place, names_came[done - 1], found)
            if not report(Step.TAKE_IN, done, len(wanted)):
                return
        if failed is None:
            self._inside(partial(self._store.place_log.note_listing, place.id, listing_of(names)))
        elif failed.code != "place.gone":  # the listing was old, or false
            raise failed

    def is_settled(self, place: Place, names: tuple[str, ...]) -> bool:
        """Whether this listing was dealt with before and nothing in it is to be fetched again by now."""
        log, now = self._store.place_log, self._clock.now()
        if log.listing(place.id) != listing_of(names):
            return False
        return not any(is_due(now, wait) for _, wait, _ in log.waits(place.id).values())

    def _unseen(self, place: Place, names: tuple[str, ...]) -> list[str]:
        log, now = self._store.place_log, self._clock.now()
        settled, waits = log.settled(place.id), log.waits(place.id)
        waiting = {name for name, (_, wait, _) in waits.items() if not is_due(now, wait)}
        wanted = [name for name in names if name not in settled and name not in waiting]
        if not wanted:
            log.note_listing(place.id, listing_of(names))
        return wanted

    def _named(
        self, files: Iterable[tuple[str, bytes | HomeVisitError]], names: list[str]
    ) -> Iterator[Callable[[], bytes]]:
        for name, found in files:
            names.append(name)
            yield partial(_given, found)

    def _keyring(self) -> Keyring:
        return self._inside(self._receiving.keyring)

    def _deal_with(self, place: Place, name: str, found: Arrival) -> None:
        opened = found.outcome
        if isinstance(opened, HomeVisitError):
            return self._inside(partial(self._refuse, place, name, opened, found.data))
        try:
            self._inside(partial(self._take_in, place, name, opened))
        except HomeVisitError as refusal:
            return self._inside(partial(self._refuse, place, name, refusal, found.data))
        self.taken.has_new_cards |= opened.manifest.kind is PackageKind.KEY
        return None

    def _take_in(self, place: Place, name: str, opened: Opened) -> None:
        is_new = not self._store.packages.seen(opened.manifest.package_id)
        row = self._receiving.admit(opened, name)
        if name in self._store.place_log.waits(place.id):
            self._receiving.came_whole(name)
        self._store.place_log.saw(place.id, name, Verdict.TAKEN)
        if is_new and opened.manifest.kind is not PackageKind.RECEIPT:
            self.taken.packages += 1
            self.taken.entries += row.new

    def _refuse(self, place: Place, name: str, refusal: HomeVisitError, data: bytes) -> None:
        log, now = self._store.place_log, self._clock.now()
        if refusal.code.startswith("store."):
            raise refusal
        if refusal.code == "package.not_for_me":
            return log.saw(place.id, name, Verdict.FOREIGN)
        since, _, tries = log.waits(place.id).get(name, ("", "", 0))
        if not since:
            self.taken.refused.append(refusal.code)
            self._receiving.put_aside(name, refusal, data)
        if refusal.code in MAY_BE_PARTIAL and (not since or may_come_whole(now, since)):
            return log.saw(place.id, name, Verdict.AGAIN, not_before=not_before(now, tries + 1))
        return log.saw(place.id, name, Verdict.REFUSED)


def _given(found: bytes | HomeVisitError) -> bytes:
    if isinstance(found, HomeVisitError):
        raise found
    return found


def listing_of(names: tuple[str, ...]) -> str:
    """The digest by which a listing is known again."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()
