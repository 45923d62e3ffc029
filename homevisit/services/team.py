"""The team on this laptop: opening its file after the six words, taking its updates, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.domain.card import Card, SignedCard
from homevisit.domain.team import Policy, Standing, Team
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.chosen_file import read_chosen
from homevisit.exchange.team import TeamFile, open_secrets, read_kept, read_team, six_words
from homevisit.storage.access import AccessAct
from homevisit.storage.store import Store
from homevisit.storage.team import KeptTeam, RevokedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTeam:
    """A team file that was read and can be taken. The words are compared only the first time."""

    file: TeamFile = field(repr=False)
    words: tuple[str, ...]
    standing: Standing

    @property
    def team(self) -> Team:
        return self.file.team


class Teams:
    """At most one team. Its key is trusted from the first time on; later versions need no question."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._read: tuple[int, Team] | None = None

    def current(self) -> Team | None:
        """The team that was opened on this laptop, None without one."""
        version = self._store.team.version()
        if not version:
            return None
        if self._read is None or self._read[0] != version:
            kept = self._store.team.current()
            if kept is None:
                return None
            self._read = (version, read_kept(kept.file))
        return self._read[1]

    @property
    def policy(self) -> Policy:
        """What the team asks of this laptop; nothing without a team."""
        return self._store.team.policy()

    def supervisors_of(self, person: str) -> frozenset[str] | None:
        """Who supervises a person; None without a team, when every confirmed supervisor counts."""
        team = self.current()
        return team.supervisors_of(person) if team else None

    def place_secrets(self) -> dict[str, dict[str, str]]:
        """What opens the team's places, by the id of the place."""
        return secrets_here(self._store, self.current())

    def words(self) -> tuple[str, ...]:
        """The six words of the team that is here."""
        team = self.current()
        return six_words(team) if team else ()

    def read(self, path: Path) -> OfferedTeam:
        """Look at a team file; nothing is taken in."""
        return self.offered(read_chosen(path, most=limits.TEAM_BYTES, code="team.cannot_read"))

    def offered(self, data: bytes) -> OfferedTeam:
        """A team file that may be taken in; every reason against it is a refusal."""
        file = read_team(data)
        standing = self._standing(file, data)
        self._check(file.team)
        return OfferedTeam(file=file, words=six_words(file.team), standing=standing)

    def take(self, offered: OfferedTeam) -> Team:
        """Take a version in: its key is trusted from now on, its members' cards count as confirmed."""
        data = offered.file.data()
        team, own = self.offered(data).team, self._store.identity.card
        kept = KeptTeam.of(team, data, taken_at=instant(self._clock.now()))
        cards = (each for each in _cards(team) if each.card.device != own.device)
        log, about = self._store.access, f"members={len(team.members)} version={team.version}"
        self._store.team.keep(
            kept, cards, team.revoked, also=lambda: log.record(AccessAct.TOOK_TEAM, f"team/{team.id}", about)
        )
        self._read = None
        return team

    def take_update(self, data: bytes) -> bool:
        """A version that came with a package: taken without a question if the team's key signed it, else nothing."""
        if not self._store.team.version():
            return False
        try:
            offered = self.offered(data)
        except HomeVisitError as refusal:
            if refusal.code.startswith("store."):
                raise
            return False
        if offered.standing is Standing.UPDATE:
            self.take(offered)
        return offered.standing is Standing.UPDATE

    def leave(self) -> None:
        """Another team can be opened afterwards. The cards stay, what was revoked by the team is not any more."""
        team = self._store.team.current()
        if team is not None:
            log = self._store.access
            self._store.team.forget(also=lambda: log.record(AccessAct.LEFT_TEAM, f"team/{team.id}"))
            self._read = None

    def lost_laptops(self) -> dict[str, tuple[RevokedBy, ...]]:
        """The devices whose later packages are refused, and who said so: nothing is sent to them either."""
        return {device: tuple(by for by, _ in each) for device, each in self._store.team.revoked().items()}

    def received(self, device: str) -> tuple[tuple[str, int], ...]:
        """Up to which package of this laptop everything here is from before it was lost: epochs with numbers."""
        return self._store.team.received(device)

    def lose(self, device: str) -> None:
        """Refuse what this laptop sends from now on, and send nothing to it; what came before stays."""
        if device == self._store.identity.card.device:
            raise HomeVisitError("team.this_laptop")
        if self._store.cards.by_device(device) is None:
            raise HomeVisitError("team.no_such_laptop")
        log = self._store.access
        self._store.team.lose(device, also=lambda: log.record(AccessAct.LOST_LAPTOP, f"device/{device}"))

    def find_again(self, device: str) -> None:
        """It was not lost after all; what the team file says of it still holds."""
        log = self._store.access
        self._store.team.find_again(device, also=lambda: log.record(AccessAct.FOUND_LAPTOP, f"device/{device}"))

    def expires_soon(self, days: int = 30) -> bool:
        """Whether the file that is here has run out or will within these days: time to ask for a new one."""
        team = self.current()
        limit = instant(self._clock.now() + timedelta(days=days))
        return team is not None and "" < team.expires <= limit

    def _standing(self, file: TeamFile, data: bytes) -> Standing:
        here, team = self._store.team.current(), file.team
        if here is None:
            return Standing.FIRST
        if (here.id, here.key) != (team.id, team.key):
            raise HomeVisitError("team.other_team")
        if team.version < here.version:
            raise HomeVisitError("team.older", version=team.version, here=here.version)
        if team.version == here.version and data != here.file:
            raise HomeVisitError("team.two_versions", version=team.version)
        return Standing.SAME if team.version == here.version else Standing.UPDATE

    def _check(self, team: Team) -> None:
        own = self._store.identity.card
        if team.expires and team.expires <= instant(self._clock.now()):
            raise HomeVisitError("team.expired", expires=team.expires[:10])
        me = team.people.get(own.person)
        if me is None:
            raise HomeVisitError("team.not_a_member")
        for card in (each.card for each in me.cards):
            if card.person_key != own.person_key or (card.device == own.device and _keys(card) != _keys(own)):
                raise HomeVisitError("team.keys_changed", device=card.device)


def secrets_here(store: Store, team: Team | None = None) -> dict[str, dict[str, str]]:
    """What opens the team's places on this laptop, by the id of the place; ``team`` where it was read already."""
    kept = store.team.current() if team is None else None
    team = read_kept(kept.file) if kept else team
    if team is None:
        return {}
    identity = store.identity
    found = open_secrets(team, device=identity.card.device, identity=identity.age_identity)
    standing = {place.id for place in team.places}
    return found or {place: texts for place, texts in store.team.inherited().items() if place in standing}


def _cards(team: Team) -> tuple[SignedCard, ...]:
    return tuple(each for member in team.members for each in member.cards)


def _keys(card: Card) -> tuple[str, str]:
    return card.sign_key, card.age_recipient
