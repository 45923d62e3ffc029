"""The cards this person confirmed: whose packages are taken in and who can be sent to."""

from __future__ import annotations

from dataclasses import dataclass, field

from homevisit.domain.canonical import canonical
from homevisit.domain.card import Card
from homevisit.domain.codec import card_from_json
from homevisit.errors import HomeVisitError
from homevisit.signatures import verify
from homevisit.storage.driver import KeyedDatabase, kept_json


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCard:
    """A card with the signature of the person's key and when it was confirmed."""

    card: Card
    signature: bytes = field(repr=False)
    confirmed_at: str


class CardBox:
    """One card for each device; the keys of a device and of its person never change under them."""

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database

    def add(self, card: Card, signature: bytes, *, confirmed_at: str) -> None:
        """Keep a confirmed card, in the place of an earlier one of the same device and the same keys."""
        if not verify(card.person_key, signature, card.signing_bytes()):
            raise HomeVisitError("card.bad_signature")
        standing, person = self.by_device(card.device), self.by_person(card.person)
        forged = person is not None and person.card.person_key != card.person_key
        if forged or (standing is not None and _keys(standing.card) != _keys(card)):
            raise HomeVisitError("card.keys_changed", device=card.device)
        self._database.change(
            "INSERT OR REPLACE INTO card (device, person, card, signature, confirmed_at) VALUES (?, ?, ?, ?, ?)",
            (card.device, card.person, canonical(card.to_json()).decode(), signature, confirmed_at),
        )

    def all(self) -> tuple[KeptCard, ...]:
        """Every confirmed card."""
        return self._where("1", ())

    def of_person(self, person: str) -> tuple[KeptCard, ...]:
        """Every card of a person: one for each laptop."""
        return self._where("person = ?", (person,))

    def by_person(self, person: str) -> KeptCard | None:
        """The card of a person that was confirmed last."""
        found = self._where("person = ?", (person,))
        return found[-1] if found else None

    def by_device(self, device: str) -> KeptCard | None:
        """The card of a device."""
        found = self._where("device = ?", (device,))
        return found[0] if found else None

    def _where(self, condition: str, values: tuple[str, ...]) -> tuple[KeptCard, ...]:
        rows = self._database.rows_of(
            f"SELECT card, signature, confirmed_at FROM card WHERE {condition} ORDER BY confirmed_at, device",  # noqa: S608
            values,
        )
        return tuple(
            KeptCard(card=card_from_json(kept_json(card)), signature=signature, confirmed_at=confirmed_at)
            for card, signature, confirmed_at in rows
        )


def _keys(card: Card) -> tuple[str, ...]:
    return card.person, card.person_key, card.sign_key, card.age_recipient
