"""Sending and receiving by itself, through every place, and what is known of it between two runs."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from homevisit.clock import Clock, instant
from homevisit.domain.sync_summary import Gap, Held, PlaceResult, Stage, Summary
from homevisit.errors import HomeVisitError
from homevisit.services.choosing import Choosing
from homevisit.services.inside import Inside, at_once
from homevisit.services.loading import Loading
from homevisit.services.packing import Packing
from homevisit.services.places import Places
from homevisit.services.receiving import Receiving
from homevisit.services.sharing import Sharing
from homevisit.services.sync_run import Parts, SyncRun, Watch, gaps_of
from homevisit.storage.store import Store
from homevisit.sync.patience import is_due

NO_PLACE = "sync.no_place"


def silent(_: Stage) -> None:
    """Nobody watches."""


def never() -> bool:
    """Nobody breaks it off."""
    return False


def syncing_of(store: Store, clock: Clock, *, places: Places, sharing: Sharing, receiving: Receiving) -> Syncing:
    """Put the parts together."""
    packing = Packing(store, store.home, clock)
    parts = Parts(
        store=store,
        clock=clock,
        places=places,
        receiving=receiving,
        choosing=Choosing(store, sharing),
        packing=packing,
        load=partial(Loading, store, packing, receiving.announcing),
    )
    return Syncing(parts)


class Syncing:
    """Everything that should leave leaves once, and what lies at the places for this device is taken in."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = parts.store
        self._running = threading.Lock()
        self._run: SyncRun | None = None

    def run(
        self,
        progress: Callable[[Stage], None] = silent,
        cancelled: Callable[[], bool] = never,
        *,
        inside: Inside = at_once,
        patient: bool = True,
    ) -> Summary:
        """Send and receive once. What a place or a package does is in the summary, never raised.

        Raises ``store.*`` for the own disk, and ``sync.running`` while another run goes on. ``inside`` runs short
        jobs where the store is; ``patient`` leaves alone for a while what failed lately.
        """
        if not self._running.acquire(blocking=False):
            raise HomeVisitError("sync.running")
        try:
            began_at = instant(self._parts.clock.now())
            run = SyncRun(self._parts, Watch(progress=progress, cancelled=cancelled), inside, patient=patient)
            self._run = run
            results = run.go()
            return inside(partial(self._summary, began_at, run, results, cancelled=cancelled()))
        finally:
            self._run = None
            self._running.release()

    def break_off(self) -> None:
        """From any thread, once ``cancelled`` says so: a place that does not answer is waited for no longer."""
        run = self._run
        if run is not None:
            run.break_off()

    def left(self) -> int:
        """How many entries should leave and are confirmed nowhere; only its zero is "Everything sent"."""
        examination = self._parts.choosing.begin()
        while examination.step():
            pass
        return self._store.owed.left()

    def would_send(self) -> bool:
        """Whether anything goes with the next run, as far as was examined: what is only held does not."""
        return bool(self._store.packages.waiting() or self._store.owed.ready())

    def is_due(self) -> bool:
        """Whether there is a place to look into or to send to that is not being left alone."""
        now, log = self._parts.clock.now(), self._store.place_log
        return any(is_due(now, log.trouble(place.id).not_before) for place in self._parts.places.all())

    def held(self) -> tuple[Held, ...]:
        """What does not leave, and why."""
        held = self._parts.choosing.held()
        if self._parts.places.all():
            return held
        homeless = len(self._store.packages.waiting()) + len(self._store.owed.ready())
        return (*held, Held(code=NO_PLACE, count=homeless)) if homeless else held

    def gaps(self) -> tuple[Gap, ...]:
        """Packages that others numbered for this device and that have not arrived."""
        return gaps_of(self._store)

    def _summary(self, began_at: str, run: SyncRun, results: Sequence[PlaceResult], *, cancelled: bool) -> Summary:
        sent, taken = run.outward.sent, run.inward.taken
        return Summary(
            began_at=began_at,
            ended_at=instant(self._parts.clock.now()),
            sent=len(sent.packages) - sent.receipts,
            sent_entries=sent.entries,
            receipts=sent.receipts,
            received=taken.packages,
            received_entries=taken.entries,
            refused=tuple(taken.refused),
            delivered=run.newly_delivered(),
            left=None if cancelled else self.left(),
            held=self._held(results),
            gaps=self.gaps(),
            places=tuple(results),
            cancelled=cancelled,
        )

    def _held(self, results: Sequence[PlaceResult]) -> tuple[Held, ...]:
        """What the rules hold, and what a place did not take."""
        counts: Counter[tuple[str, str]] = Counter()
        for result in results:
            for _, _, trouble in self._store.place_log.to_put(result.place):
                if code := result.code or trouble.code:
                    counts[code, result.title] += 1
        at_places = [Held(code=code, count=count, place=title) for (code, title), count in counts.items()]
        return (*self.held(), *at_places)
