"""What leaves for a place: put once, read back, put again if it vanished, and taken away when its time is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from homevisit.clock import Clock, instant
from homevisit.domain.place import Place
from homevisit.domain.sync_summary import Step
from homevisit.errors import HomeVisitError
from homevisit.services.inside import Inside
from homevisit.services.packing import NOT_KEPT, Packing
from homevisit.storage.access import AccessAct
from homevisit.storage.place_log import Lying, Trouble
from homevisit.storage.store import Store
from homevisit.sync.patience import is_due, not_before
from homevisit.sync.transports.transport import Transport

VANISHED, EXPIRED = "place.vanished", "sync.expired"
RECEIPTS_FOR = timedelta(days=30)
# These are about one package; every other refusal of a place is about the place.
OF_A_PACKAGE = frozenset({"place.taken", "place.damaged", "place.name"})

Report = Callable[[Step, int, int], bool]


@dataclass(slots=True)
class Sent:
    """What was read back, over all places."""

    packages: set[str] = field(default_factory=set)
    entries: int = 0
    receipts: int = 0


class Outward:
    """One run's sending. The store is only used through ``inside``; ``patient`` leaves alone what failed lately."""

    def __init__(self, store: Store, packing: Packing, clock: Clock, inside: Inside, *, patient: bool) -> None:
        self._store = store
        self._packing = packing
        self._clock = clock
        self._inside = inside
        self._patient = patient
        self.sent = Sent()

    def look_for(self, place: Place, names: tuple[str, ...]) -> None:
        """What was read back there once and is not listed now is put again; a short job on the store."""
        listed, log = frozenset(names), self._store.place_log
        for lying in log.lying(place.id):
            if lying.state == "confirmed" and lying.name not in listed:
                tries = lying.trouble.tries + 1
                wait = not_before(self._clock.now(), tries) if tries > 1 else ""
                log.failed(lying.package, place.id, Trouble(code=VANISHED, tries=tries, not_before=wait))
                self._give_up_if_lost(lying)

    def put(self, place: Place, transport: Transport, report: Report) -> None:
        """Put what is to lie there; raises what is wrong with the place, after the others were tried."""
        waiting = {name: (package, was) for package, name, was in self._inside(partial(self._to_put, place))}
        if not waiting or not report(Step.SEND, 0, len(waiting)):
            return
        failed: HomeVisitError | None = None
        for done, (name, refusal) in enumerate(transport.put_many(self._read_all(waiting)), 1):
            package, was = waiting[name]
            if refusal is None:
                self._inside(partial(self._note_put, package, place, was))
            else:
                self._inside(partial(self._note_failed, package, place, refusal, was))
                failed = failed or (None if refusal.code in OF_A_PACKAGE else refusal)
            if not report(Step.SEND, done, len(waiting)):
                return
        if failed is not None:
            raise failed

    def tidy(self, place: Place, transport: Transport) -> None:
        """Take away own packages that everybody has, or whose time is over."""
        for lying in self._inside(partial(self._over, place)):
            transport.remove(lying.name)
            self._inside(partial(self._note_removed, lying, place))

    def _to_put(self, place: Place) -> list[tuple[str, str, Trouble]]:
        now, found = self._clock.now(), []
        for package, name, was in self._store.place_log.to_put(place.id):
            if (is_due(now, was.not_before) or not self._patient) and self._packing.has(name):
                found.append((package, name, was))
        return found

    def _read_all(self, waiting: dict[str, tuple[str, Trouble]]) -> Iterator[tuple[str, bytes]]:
        for name in waiting:
            yield name, self._packing.read(name)

    def _note_put(self, package: str, place: Place, was: Trouble) -> None:
        with self._store.database.atomic():
            self._store.place_log.lies(package, place.id, tries=was.tries)
            row = self._store.packages.outbox_row(package)
            self._store.packages.mark_confirmed(package, place=place.title)
            self._store.access.record(AccessAct.EXPORTED, f"package/{package}", f"entries={row.entries}")
        if package in self.sent.packages:
            return
        self.sent.packages.add(package)
        self.sent.receipts += row.kind == "receipt"
        self.sent.entries += row.entries

    def _note_failed(self, package: str, place: Place, refusal: HomeVisitError, was: Trouble) -> None:
        tries = was.tries + 1
        wait = not_before(self._clock.now(), tries) if refusal.code in OF_A_PACKAGE else ""
        self._store.place_log.failed(package, place.id, Trouble(code=refusal.code, tries=tries, not_before=wait))

    def _over(self, place: Place) -> list[Lying]:
        now, days = self._clock.now(), self._store.team.policy().retention
        kept_since = instant(now - timedelta(days=days)) if days else ""
        since = {"receipt": max(kept_since, instant(now - RECEIPTS_FOR))}
        return [
            lying
            for lying in self._store.place_log.lying(place.id)
            if lying.state == "delivered" or lying.is_void or lying.at < since.get(lying.kind, kept_since)
        ]

    def _note_removed(self, lying: Lying, place: Place) -> None:
        self._store.place_log.taken_away(lying.package, place.id)
        if lying.state != "confirmed" or self._store.place_log.elsewhere(lying.package):
            return
        if lying.kind == "receipt":
            self._store.packages.retire(lying.package, code=EXPIRED)
        else:
            self._store.packages.give_up(lying.package, code=EXPIRED)

    def _give_up_if_lost(self, lying: Lying) -> None:
        """It is neither at a place nor here any more, as after a restore: what is inside is packed anew."""
        if not self._packing.has(lying.name) and not self._store.place_log.elsewhere(lying.package):
            self._store.packages.give_up(lying.package, code=NOT_KEPT)
