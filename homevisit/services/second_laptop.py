"""One person, several laptops: the first writes a sealed file, from which the next one begins as the same person."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Desk, SignedCard
from homevisit.domain.place import Place
from homevisit.errors import HomeVisitError
from homevisit.exchange.cards import read_card, word_list
from homevisit.exchange.chosen_file import read_chosen
from homevisit.exchange.team import read_team
from homevisit.services.team import secrets_here
from homevisit.storage.access import AccessAct
from homevisit.storage.files import write_whole
from homevisit.storage.homes import Profile
from homevisit.storage.joining import Joining
from homevisit.storage.keys import Cost
from homevisit.storage.places import PlaceBox
from homevisit.storage.secret_file import LARGEST, Held, open_under_words, seal_under_words
from homevisit.storage.store import Store

SUFFIX = ".homevisit-laptop"
WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the next laptop begins with, read from the store; sealing it takes a second and needs no store."""

    plain: JsonObject = field(repr=False)
    cost: Cost | None = None

    def write(self, path: Path) -> str:
        """Write the file, which must not exist yet, and give the words that open it."""
        if path.exists():
            raise HomeVisitError("laptop.file_exists")
        words = " ".join(secrets.choice(word_list()) for _ in range(WORDS))
        data = seal_under_words(self.plain, words, Held.SECOND_LAPTOP, cost=self.cost)
        try:
            write_whole(path, data)
        except (HomeVisitError, OSError):
            raise HomeVisitError("laptop.cannot_write") from None
        return words


class SecondLaptop:
    """Makes the file. Its words are shown once and kept nowhere; the file alone opens nothing."""

    def __init__(self, store: Store, clock: Clock, *, cost: Cost | None = None) -> None:
        self._store = store
        self._clock = clock
        self._cost = cost

    def write(self, path: Path) -> str:
        """Read, seal and write at once."""
        return self.beginning().write(path)

    def beginning(self) -> Beginning:
        """What goes into the file; the access log keeps that it was read."""
        plain = self._plain()
        self._store.access.record(AccessAct.ADDED_LAPTOP)
        return Beginning(plain=plain, cost=self._cost)

    def _plain(self) -> JsonObject:
        identity, places = self._store.identity, PlaceBox(self._store.database, self._clock)
        first = SignedCard(card=identity.card, signature=identity.card_signature)
        kept = [SignedCard(card=each.card, signature=each.signature) for each in self._store.cards.all()]
        team = self._store.team.current()
        opened = secrets_here(self._store)
        return {
            "cards": [each.to_json() for each in kept],
            "first": first.to_json(),
            "made_at": instant(self._clock.now()),
            "person_key": identity.person_key.hex(),
            "place_secrets": opened,
            "places": [_place_json(each, places.secret(each.id)) for each in places.all()],
            "team": team.file.decode() if team else "",
        }


def begin(path: Path, words: str) -> Profile:
    """Who the next laptop is made for, from the file of the first; nothing is made yet."""
    data = read_chosen(path, most=LARGEST, code="laptop.cannot_read")
    plain = open_under_words(data, " ".join(words.lower().split()), Held.SECOND_LAPTOP)
    first, team_file = _card(plain["first"]), str(plain["team"]).encode()
    card = first.card
    cards = plain["cards"] if isinstance(plain["cards"], list) else []
    places = plain["places"] if isinstance(plain["places"], list) else []
    return Profile(
        name=card.name,
        role=Desk(card.role),
        title=card.title,
        registration=card.registration,
        organisation=card.organisation,
        joining=Joining(
            person=card.person,
            person_key=bytes.fromhex(str(plain["person_key"])),
            first=first,
            cards=tuple(_card(each) for each in cards),
            team=read_team(team_file).team if team_file else None,
            team_file=team_file,
            places=tuple(_place(each) for each in places),
            place_secrets=_secrets(plain.get("place_secrets")),
        ),
    )


def _card(value: object) -> SignedCard:
    return read_card(json.dumps(value).encode())


def _place_json(place: Place, secret: dict[str, str]) -> JsonObject:
    return {"id": place.id, "kind": place.kind, "secret": secret, "settings": place.settings, "title": place.title}


def _place(value: dict[str, object]) -> tuple[Place, dict[str, str]]:
    place = Place(
        id=str(value["id"]), kind=str(value["kind"]), title=str(value["title"]), settings=_texts(value["settings"])
    )
    return place, _texts(value["secret"])


def _secrets(value: object) -> dict[str, dict[str, str]]:
    return {str(place): _texts(texts) for place, texts in value.items()} if isinstance(value, dict) else {}


def _texts(value: object) -> dict[str, str]:
    return {str(name): str(text) for name, text in value.items()} if isinstance(value, dict) else {}
