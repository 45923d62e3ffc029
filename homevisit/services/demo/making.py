"""Makes a demo home, with a supervisor's home beside it that knows its card and has reviewed some of its visits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from homevisit.clock import Clock, ManualClock
from homevisit.domain.card import Desk
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.services.demo.chronicle import Event, play
from homevisit.services.demo.correspondence import Correspondence
from homevisit.services.demo.generated import generated_events
from homevisit.services.demo.numbers import fictional_numbers
from homevisit.services.demo.people import Cast
from homevisit.services.demo.story import FamilyStory, families
from homevisit.services.demo.telling import Telling
from homevisit.services.demo.whole import refuse_unless_empty, whole_or_not_at_all
from homevisit.services.homes import Created, create
from homevisit.storage.homes import Profile
from homevisit.storage.keys import Cost

PASSPHRASE = "demo passphrase only"  # noqa: S105 - printed for everybody; it protects nobody
QUICK = Cost(memory_kib=8 * 1024, iterations=1, lanes=4, allow_weak=True)
BEGINNING = timedelta(days=800)
FIRST_GENERATED_NUMBER = 5_000
PRACTITIONER = Profile(
    name="Ruth Ashdown",
    role=Desk.PRACTITIONER,
    title="Health visitor",
    registration="00A0000D",
    organisation="Applewick Community Health (demo)",
)
SUPERVISOR = Profile(
    name="Miriam Oakes",
    role=Desk.SUPERVISOR,
    title="Safeguarding supervisor",
    registration="00B0000D",
    organisation="Applewick Community Health (demo)",
)


VISITS_EACH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSize:
    """How many families and signed visits at least; 0 means the hand-written ones. The seed decides the rest."""

    families: int = 0
    visits: int = 0
    seed: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMade:
    """What was made. The recovery codes open the demo homes as the passphrase does."""

    families: int
    visits: int
    entries: int
    passphrase: str = field(repr=False, default=PASSPHRASE)
    recovery_code: str = field(repr=False, default="")


def make_demo(home: Home, *, clock: Clock, size: DemoSize | None = None, supervisor: Home | None = None) -> DemoMade:
    """Fill an empty home with fictional families whose histories end now; closes it again.

    Args:
        home: where the practitioner's demo goes; ``demo.home_not_empty`` unless it holds no store.
        clock: the present moment, at which every history ends.
        size: more families and visits than the hand-written ones.
        supervisor: a second empty home for the supervisor; without one she works in a folder that goes away again,
            and if families were asked for by number there are no reviews (she would have to take everything in).
    """
    wanted = (home, supervisor) if supervisor is not None else (home,)
    for each in wanted:
        refuse_unless_empty(each)
    if supervisor is not None and supervisor.root.resolve() == home.root.resolve():
        raise HomeVisitError("demo.home_not_empty")
    chosen = size or DemoSize()
    with TemporaryDirectory(prefix="homevisit-demo-") as scratch, whole_or_not_at_all(*wanted) as fresh:
        made = _Making(fresh[0], fresh[-1] if supervisor else Home(Path(scratch) / "supervisor"), now=clock.now())
        try:
            return made.tell(chosen, Path(scratch), reviewed=supervisor is not None or not chosen.families)
        finally:
            made.close()


class _Making:
    """Two open stores on one clock that is far back in the past."""

    def __init__(self, home: Home, supervisor: Home, *, now: datetime) -> None:
        self._now = now
        self._clock = ManualClock(now - BEGINNING)
        self._desk = _created(home, PRACTITIONER, self._clock)
        try:
            self._other = _created(supervisor, SUPERVISOR, self._clock)
        except BaseException:
            self._desk.services.close()
            raise

    def tell(self, size: DemoSize, scratch: Path, *, reviewed: bool) -> DemoMade:
        numbers = fictional_numbers()
        services = self._desk.services
        stories = _told(size)
        tellings = {
            story.key: Telling(story, Cast(story.people, self._now, numbers), self._desk, self._now)
            for story in stories
        }
        post = Correspondence(self._desk, self._other, tellings, scratch)
        events = [event for telling in tellings.values() for event in telling.events()]
        written = _written(stories)
        more = _more(size, len(stories), written)
        events += [*(post.events(self._now) if reviewed else ()), *self._generated(more, size.seed)]
        play(events, ledger=services.store.ledger, clock=self._clock)
        self._clock.set(self._now)
        return DemoMade(
            families=len(stories) + more[0],
            visits=written + more[1],
            entries=services.store.ledger.own_head.seq,
            recovery_code=self._desk.recovery_code,
        )

    def close(self) -> None:
        self._desk.services.close()
        self._other.services.close()

    def _generated(self, more: tuple[int, int], seed: int) -> Iterator[Event]:
        library = self._desk.services.library
        numbers = fictional_numbers(FIRST_GENERATED_NUMBER)
        return generated_events(more, seed=seed, now=self._now, library=library, numbers=numbers)


def _created(home: Home, profile: Profile, clock: ManualClock) -> Created:
    return create(home, profile, PASSPHRASE, clock=clock, cost=QUICK)


def _told(size: DemoSize) -> tuple[FamilyStory, ...]:
    """The hand-written families that are told.

    Their histories are complete as they are: where more visits are wanted, some make room for generated families.
    """
    stories = families()[: size.families or None]
    while stories and size.families and size.visits > _written(stories) + VISITS_EACH * (size.families - len(stories)):
        stories = stories[:-1]
    return stories


def _more(size: DemoSize, told: int, written: int) -> tuple[int, int]:
    """How many families and visits are generated beside those that are told."""
    visits = max(0, size.visits - written)
    return (size.families - told if size.families else math.ceil(visits / VISITS_EACH), visits)


def _written(stories: Sequence[FamilyStory]) -> int:
    return sum(not visit.draft for story in stories for visit in story.visits)
