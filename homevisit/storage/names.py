"""Names of the people who sign: one's own and those on confirmed cards."""

from __future__ import annotations

from homevisit.domain.card import Card
from homevisit.storage.cards import CardBox


class Names:
    """Looks a person or a device up; an unknown person has no name, and nobody invents one."""

    def __init__(self, own: Card, cards: CardBox) -> None:
        self._own = own
        self._cards = cards

    def card(self, person: str) -> Card | None:
        """The card of a person."""
        if person == self._own.person:
            return self._own
        kept = self._cards.by_person(person)
        return kept.card if kept else None

    def name(self, person: str) -> str:
        card = self.card(person)
        return card.name if card else ""

    def sign_key(self, device: str, author: str) -> str:
        """The key that a device of an author signs with, "" if there is no card that says so."""
        if device == self._own.device:
            return self._own.sign_key if author == self._own.person else ""
        kept = self._cards.by_device(device)
        return kept.card.sign_key if kept and kept.card.person == author else ""
