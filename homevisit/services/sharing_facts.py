"""What the rules of who gets what ask of an open store, remembered for as long as one run lasts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from homevisit.domain.card import Card, Desk
from homevisit.domain.sharing import Reason, Share, Why
from homevisit.storage.store import Store
from homevisit.sync.audience import Concern, Reasons, alike, circle, reasons


class Supervision(Protocol):
    """Who supervises whom, where an organisation says so."""

    def supervisors_of(self, person: str) -> frozenset[str] | None:
        """The supervisors of a person; None where there is no team, and every confirmed supervisor counts."""


class NoTeam:
    """Without a team nobody says who supervises whom."""

    def supervisors_of(self, person: str) -> frozenset[str] | None:
        del person
        return None


NO_TEAM = NoTeam()


class KnownFacts:
    """One moment of a store; it remembers each answer, so it is made anew for each run."""

    def __init__(self, store: Store, supervision: Supervision) -> None:
        self._store = store
        self._own = store.identity.card
        self._cards: dict[str, Card] = {}
        self._reachable: set[str] = set()
        self._other_laptops = False
        lost = store.team.revoked()
        for kept in store.cards.all():
            self._cards[kept.card.person] = kept.card
            self._other_laptops |= kept.card.person == self.me and kept.card.device != self._own.device
            if kept.card.device not in lost:
                self._reachable.add(kept.card.person)
        named = supervision.supervisors_of(self.me)
        self._has_team = named is not None
        self._supervisors = (self._all_supervisors() if named is None else named) - {self.me}
        self._agreed = store.sharing.agreed()
        self._shares: dict[str, tuple[Share, ...]] = {}
        self._circles: dict[str, dict[str, str]] = {}
        self._written: dict[str, bool] = {}
        self._reasons: dict[tuple[str, ...], Reasons] = {}

    @property
    def me(self) -> str:
        return self._own.person

    def supervisors(self) -> frozenset[str]:
        return self._supervisors

    def circle(self, family: str) -> dict[str, str]:
        if family not in self._circles:
            founders = self._store.sharing.founders(family)
            self._circles[family] = circle(founders, self._shares_of(family), supervises=self._supervises)
        return self._circles[family]

    def shared_by_me(self, family: str) -> bool:
        standing = set(self.circle(family).values())
        return any(share.by == self.me and share.id in standing for share in self._shares_of(family))

    def author_of(self, version: str) -> str:
        return self._store.sharing.author(version)

    def have_written(self, record: str) -> bool:
        if record not in self._written:
            self._written[record] = self._store.sharing.has_written(self.me, record)
        return self._written[record]

    def has_card(self, person: str) -> bool:
        """Whether something can be sealed for a person; for oneself: for another laptop of one's own."""
        return self._other_laptops if person == self.me else person in self._cards

    def is_lost(self, person: str) -> bool:
        """Whether every laptop of a person that is known here is lost, so that nothing is sealed for any of them."""
        return person in self._cards and person not in self._reachable

    def card(self, person: str) -> Card | None:
        """The card of a person that was confirmed last."""
        return self._own if person == self.me else self._cards.get(person)

    def name(self, person: str) -> str:
        """The name on a person's card, "" where there is none."""
        card = self.card(person)
        return card.name if card else ""

    def is_agreed(self, person: str, reason: Reason) -> bool:
        """Whether the person here agreed to send for this reason; to one's own laptops nobody has to agree."""
        return reason.why is Why.OWN or (person, reason.scope) in self._agreed

    def may_share(self, family: str) -> bool:
        """Whether others would heed a share that ``me`` signs."""
        return self.me in self.circle(family) or self._own.role is Desk.SUPERVISOR

    def unsent(self) -> Iterator[tuple[str, Concern]]:
        """Every person who may be sent something, with each entry that was not sent to that person."""
        shared = {share.family for share in self._store.sharing.shares()}
        own = {self.me} if self._other_laptops else set()
        for person in own | (self._cards.keys() & self._concerned()):
            for concern in self._store.sharing.unsent(person, me=self.me, shared=shared):
                yield person, Concern(*concern)

    def reasons(self, concern: Concern) -> Reasons:
        """The rules, asked once for entries that they cannot tell apart."""
        same = alike(concern, self) or ("alone", concern.id)
        if same not in self._reasons:
            self._reasons[same] = reasons(concern, self)
        return self._reasons[same]

    def _shares_of(self, family: str) -> tuple[Share, ...]:
        if family not in self._shares:
            self._shares[family] = self._store.sharing.shares(family)
        return self._shares[family]

    def possible(self) -> frozenset[str]:
        """Whom a supervisor may send something to: who wrote what is here; everybody known where there is no team."""
        return frozenset(self._cards.keys() & self._concerned() if self._has_team else self._cards)

    def _concerned(self) -> frozenset[str]:
        """Nothing goes to anybody else, so that a team of thousands is not asked about one by one."""
        shared = frozenset(share.person for share in self._store.sharing.shares())
        return self._supervisors | shared | self._store.sharing.authors()

    def _all_supervisors(self) -> frozenset[str]:
        if self._own.role is Desk.SUPERVISOR:
            return frozenset()
        found = (person for person, card in self._cards.items() if card.role is Desk.SUPERVISOR)
        return frozenset(person for person in found if not self.is_lost(person))

    def _supervises(self, person: str) -> bool:
        card = self.card(person)
        return card is not None and card.role is Desk.SUPERVISOR
