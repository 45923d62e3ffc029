"""One random history: several laptops at work, a relay that cannot be trusted, clocks and disks that fail."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from homevisit.domain.entry import Entry
from homevisit.storage.driver import driver
from tests.property.merging import forging, invariants, work
from tests.property.merging.people import LAPTOPS, START, Laptop, laptops
from tests.property.merging.roads import InMemory, Road, ThroughFiles

STEPS = 10
OTHERS = (2, 2, 2, 2, 3, 4)
CRASH = """
CREATE TEMP TRIGGER crash BEFORE INSERT ON entry WHEN (SELECT count(*) FROM entry) >= {most}
BEGIN SELECT RAISE(ABORT, 'the power went'); END"""


@dataclass(slots=True)
class Sent:
    """A package on the relay, with the laptops it was sealed for."""

    data: bytes = field(repr=False)
    entries: frozenset[str]
    to: tuple[str, ...]


@dataclass(slots=True)
class Trace:
    """The history of one seed. ``signed`` is what people were told is safe; ``lost`` was only on a disk put back."""

    seed: int
    road: Road
    weights: Mapping[str, int] = field(default_factory=dict)
    chance: random.Random = field(init=False)
    desks: dict[str, Laptop] = field(init=False)
    packages: list[Sent] = field(default_factory=list)
    signed: dict[str, Entry] = field(default_factory=dict)
    offered: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    saved: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    missed: dict[str, set[str]] = field(default_factory=dict)
    unnoticed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        others = self.chance.sample(LAPTOPS[1:], self.chance.choice(OTHERS))
        self.desks = {name: laptops()[name] for name in (LAPTOPS[0], *others)}
        self.offered = {name: set() for name in self.desks}

    def run(self) -> None:
        """The history, then an honest exchange of everything, with every invariant looked at on the way."""
        acts: dict[Callable[[], None], int] = {
            self.work: 10,
            self.pack: 7,
            self.deliver: 9,
            self.lie: 1,
            self.forge: 1,
            self.back_up: 1,
            self.put_back: 1,
            self.jump: 1,
            self.crash: 1,
        }
        weights = [self.weights.get(act.__name__, weight) for act, weight in acts.items()]
        chosen = self.chance.choices(list(acts), weights, k=self.weights.get("steps", STEPS))
        self.work()
        for act in chosen:
            act()
        self.exchange()
        invariants.check(self)

    def work(self, desk: Laptop | None = None) -> None:
        """Somebody signs something, sometimes on a version that others have changed meanwhile."""
        desk = desk or self.some_desk()
        desk.clock.advance(timedelta(seconds=self.chance.randint(0, 900)))
        for entry in desk.store.ledger.append([work.something(desk, self.chance)]):
            self.signed[entry.id] = entry

    def pack(self) -> None:
        """Some of what others were not given yet, for some of them, in a package of its own."""
        desk = self.some_desk()
        to = self.chance.sample([name for name in self.desks if name != desk.name], self.chance.randint(1, 2))
        given = self.offered[desk.name]
        free = sorted(entry for entry in desk.ids() if any((entry, name) not in given for name in to))
        if free:
            most = len(free) if self.chance.random() < 0.5 else self.chance.randint(1, len(free))
            self._pack(desk, to, desk.some(self.chance.sample(free, most)))

    def deliver(self) -> None:
        """A package arrives: late, early, twice, or never."""
        if self.packages:
            sent = self.chance.choice(self.packages[-3:] if self.chance.random() < 0.7 else self.packages)
            self._take(self.desks[self.chance.choice(sent.to)], sent, expected=True)

    def lie(self) -> None:
        """The relay changes a package on its way."""
        if self.packages:
            sent = self.chance.choice(self.packages)
            bad = Sent(forging.damaged(sent.data, self.chance), frozenset(), sent.to)
            self._take(self.desks[self.chance.choice(sent.to)], bad, expected=False)

    def forge(self) -> None:
        """A colleague whose card is confirmed puts false entries into a sound package."""
        forger, to = self.chance.sample(list(self.desks.values()), 2)
        own = forger.store.identity.card.person  # one may pass on one's own as erased
        theirs = [each for each in forger.entries().values() if each.envelope.author != own]
        if theirs:
            forgery = self.chance.choice(forging.FORGERIES)
            false = forgery(self.chance.choice(theirs), forger)
            package = forging.forged_package(forger, to, [false])
            self._take(to, Sent(package, frozenset(), (to.name,)), expected=False)

    def back_up(self) -> None:
        desk = self.some_desk()
        desk.back_up()
        self.saved[desk.name] = set(self.offered[desk.name])

    def put_back(self) -> None:
        """An older disk is put back: noticed by its head file, or by nobody here. Then work goes on at that desk."""
        if not self.saved:
            return
        desk = self.desks[self.chance.choice(sorted(self.saved))]
        before, head = desk.ids(), desk.store.ledger.own_head
        with_head = self.chance.random() < 0.5
        desk.put_back(with_head=with_head)
        self.offered[desk.name] = set(self.saved[desk.name])
        gone = before - desk.ids()
        self.lost |= gone
        self.unnoticed |= {desk.device} if with_head else set()
        # What was noticed before is forgotten with the disk: only the last head is known to the file beside it.
        self.missed[desk.name] = {head.id} if not with_head and head.id in gone else set()
        self.work(desk)

    def jump(self) -> None:
        """A clock is wrong by up to a day in the past or a year in the future."""
        self.some_desk().clock.set(START + timedelta(hours=self.chance.randint(-28, 24 * 400)))

    def crash(self) -> None:
        """The power goes while a package is taken in."""
        waiting = [sent for sent in self.packages if len(sent.entries) > 1]
        if not waiting:
            return
        sent = self.chance.choice(waiting)
        desk = self.desks[self.chance.choice(sent.to)]
        new = len(sent.entries - desk.ids())
        if new > 1:
            before = invariants.whole(desk)
            most = len(desk.ids()) + self.chance.randint(1, new - 1)
            desk.database.conn.execute(CRASH.format(most=most))
            try:
                self.road.take_in(desk, sent.data)
            except driver.Error:
                pass
            finally:
                desk.database.conn.execute("DROP TRIGGER crash")
            desk.reopen()
            invariants.same(before, invariants.whole(desk), "an import that was broken off left something behind")

    def exchange(self) -> None:
        """Some packages come late, then everybody gets what they lack: from the relay first, then from each other.

        The last step hands over entries that were opened and checked long ago: sealing them once more proves nothing.
        """
        known = set().union(*(desk.ids() for desk in self.desks.values()))
        for sent in self.packages:
            if sent.entries - known or self.chance.random() < 0.2:
                self._take(self.desks[self.chance.choice(sent.to)], sent, expected=True)
                known |= sent.entries
        for desk in self.desks.values():
            for giver in self.chance.sample(list(self.desks.values()), len(self.desks)):
                if given := giver.some((known - desk.ids()) & giver.ids()):
                    desk.store.ledger.admit(self.chance.sample(given, len(given)))

    def some_desk(self) -> Laptop:
        return self.chance.choice(list(self.desks.values()))

    def _take(self, desk: Laptop, sent: Sent, *, expected: bool) -> None:
        shown, before = invariants.shown(desk), None if expected else invariants.whole(desk)
        code = self.road.take_in(desk, sent.data)
        invariants.holds((code == "") is expected, f"a package was judged wrongly: {code or 'taken in'}")
        if before is not None:
            invariants.same(before, invariants.whole(desk), "a refused package left something behind")
        invariants.holds(shown <= invariants.shown(desk), "an import took away a version that was visible")

    def _pack(self, desk: Laptop, to: list[str], entries: list[Entry]) -> Sent:
        cards = [self.desks[name].store.identity.card for name in to]
        ids = frozenset(entry.id for entry in entries)
        sent = Sent(self.road.pack(desk, cards, entries), ids, tuple(to))
        self.packages.append(sent)
        self.offered[desk.name] |= {(entry, name) for entry in ids for name in to}
        return sent


@contextmanager
def begun(seed: int, weights: Mapping[str, int] | None = None) -> Iterator[Trace]:
    """The laptops of a trace as new, and put back to that afterwards; every twentieth trace goes through files."""
    folder = laptops()[LAPTOPS[0]].home.root.parent / "relay"
    folder.mkdir(exist_ok=True)
    trace = Trace(seed, InMemory() if seed % 20 else ThroughFiles(folder), weights or {})
    for desk in trace.desks.values():
        desk.begin()
    try:
        yield trace
    finally:
        for desk in trace.desks.values():
            desk.end()
        shutil.rmtree(folder)


def play(seeds: range, weights: Mapping[str, int] | None = None) -> None:
    """Play the histories of these seeds; the first broken invariant names its seed."""
    for seed in seeds:
        with begun(seed, weights) as trace:
            trace.run()
