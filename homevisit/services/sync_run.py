"""The steps of one run of sending and receiving; each can be broken off, and the next run goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from homevisit.clock import Clock, instant
from homevisit.domain.place import Place
from homevisit.domain.sync_summary import Gap, PlaceResult, Stage, Step
from homevisit.errors import HomeVisitError
from homevisit.services.choosing import Choosing, Examination
from homevisit.services.inside import Inside
from homevisit.services.inward import Inward
from homevisit.services.loading import Loading
from homevisit.services.outward import Outward
from homevisit.services.packing import Packing
from homevisit.services.places import Places
from homevisit.services.receiving import Receiving
from homevisit.storage.place_log import Trouble
from homevisit.storage.store import Store
from homevisit.sync.patience import is_due, not_before
from homevisit.sync.transports.transport import Transport

SEEN_NAMES_FOR = timedelta(days=30)
LOOK_AGAIN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What every run works with."""

    store: Store
    clock: Clock
    places: Places
    receiving: Receiving
    choosing: Choosing
    packing: Packing
    load: Callable[[Inside], Loading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who is told where a run is, and who may break it off."""

    progress: Callable[[Stage], None]
    cancelled: Callable[[], bool]

    def report(self, place: str, step: Step, done: int = 0, of: int = 0) -> bool:
        """Say where it is; False once it is to stop."""
        self.progress(Stage(step=step, place=place, done=done, of=of))
        return not self.cancelled()


@dataclass(slots=True)
class _Open:
    """A place that answered, and what it says it has."""

    place: Place
    transport: Transport
    names: tuple[str, ...] = ()


class SyncRun:
    """The store is only used through ``inside``; ``patient`` leaves alone for a while what failed lately."""

    def __init__(self, parts: Parts, watch: Watch, inside: Inside, *, patient: bool) -> None:
        self._parts = parts
        self._watch = watch
        self._inside = inside
        self._patient = patient
        self._store = parts.store
        self._open: list[_Open] = []
        self._results: list[PlaceResult] = []
        self.outward = Outward(parts.store, parts.packing, parts.clock, inside, patient=patient)
        self.inward = Inward(parts.store, parts.receiving, parts.clock, inside)
        self._delivered_before = inside(parts.store.packages.delivered)

    def go(self) -> tuple[PlaceResult, ...]:
        """Everything, in order; gives how it went at each place."""
        places = self._inside(self._known_places)
        chosen = self._choose() if places and self._watch.report("", Step.CHOOSE) else None
        with self._connected(places):
            self._seal(chosen)
            for each in tuple(self._open):
                self._try(each.place, partial(self._exchange_at, each))
            if self._open and not self._watch.cancelled():
                self._finish()
            for each in self._open:
                self._inside(partial(self._store.place_log.note, each.place.id, Trouble()))
                self._results.append(_result(each.place, Trouble()))
        return tuple(self._results)

    def break_off(self) -> None:
        """From any thread: whatever waits for a place waits no longer."""
        for each in tuple(self._open):
            each.transport.close()

    def newly_delivered(self) -> int:
        """How many packages were acknowledged by everybody since this run began."""
        return self._store.packages.delivered() - self._delivered_before

    def _known_places(self) -> tuple[Place, ...]:
        places = self._parts.places.all()
        self._store.place_log.know(place.id for place in places)
        self._parts.packing.give_up_lost()
        return places

    def _choose(self) -> Examination | None:
        """Look at what is new; None where it was broken off."""
        examination = self._inside(self._parts.choosing.begin)
        if examination.changed:
            self._inside(self._try_refused)
        while self._inside(examination.step):
            if self._watch.cancelled():
                return None
        return examination

    def _seal(self, chosen: Examination | None) -> None:
        """Seal what is owed, unless choosing was broken off; large packages leave while the next are made."""
        if chosen is None:
            return
        loading = self._parts.load(self._inside)
        loading.load(chosen.devices, report=partial(self._watch.report, "", Step.SEAL), leave=self._put_everywhere)

    def _put_everywhere(self) -> None:
        for each in tuple(self._open):
            if not self._watch.cancelled():
                self._try(each.place, partial(self._put, each))

    def _put(self, each: _Open) -> None:
        self.outward.put(each.place, each.transport, partial(self._watch.report, each.place.title))

    def _try_refused(self) -> None:
        """What was refused for want of a card or of a newer program may be taken in now."""
        for row in self._parts.receiving.try_again():
            if not row.code:
                self.inward.taken.packages += 1
                self.inward.taken.entries += row.new

    @contextmanager
    def _connected(self, places: Sequence[Place]) -> Iterator[None]:
        """Every place that answers; each is closed again whatever happens."""
        try:
            for place in places:
                if not self._watch.cancelled():
                    self._try(place, partial(self._connect, place))
            yield
        finally:
            for each in self._open:
                each.transport.close()

    def _connect(self, place: Place) -> None:
        trouble = self._inside(partial(self._store.place_log.trouble, place.id))
        if self._patient and not is_due(self._parts.clock.now(), trouble.not_before):
            self._results.append(_result(place, trouble))
            return
        self._watch.report(place.title, Step.CONNECT)
        found = _Open(place, self._inside(partial(self._parts.places.transport, place)))
        self._open.append(found)
        if self._watch.cancelled():
            return
        found.names = found.transport.names()
        self._inside(partial(self.outward.look_for, place, found.names))

    def _exchange_at(self, each: _Open) -> None:
        if not self._watch.cancelled():
            self._put(each)
        if not self._watch.cancelled() and not self._inside(partial(self.inward.is_settled, each.place, each.names)):
            report = partial(self._watch.report, each.place.title)
            self.inward.fetch(each.place, each.transport, each.names, report=report)

    def _finish(self) -> None:
        """What came in is acknowledged and passed on where it is to be; what is over is taken away."""
        if self.inward.taken.has_new_cards:
            self._inside(self._try_refused)
        if self.inward.taken.packages or self._inside(self._is_anything_due):
            self._seal(self._choose())
        for each in tuple(self._open):
            self._try(each.place, partial(self._finish_at, each))
        if self._inside(self.newly_delivered) or self.outward.sent.packages:
            self._inside(self._parts.packing.tidy)

    def _is_anything_due(self) -> bool:
        """A receipt, or what somebody lacks after all: their laptop was set back, and said so by a receipt alone."""
        return bool(self._store.receipts.owed_to()) or self._store.owed.begins_again()

    def _finish_at(self, each: _Open) -> None:
        self._put(each)
        self.outward.tidy(each.place, each.transport)
        self._inside(partial(self._look_back, each))

    def _look_back(self, each: _Open) -> None:
        log, now, place = self._store.place_log, self._parts.clock.now(), each.place.id
        log.forget_names(place, frozenset(each.names), before=instant(now - SEEN_NAMES_FOR))
        if self._store.numbering.missing():
            log.doubt(place, before=instant(now - LOOK_AGAIN_AFTER))

    def _try(self, place: Place, job: Callable[[], None]) -> None:
        """A place that fails is noted and left alone for a while; the others go on."""
        try:
            job()
        except HomeVisitError as refusal:
            if not refusal.code.startswith("place."):
                raise
            if self._watch.cancelled():
                return  # it was closed under the run, and is not to blame
            self._results.append(_result(place, self._inside(partial(self._note_trouble, place, refusal.code))))
            for each in [each for each in self._open if each.place.id == place.id]:
                each.transport.close()
                self._open.remove(each)

    def _note_trouble(self, place: Place, code: str) -> Trouble:
        tries = self._store.place_log.trouble(place.id).tries + 1
        trouble = Trouble(code=code, tries=tries, not_before=not_before(self._parts.clock.now(), tries))
        self._store.place_log.note(place.id, trouble)
        return trouble


def gaps_of(store: Store) -> tuple[Gap, ...]:
    """Packages that others numbered for this device and that have not arrived."""
    me = store.identity.card.person
    return tuple(
        Gap(person=person, name=store.name_of(person), device=device, packages=count, mine=person == me)
        for person, device, count in store.numbering.missing()
    )


def _result(place: Place, trouble: Trouble) -> PlaceResult:
    return PlaceResult(place=place.id, title=place.title, code=trouble.code, not_before=trouble.not_before)
