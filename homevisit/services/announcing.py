"""What other laptops are told about keys: a new laptop's own card, cards among one's own laptops, the team's file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from homevisit.clock import Clock, instant
from homevisit.domain.canonical import JsonObject, digest
from homevisit.domain.card import Card, SignedCard
from homevisit.errors import HomeVisitError
from homevisit.exchange.key_document import KeyDocument, read_key_document
from homevisit.services.team import Teams
from homevisit.storage.access import AccessAct
from homevisit.storage.joining import card_name, team_name
from homevisit.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One document for a package of the kind ``key`` to these devices; ``what`` is what they are told by it."""

    devices: tuple[Card, ...]
    document: JsonObject = field(repr=False)
    what: tuple[str, ...]


class Announcing:
    """Each device is told each thing once."""

    def __init__(self, store: Store, teams: Teams, clock: Clock) -> None:
        self._store = store
        self._teams = teams
        self._clock = clock

    def due(self, recipients: Iterable[Card]) -> tuple[Announcement, ...]:
        """What these devices should be told now; nothing most of the time, and found out from a few small rows."""
        found: dict[tuple[str, ...], list[Card]] = {}
        documents: dict[tuple[str, ...], KeyDocument] = {}
        own = self._store.identity.card.device
        for card in recipients:
            for document, what in self._untold(card) if card.device != own else ():
                found.setdefault(what, []).append(card)
                documents[what] = document
        return tuple(
            Announcement(devices=tuple(cards), document=documents[what].to_json(), what=what)
            for what, cards in found.items()
        )

    def told(self, announcement: Announcement) -> None:
        """The package with it is kept and will leave: call it in the transaction that queues the package."""
        for card in announcement.devices:
            self._store.team.tell(card.device, announcement.what)

    def take_in(self, value: JsonObject, sender: Card) -> int:
        """Take what a trusted laptop says about keys, as far as it may say it; gives how many things were new.

        A laptop may introduce itself and others of the same person; one's own other laptop passes on every card that
        was confirmed there. A team file counts by its own signature only.
        """
        document = read_key_document(value)
        taken = [card for card in document.cards if self._may_say(sender, card.card) and self._add(card)]
        said = tuple(card_name(card) for card in document.cards)
        update = bool(document.team) and self._teams.take_update(document.team)
        self._store.team.tell(sender.device, (*said, *([team_name(digest(document.team))] if document.team else ())))
        return len(taken) + update

    def _untold(self, card: Card) -> Iterable[tuple[KeyDocument, tuple[str, ...]]]:
        box, mine = self._store.team, self._mine()
        own_other = card.person == mine.card.person
        if self._store.joined and box.untold(card.device, (card_name(mine),)):
            yield KeyDocument(cards=(mine,)), (card_name(mine),)
        others = self._others(card.device) if own_other else {}
        if untold := box.untold(card.device, others):
            yield KeyDocument(cards=tuple(others[name] for name in untold)), untold
        team = self._store.team.digest()
        if team and box.untold(card.device, (team_name(team),)):
            kept = self._store.team.current()
            if kept is not None:
                yield KeyDocument(team=kept.file), (team_name(team),)

    def _others(self, device: str) -> dict[str, SignedCard]:
        kept = [SignedCard(card=each.card, signature=each.signature) for each in self._store.cards.all()]
        return {card_name(each): each for each in kept if each.card.device != device}

    def _mine(self) -> SignedCard:
        identity = self._store.identity
        return SignedCard(card=identity.card, signature=identity.card_signature)

    def _may_say(self, sender: Card, card: Card) -> bool:
        own = self._store.identity.card
        if card.device == own.device:
            return False
        if card.person == own.person and card.person_key != own.person_key:
            return False
        return sender.person == own.person or (card.person, card.person_key) == (sender.person, sender.person_key)

    def _add(self, signed: SignedCard) -> bool:
        standing = self._store.cards.by_device(signed.card.device)
        if standing is not None and standing.card.made_at >= signed.card.made_at:
            return False
        try:
            self._store.cards.add(signed.card, signed.signature, confirmed_at=instant(self._clock.now()))
        except HomeVisitError as refusal:
            if refusal.code.startswith("store."):
                raise
            return False  # other keys than those that were confirmed here: what was confirmed here stands
        self._store.access.record(AccessAct.CONFIRMED_CARD, f"person/{signed.card.person}", "by=card")
        return True
