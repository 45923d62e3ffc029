"""What has to leave, and for which device: each entry is looked at once, and again only if what it rests on changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from homevisit import __version__
from homevisit.domain.canonical import canonical, digest
from homevisit.domain.card import Card
from homevisit.domain.entry import Kind
from homevisit.domain.sync_summary import Held
from homevisit.services.sharing import Sharing
from homevisit.services.sharing_facts import KnownFacts
from homevisit.storage.owed import Due, Owing
from homevisit.storage.store import Store
from homevisit.sync.audience import Concern, may_have_back

NOBODY = "sync.nobody"
# What nobody is to get is missed only where somebody should: a family alone is no message to anyone.
MISSED = frozenset({Kind.VISIT, Kind.REVIEW})


class Choosing:
    """Every method is a short job on the store."""

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing
        self._last: tuple[int, Examination] | None = None

    def begin(self) -> Examination:
        """The rules as they stand now; where they changed, everything is to be examined again."""
        if self._last is not None and self._last[0] == self._store.writes:
            self._last[1].changed = False
            return self._last[1]  # nothing was written since: the store says the same
        examination = self._new()
        self._last = (self._store.writes, examination)
        return examination

    def _new(self) -> Examination:
        facts = self._sharing.facts()
        devices = self._devices()
        stamp = _stamp(facts, devices, self._store.sharing.agreed())
        changed = stamp != self._store.owed.stamp()
        if changed:
            self._store.owed.begin_again(stamp)
        return Examination(self._store, self._sharing, facts, devices, changed=changed)

    def held(self) -> tuple[Held, ...]:
        """Entries that do not leave, and why."""
        return tuple(
            Held(code=code, count=count, person=person, name=self._store.name_of(person) if person else "")
            for code, person, count in self._store.owed.held()
        )

    def _devices(self) -> dict[str, Card]:
        """Every device that something can be sealed for: confirmed, not lost, and not this one."""
        own, revoked = self._store.identity.card, self._store.team.revoked()
        cards = (kept.card for kept in self._store.cards.all())
        return {card.device: card for card in cards if card.device != own.device and card.device not in revoked}


class Examination:
    """One run's look at what is new; ``devices`` are those that can be sent to."""

    def __init__(
        self, store: Store, sharing: Sharing, facts: KnownFacts, devices: dict[str, Card], *, changed: bool
    ) -> None:
        self._store = store
        self._sharing = sharing
        self._facts = facts
        self._me = facts.me
        self._anew = store.anew.known()
        self._as_of = store.writes
        self.devices = devices
        self.changed = changed
        self._of: dict[str, list[str]] = {}
        for device, card in devices.items():
            self._of.setdefault(card.person, []).append(device)

    def step(self) -> bool:
        """Examine the next few hundred entries; says whether there may be more."""
        due = self._store.owed.due(me=self._me)
        if not due:
            return False
        if self._store.writes != self._as_of:  # a share may have been signed since
            self._facts = self._sharing.facts()
        self._store.owed.keep([(each, self._owing(each)) for each in due], upto=max(each.n for each in due))
        self._as_of = self._store.writes
        return True

    def _owing(self, due: Due) -> Sequence[Owing]:
        concern = Concern(*due.concern)
        who = self._sharing.who_of(concern, self._facts)
        held = [Owing(device="", person=person, code=code) for person, code in who.held.items() if person != self._me]
        holders = self._holders(due) if who.goes or self._anew.begun else frozenset()
        going = [
            Owing(device=device, person=person)
            for person in who.goes
            for device in self._of.get(person, ())
            if device not in holders
        ]
        going += [Owing(device, concern.author) for device in self._lacking(due, concern) if device not in holders]
        reaches = any(person != self._me for person in (*who.goes, *who.held))
        if concern.author == self._me and concern.kind in MISSED and not reaches:
            return [*going, Owing(device="", person="", code=NOBODY)]
        return [*held, *going]

    def _holders(self, due: Due) -> frozenset[str]:
        """Devices that have it, since they signed it or brought it, and were not set back since."""
        known = ((due.device, due.epoch), self._store.owed.came_from(due.n))
        return frozenset(device for device, epoch in known if self._anew.holds(device, epoch=epoch, n=due.n))

    def _lacking(self, due: Due, concern: Concern) -> Iterator[str]:
        """Laptops of the author that were set back: what they signed themselves may be gone there."""
        for device in self._anew.begun:
            card = self.devices.get(device)
            lacks = self._anew.may_lack(device, signed_on=due.device, epoch=due.epoch, n=due.n)
            if lacks and card is not None and may_have_back(concern, card.person):
                yield device


def _stamp(facts: KnownFacts, devices: dict[str, Card], agreed: frozenset[tuple[str, str]]) -> str:
    rests_on = {
        "agreed": [list(each) for each in sorted(agreed)],
        "devices": [[device, card.person, card.role.value] for device, card in sorted(devices.items())],
        "supervisors": sorted(facts.supervisors()),
        "version": __version__,
    }
    return digest(canonical(rests_on))
