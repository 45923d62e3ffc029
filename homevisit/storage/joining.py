"""What a further laptop of a person begins with: who they are, and everything that was confirmed on the first one."""

from __future__ import annotations

from dataclasses import dataclass, field

from homevisit.clock import Clock, instant
from homevisit.domain.card import SignedCard
from homevisit.domain.place import Place
from homevisit.domain.team import Team
from homevisit.storage.cards import CardBox
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.places import PlaceBox
from homevisit.storage.team import KeptTeam, TeamBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """``first`` is the card of the laptop that wrote it down, which knows all of this already.

    ``place_secrets`` open the team's places until a version of the team file has the new laptop in it.
    """

    person: str
    person_key: bytes = field(repr=False)
    first: SignedCard
    cards: tuple[SignedCard, ...] = ()
    team: Team | None = None
    team_file: bytes = field(default=b"", repr=False)
    places: tuple[tuple[Place, dict[str, str]], ...] = field(default=(), repr=False)
    place_secrets: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)


def bring(database: KeyedDatabase, joining: Joining, *, clock: Clock) -> None:
    """Write it into a new store, inside the transaction that makes it: the store has all of it or does not exist."""
    now = instant(clock.now())
    database.change("INSERT INTO meta (name, value) VALUES ('joined', ?)", (now,))
    cards, team, places = CardBox(database), TeamBox(database, clock), PlaceBox(database, clock)
    for each in (joining.first, *joining.cards):
        cards.add(each.card, each.signature, confirmed_at=now)
    for place, secret in joining.places:
        places.add(place, secret)
    told = [card_name(each) for each in joining.cards]
    if joining.team is not None:
        kept = KeptTeam.of(joining.team, joining.team_file, taken_at=now)
        team.keep(kept, (), joining.team.revoked, also=lambda: None)
        told.append(team_name(team.digest()))
        team.inherit(joining.place_secrets)
    team.tell(joining.first.card.device, told)


def card_name(signed: SignedCard) -> str:
    """What a card is called among the things that a device was told."""
    return f"card/{signed.card.fingerprint()}"


def team_name(digest: str) -> str:
    """What a version of the team file is called there."""
    return f"team/{digest}"
