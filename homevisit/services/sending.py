"""What leaves: choosing what each recipient does not have yet, sealing it, and putting it into a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from homevisit.clock import Clock
from homevisit.domain.card import Card
from homevisit.domain.entry import Entry, Kind
from homevisit.domain.summaries import OutboxRow, VisitRow
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.services.packing import Packing, Parcel
from homevisit.services.sharing import Sharing
from homevisit.services.sharing_facts import KnownFacts
from homevisit.storage.access import AccessAct
from homevisit.storage.store import Store
from homevisit.sync.audience import Concern, concern_of
from homevisit.sync.selection import batches
from homevisit.sync.transports import folder as folder_transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What one person has not been sent yet. ``laptops`` are those that it would be sealed for, the newest last;
    ``mine`` says that they are one's own.
    """

    laptops: tuple[Card, ...]
    entries: int
    visits: tuple[VisitRow, ...]
    mine: bool = False

    @property
    def card(self) -> Card:
        return self.laptops[-1]


class Sending:
    """Packages that leave this device. An entry is offered again only until it was sent."""

    def __init__(self, store: Store, home: Home, clock: Clock, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing
        self._packing = Packing(store, home, clock)

    def by_hand(self) -> tuple[Waiting, ...]:
        """Whoever packages may be carried to, by name, with what would go to them now; nothing goes to lost laptops."""
        facts, lost = self._sharing.facts(), self._store.team.revoked()
        people = self._sharing.by_hand(facts)
        own, laptops = self._store.identity.card.device, dict[str, list[Card]]()
        for kept in sorted(self._store.cards.all(), key=lambda kept: kept.confirmed_at):
            if kept.card.person in people and kept.card.device not in (own, *lost):
                laptops.setdefault(kept.card.person, []).append(kept.card)
        self._packing.give_up_lost()
        found = [self._waiting(cards, facts) for cards in laptops.values()]
        return tuple(sorted(found, key=lambda each: (each.card.name.casefold(), each.card.person)))

    def unsent(self) -> int:
        """How many visits or reviews of one's own have not been sent to anybody yet."""
        return self._store.packages.unsent(self._store.identity.card.person)

    def export(self, recipients: Sequence[Card], place: Path) -> tuple[OutboxRow, ...]:
        """Seal what these people do not have yet and put it into the folder; each package is whole or not there.

        A package that could not be put stays *waiting* and is finished by the next export, to whatever folder.
        """
        if not recipients:
            raise HomeVisitError("sending.no_recipient")
        folder_transport.check(place)
        self._packing.give_up_lost()
        for people, entries in self._lacking(recipients):
            for batch in batches(entries):
                self._packing.pack(Parcel(recipients=people, entries=batch))
        chosen = frozenset(card.device for card in recipients)
        waiting = [row for row in self._store.packages.waiting() if self._goes_by_hand(row, chosen)]
        if not waiting:
            raise HomeVisitError("sending.not_theirs" if self._leaves_out(recipients) else "sending.nothing_new")
        sent = tuple(self._put(row, place) for row in waiting)
        self._packing.tidy()
        return sent

    def outbox(self) -> tuple[OutboxRow, ...]:
        """Every package that was made, newest first."""
        return self._store.packages.outbox()

    def _lacking(self, recipients: Sequence[Card]) -> list[tuple[tuple[Card, ...], list[Entry]]]:
        """Entries by exactly who lacks them: a package for several people holds nothing that concerns one only."""
        found: dict[str, tuple[Entry, list[Card]]] = {}
        facts = self._sharing.facts()
        for recipient in {card.device: card for card in recipients}.values():
            for entry in self._selected(recipient, facts):
                found.setdefault(entry.id, (entry, []))[1].append(recipient)
        groups: dict[tuple[Card, ...], list[Entry]] = {}
        for entry, people in sorted(found.values(), key=lambda item: item[0].envelope.seq):
            groups.setdefault(tuple(people), []).append(entry)
        return list(groups.items())

    def _waiting(self, laptops: Sequence[Card], facts: KnownFacts) -> Waiting:
        """No body is opened to count."""
        entries = {each.id: each for card in laptops for each in self._concerning(card, facts)}
        visits = {each.record for each in entries.values() if each.kind is Kind.VISIT}
        rows = self._store.views.visits_among(sorted(visits))
        return Waiting(laptops=tuple(laptops), entries=len(entries), visits=rows, mine=laptops[-1].person == self._me)

    def _concerning(self, recipient: Card, facts: KnownFacts) -> Iterator[Concern]:
        for row in self._store.sharing.own_unsent(self._me, device=recipient.device):
            concern = Concern(*row)
            if recipient.person in facts.reasons(concern):
                yield concern

    def _selected(self, recipient: Card, facts: KnownFacts) -> tuple[Entry, ...]:
        """What one wrote oneself, was not sent to this device, and concerns this person by the rules of sharing."""
        return tuple(
            entry for entry in self._unsent_to(recipient) if recipient.person in facts.reasons(concern_of(entry))
        )

    def _unsent_to(self, recipient: Card) -> tuple[Entry, ...]:
        return tuple(self._store.ledger.of_author(self._me, unless_sent_to=recipient.device))

    def _leaves_out(self, recipients: Sequence[Card]) -> bool:
        """Whether there was something to choose from, and none of it concerns these people."""
        return any(self._unsent_to(card) for card in recipients)

    @property
    def _me(self) -> str:
        return self._store.identity.card.person

    def _goes_by_hand(self, row: OutboxRow, chosen: frozenset[str]) -> bool:
        """Where there are places, what waits for somebody else goes through them and not along on the stick."""
        return self._store.packages.devices_of(row.id) <= chosen or not self._store.place_log.has_places()

    def _put(self, row: OutboxRow, place: Path) -> OutboxRow:
        folder_transport.put_new(place, row.name, self._packing.read(row.name))
        sent = self._store.packages.mark_sent(row.id, place=str(place))
        self._store.access.record(AccessAct.EXPORTED, f"package/{row.id}", f"entries={row.entries}")
        self._packing.drop(row.name)
        return sent
