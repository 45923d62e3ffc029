"""Keeping a team file, for the organisation: a draft is changed freely, and signing makes the next version of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.domain.card import Desk, SignedCard
from homevisit.domain.place import Place
from homevisit.domain.team import Member, Revocation, Team, TeamPack
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.chosen_file import read_chosen
from homevisit.exchange.team import TeamFile, read_team, sealed_secrets, signed
from homevisit.ids import new_id
from homevisit.services.pack_reading import examine
from homevisit.signatures import new_signing_key, public_key
from homevisit.storage.files import write_whole
from homevisit.storage.keys import Cost
from homevisit.storage.secret_file import LARGEST, Held, open_under_words, seal_under_words
from homevisit.sync.transports import options

Secrets = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamKey:
    """What the organisation keeps to itself: the key, the last version it signed, what opens the places."""

    team: str
    private: bytes = field(repr=False)
    version: int = 0
    secrets: Secrets = field(default_factory=dict, repr=False)


class TeamMaking:
    """Works on files only: no store is needed, and none is touched."""

    def __init__(self, clock: Clock, *, cost: Cost | None = None) -> None:
        self._clock = clock
        self._cost = cost

    def create(self, file: Path, key_file: Path, words: str, *, organisation: str) -> TeamFile:
        """A new team with a new key: two files that must not exist yet."""
        if file.exists() or key_file.exists():
            raise HomeVisitError("team.file_exists")
        private, team = new_signing_key(), new_id()
        draft = TeamFile(
            team=Team(
                id=team,
                organisation=organisation.strip(),
                key=public_key(private),
                version=1,
                made_at=instant(self._clock.now()),
            )
        )
        read_team(draft.data(), draft=True)
        self._write_key(key_file, TeamKey(team=team, private=private), words)
        _write(file, draft)
        return draft

    def read(self, file: Path) -> TeamFile:
        """A team file, signed or not."""
        return read_team(_bytes_of(file, most=limits.TEAM_BYTES), draft=True)

    def change(self, file: Path, team: Team) -> TeamFile:
        """Keep a changed team as a draft of the next version; every rule of the format holds for a draft too."""
        before = self.read(file)
        version = before.team.version + 1 if before.is_signed else before.team.version
        draft = TeamFile(team=replace(team, version=version, secrets={}))
        read_team(draft.data(), draft=True)
        _write(file, draft)
        return draft

    def sign(self, file: Path, key_file: Path, words: str) -> TeamFile:
        """Sign what was changed. A number is never given to two different versions."""
        draft = self.read(file)
        if draft.is_signed:
            raise HomeVisitError("team.nothing_to_sign")
        key = self.key(key_file, words, team=draft.team)
        now, version = instant(self._clock.now()), max(draft.team.version, key.version + 1)
        if draft.team.expires and draft.team.expires <= now:
            raise HomeVisitError("team.expired", expires=draft.team.expires[:10])
        standing = {place.id for place in draft.team.places}
        secrets = {place: texts for place, texts in key.secrets.items() if place in standing}
        team = replace(draft.team, version=version, made_at=now)
        done = signed(replace(team, secrets=sealed_secrets(secrets, team)), key.private)
        self._write_key(key_file, replace(key, version=version, secrets=secrets), words)
        _write(file, done)
        return done

    def add_place(self, file: Path, key_file: Path, words: str, *, place: Place, secret: Mapping[str, str]) -> TeamFile:
        """Name a place that everybody of the team uses; what opens it waits in the key file for the next signing."""
        options.check(place.kind, place.settings, secret)
        draft = self.read(file)
        key = self.key(key_file, words, team=draft.team)
        others = [each for each in draft.team.places if each.title != place.title]
        kept = {each.id: key.secrets[each.id] for each in others if each.id in key.secrets}
        place = replace(place, id=new_id())
        secrets = {**kept, place.id: dict(secret)} if secret else kept
        self._write_key(key_file, replace(key, secrets=secrets), words)
        return self.change(file, replace(draft.team, places=(*others, place)))

    def key(self, key_file: Path, words: str, *, team: Team) -> TeamKey:
        """The key of this team; ``team.other_key`` if the file holds another team's."""
        found = open_under_words(_bytes_of(key_file, most=LARGEST), words, Held.TEAM_KEY)
        key = TeamKey(
            team=str(found["team"]),
            private=bytes.fromhex(str(found["private"])),
            version=int(str(found["version"])),
            secrets=_texts(found["secrets"]),
        )
        if (key.team, public_key(key.private)) != (team.id, team.key):
            raise HomeVisitError("team.other_key")
        return key

    def _write_key(self, path: Path, key: TeamKey, words: str) -> None:
        plain = {
            "private": key.private.hex(),
            "secrets": {place: dict(texts) for place, texts in key.secrets.items()},
            "team": key.team,
            "version": key.version,
        }
        _put(path, seal_under_words(plain, words, Held.TEAM_KEY, cost=self._cost))


