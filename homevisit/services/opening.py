"""Opening packages away from the store: keys and cards as they stood a moment ago, for work on any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homevisit.domain.card import Card
from homevisit.exchange.identifying import Identified, identified
from homevisit.exchange.package import Opened, open_package
from homevisit.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """``cards`` are those confirmed, by device, and one's own; ``person_keys`` the confirmed keys of persons."""

    me: str
    device: str
    identity: str = field(repr=False)
    cards: Mapping[str, Card] = field(repr=False)
    person_keys: Mapping[str, str] = field(repr=False)

    def open(self, data: bytes) -> Opened:
        """Check a package whole; a refusal is a HomeVisitError with a code."""
        return open_package(
            data,
            identity=self.identity,
            me=self.me,
            pinned=self.cards.get,
            person_key=lambda person: self.person_keys.get(person, ""),
        )

    def identify(self, data: bytes) -> Identified | None:
        """Who sent a package that was refused, if that is certain."""
        return identified(data, identity=self.identity, pinned=self.cards.get)


def keyring_of(store: Store) -> Keyring:
    """The keys and cards of a store as they stand."""
    identity = store.identity
    cards = [kept.card for kept in store.cards.all()]
    return Keyring(
        me=identity.card.person,
        device=identity.card.device,
        identity=identity.age_identity,
        cards={card.device: card for card in (*cards, identity.card)},
        person_keys={card.person: card.person_key for card in (*cards, identity.card)},
    )
