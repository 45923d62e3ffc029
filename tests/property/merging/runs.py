"""Histories through whole runs of sending and receiving: a folder that lies, a family that two people look after."""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from homevisit.assembly import Services
from homevisit.domain.entry import Entry, Kind
from homevisit.ids import new_package_name
from homevisit.storage.ledger import NewEntry
from tests.property.merging import forging, invariants, work
from tests.property.merging.people import LAPTOPS, START, Laptop, laptops
from tests.storage.making import family

STEPS = 12
CARE = ("ann", "ann-two", "ben")
"""They look after the family f1; what else Ben enters is nobody's business but his own and his supervisor's."""
ROUNDS = 10


@dataclass(slots=True)
class Run:
    """The history of one seed. ``hidden`` lies beside the folder: withheld, or an old listing."""

    seed: int
    folder: Path
    hidden: Path
    chance: random.Random = field(init=False)
    desks: dict[str, Laptop] = field(init=False)
    services: dict[str, Services] = field(default_factory=dict)
    signed: dict[str, Entry] = field(default_factory=dict)
    unnoticed: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    put_back_once: set[str] = field(default_factory=set)
    weights: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        others = self.chance.sample(("ann-two", "sue", "cat"), self.chance.randint(1, 3))
        self.desks = {name: laptops()[name] for name in ("ann", "ben", *others)}

    def play(self) -> None:
        """Work and runs in any order with a folder that lies, then an honest one until nothing moves."""
        self.begin()
        acts: dict[Callable[[], None], int] = {
            self.work: 8,
            self.go: 7,
            self.withhold: 2,
            self.show_again: 2,
            self.drop: 1,
            self.cut: 1,
            self.double: 1,
            self.forge_receipts: 1,
            self.jump: 1,
            self.back_up: 0,
            self.put_back: 0,
        }
        weights = [self.weights.get(act.__name__, weight) for act, weight in acts.items()]
        for act in self.chance.choices(list(acts), weights, k=self.weights.get("steps", STEPS)):
            act()
        self.become_quiet()
        self.check()

    def begin(self) -> None:
        """Ann enters the family and shares it with Ben, who has one of his own."""
        for name, desk in self.desks.items():
            self.services[name] = desk.services
            self.services[name].places.add("folder", "", {"path": str(self.folder)}, {})
        self._sign("ann", lambda desk: desk.store.ledger.append([family("f1")]))
        self._sign("ann", lambda _: (self.services["ann"].sharing.share("f1", self._person("ben"), "cover"),))
        self._sign("ben", lambda desk: desk.store.ledger.append([family("f2")]))

    def work(self) -> None:
        """Somebody signs something about the family, if it has come that far."""
        name = self.chance.choice([each for each in self.desks if each != "cat"])
        desk = self.desks[name]
        if desk.database.row_of("SELECT 1 FROM family WHERE id = 'f1'") is not None:
            desk.clock.advance(timedelta(seconds=self.chance.randint(0, 900)))
            self._sign(name, lambda desk: desk.store.ledger.append([self._something(desk)]))

    def _something(self, desk: Laptop) -> NewEntry:
        """Nobody reviews what is not here, nor one's own work: that would be for nobody."""
        new = work.something(desk, self.chance)
        read = self.signed.get(str(new.body.get("version")))
        own = read is not None and read.envelope.author == desk.store.identity.card.person
        is_for_nobody = new.kind is Kind.REVIEW and (read is None or own)
        return work.some_visit(desk, self.chance) if is_for_nobody else new

    def go(self) -> None:
        """One of them sends and receives, having agreed to who gets what."""
        self._run(self.chance.choice(list(self.desks)))

    def withhold(self) -> None:
        """Something is not listed for a while."""
        for path in self._some():
            path.rename(self.hidden / path.name)

    def show_again(self) -> None:
        """What was withheld, or was removed long ago, is there again."""
        for path in self.hidden.iterdir():
            if self.chance.random() < 0.5:
                shutil.copy(path, self.folder / path.name)

    def drop(self) -> None:
        """The provider loses something for good."""
        for path in self._some():
            path.unlink()

    def cut(self) -> None:
        """Half a package lies there under a name of its own."""
        for path in self._some():
            data = path.read_bytes()
            (self.folder / new_package_name()).write_bytes(forging.damaged(data, self.chance))

    def double(self) -> None:
        """The same package lies there twice."""
        for path in self._some():
            shutil.copy(path, self.folder / new_package_name())

    def forge_receipts(self) -> None:
        """Somebody says in a recipient's name that something arrived, without that recipient's key."""
        victim = self.desks[self.chance.choice(list(self.desks))]
        others = {desk.device: desk for desk in self.desks.values() if desk is not victim}
        for package, digest, device in victim.database.rows_of(
            "SELECT o.id, o.digest, r.device FROM outbox o JOIN outbox_recipient r ON r.package = o.id"
        ):
            if device in others:
                data = forging.forged_receipt(others[device], victim, package, digest)
                (self.folder / new_package_name()).write_bytes(data)

    def jump(self) -> None:
        """A clock is wrong by up to a day in the past or a year in the future."""
        desk = self.desks[self.chance.choice(list(self.desks))]
        desk.clock.set(START + timedelta(hours=self.chance.randint(-28, 24 * 400)))

    def back_up(self) -> None:
        """Somebody keeps a copy of the disk."""
        self.desks[self.chance.choice(list(self.desks))].back_up()

    def put_back(self) -> None:
        """A copy is brought back, as the program does it, and work goes on there."""
        saved = [name for name, desk in self.desks.items() if desk.saved]
        if not saved:
            return
        name = self.chance.choice(saved)
        desk = self.desks[name]
        before = desk.ids()
        desk.put_back(with_head=False)
        if desk.store.start_report.ok:  # nothing was signed since, so that the head file is right
            desk.store.ledger.renew_epoch()
        self.services[name] = desk.services
        self.lost |= before - desk.ids()
        self.put_back_once.add(desk.device)

    def become_quiet(self) -> None:
        """Everything that was withheld is there, and everybody sends and receives until nothing moves."""
        for path in self.hidden.iterdir():
            shutil.copy(path, self.folder / path.name)
        for _ in range(ROUNDS):
            moved = [self._run(name) for name in self.desks]
            if not any(moved):
                return
        raise invariants.BrokenError("they go on and on")

    def check(self) -> None:
        """Every invariant, and that nobody has what is not for them."""
        held = {name: desk.entries() for name, desk in self.desks.items()}
        for name, desk in self.desks.items():
            invariants.as_signed(held[name], self.signed)
            invariants.causal(desk, held[name])
            invariants.forks_are_shown(desk, held[name], self.unnoticed)
            invariants.logical_times(held[name])
            invariants.holds(self.services[name].syncing.left() == 0, "something is still to be sent")
            missed = {gap.device for gap in self.services[name].syncing.gaps()}
            # Nobody knows any more what a laptop sent that was set back afterwards: it may be lost for good.
            invariants.holds(missed <= self.put_back_once, "packages are missed that all arrived")
        self._everybody_has_theirs(held)
        self._delivered_is_true(held)

    def _everybody_has_theirs(self, held: dict[str, dict[str, Entry]]) -> None:
        """What is signed reaches those it is for, and never anybody else."""
        care = {self._person(name) for name in CARE if name in self.desks}
        somewhere = set().union(*held.values())
        invariants.holds(self.signed.keys() - somewhere <= self.lost, "an entry that was acknowledged is nowhere")
        for entry in (each for each in self.signed.values() if each.id in somewhere):
            envelope = entry.envelope
            for name, desk in self.desks.items():
                person, role = self._person(name), desk.store.identity.card.role.value
                own = person == envelope.author
                if envelope.kind is Kind.REVIEW:
                    allowed = own or self._author_of(entry) == person
                    owed = allowed and self._has_read_something(entry)
                elif envelope.family == "f2":
                    owed = allowed = own or role == "supervisor"
                else:
                    allowed = own or person in care or role == "supervisor"
                    owed = own or person in care
                here = entry.id in held[name]
                invariants.holds(here or not owed, "an entry did not reach somebody it is for")
                invariants.holds(allowed or not here, "somebody has what is not for them")

    def _delivered_is_true(self, held: dict[str, dict[str, Entry]]) -> None:
        """A package counts as delivered only if that laptop has all of it."""
        names = {desk.device: name for name, desk in self.desks.items()}
        for desk in self.desks.values():
            for entry, device in desk.database.rows_of(
                "SELECT e.entry, r.device FROM outbox_recipient r JOIN outbox_entry e USING (package)"
                " WHERE r.delivered_at <> ''"
            ):
                invariants.holds(entry in held[names[device]], "delivered is said of what never arrived")

    def _run(self, name: str) -> bool:
        services = self.services[name]
        for recipient in services.sharing.recipients():
            if not recipient.agreed:
                services.sharing.agree(recipient.person)
        shown = invariants.shown(self.desks[name])
        summary = services.syncing.run(patient=False)
        invariants.holds(shown <= invariants.shown(self.desks[name]), "a run took away a version that was visible")
        return bool(summary.sent or summary.received or summary.receipts)

    def _sign(self, name: str, job: Callable[[Laptop], tuple[Entry, ...]]) -> None:
        for entry in job(self.desks[name]):
            self.signed[entry.id] = entry

    def _some(self) -> list[Path]:
        names = sorted(self.folder.glob("*.age"))
        return self.chance.sample(names, min(len(names), 1))

    def _person(self, name: str) -> str:
        return laptops()[name].store.identity.card.person

    def _author_of(self, review: Entry) -> str:
        read = self.signed.get(str((review.body or {}).get("version")))
        return read.envelope.author if read else ""

    def _has_read_something(self, review: Entry) -> bool:
        return self._author_of(review) != ""


@contextmanager
def begun(seed: int, weights: Mapping[str, int] | None = None) -> Iterator[Run]:
    """Laptops and a folder as new, and put back to that afterwards."""
    base = laptops()[LAPTOPS[0]].home.root.parent / f"run-{secrets.token_hex(4)}"
    run = Run(seed, base / "place", base / "hidden", weights=weights or {})
    for folder in (run.folder, run.hidden):
        folder.mkdir(parents=True)
    for desk in run.desks.values():
        desk.begin()
    try:
        yield run
    finally:
        for desk in run.desks.values():
            desk.end()
        shutil.rmtree(base)


def play(seeds: Iterable[int], weights: Mapping[str, int] | None = None) -> None:
    """Play the histories of these seeds."""
    for seed in seeds:
        with begun(seed, weights) as run:
            run.play()