def with_card(team: Team, signed_card: SignedCard) -> Team:
    """The team with this person, or with a further laptop of somebody who is in it."""
    card = signed_card.card
    standing = team.people.get(card.person)
    if standing is None:
        member = Member(
            person=card.person, name=card.name, role=card.role, registration=card.registration, cards=(signed_card,)
        )
        return replace(team, members=(*team.members, member))
    if any(each.card.person_key != card.person_key for each in standing.cards):
        raise HomeVisitError("team.keys_changed", device=card.device)
    others = tuple(each for each in standing.cards if each.card.device != card.device)
    return _with_member(team, replace(standing, name=card.name, role=card.role, cards=(*others, signed_card)))


def with_supervisors(team: Team, person: str, supervisors: Iterable[str]) -> Team:
    """The team in which these persons supervise this one, and nobody else does."""
    return _with_member(team, replace(team.people[person], supervisors=tuple(dict.fromkeys(supervisors))))


def without_laptops(team: Team, revoked: Iterable[Revocation]) -> Team:
    """The team in which these laptops count as lost; the cards stay, so that what they signed can still be checked."""
    found = {each.device: each for each in (*team.revoked, *revoked)}
    return replace(team, revoked=tuple(found.values()))


def without_place(team: Team, title: str) -> Team:
    """The team without this place."""
    standing = tuple(each for each in team.places if each.title != title)
    if len(standing) == len(team.places):
        raise HomeVisitError("place.unknown")
    return replace(team, places=standing)


def with_pack(team: Team, file: Path) -> Team:
    """The team that uses the pack in this file."""
    manifest = examine(file).pack.manifest
    others = tuple(each for each in team.packs if each.name != manifest.name)
    found = TeamPack(id=manifest.id, name=manifest.name, version=manifest.version)
    return replace(team, packs=(*others, found))


def without_pack(team: Team, name: str) -> Team:
    """The team that does not use this pack any more."""
    standing = tuple(each for each in team.packs if each.name != name)
    if len(standing) == len(team.packs):
        raise HomeVisitError("pack.unknown")
    return replace(team, packs=standing)


def named(team: Team, name: str, *, role: Desk | None = None) -> Member:
    """The one member with this name; refuses none and several."""
    wanted = name.casefold().strip()
    found = [each for each in team.members if each.name.casefold() == wanted and role in (None, each.role)]
    if len(found) != 1:
        raise HomeVisitError("team.no_such_member" if not found else "team.name_not_unique")
    return found[0]


def _with_member(team: Team, member: Member) -> Team:
    return replace(team, members=tuple(member if each.person == member.person else each for each in team.members))


def _texts(value: object) -> Secrets:
    return {str(place): dict(texts) for place, texts in value.items()} if isinstance(value, dict) else {}


def _bytes_of(path: Path, *, most: int) -> bytes:
    return read_chosen(path, most=most, code="team.cannot_read")


def _write(path: Path, file: TeamFile) -> None:
    _put(path, file.data())


def _put(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except (HomeVisitError, OSError):
        raise HomeVisitError("team.cannot_write") from None
