"""The team of this laptop as it was opened, and the laptops whose packages are refused, whoever said so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.clock import Clock, instant
from homevisit.domain.canonical import canonical, digest
from homevisit.domain.card import Card, SignedCard
from homevisit.domain.team import Policy, Revocation, Team
from homevisit.errors import HomeVisitError
from homevisit.storage.driver import KeyedDatabase, kept_json


class RevokedBy(StrEnum):
    """Who said that a laptop is lost: the team file, or the person whose store this is."""

    TEAM = "team"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTeam:
    """The version that was taken in last: the whole file, as it was signed."""

    id: str
    key: str
    version: int
    policy: Policy
    file: bytes = field(repr=False)
    taken_at: str

    @classmethod
    def of(cls, team: Team, file: bytes, *, taken_at: str) -> KeptTeam:
        """What is kept of a team file."""
        return cls(id=team.id, key=team.key, version=team.version, policy=team.policy, file=file, taken_at=taken_at)


class TeamBox:
    """At most one team. What it says about cards and lost laptops is taken in with it, in one transaction."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def current(self) -> KeptTeam | None:
        """The team that was opened here, None without one."""
        row = self._database.row_of("SELECT id, key, version, policy, file, taken_at FROM team")
        if row is None:
            return None
        identifier, key, version, policy, file, taken_at = row
        return KeptTeam(
            id=identifier, key=key, version=version, policy=_policy(policy), file=bytes(file), taken_at=taken_at
        )

    def policy(self) -> Policy:
        """What the team asks, without reading its whole file."""
        row = self._database.row_of("SELECT policy FROM team")
        return _policy(row[0]) if row else Policy()

    def version(self) -> int:
        """The version that is here, 0 without a team."""
        row = self._database.row_of("SELECT version FROM team")
        return int(row[0]) if row else 0

    def digest(self) -> str:
        """SHA-256 of the file that is here, "" without a team."""
        row = self._database.row_of("SELECT digest FROM team")
        return str(row[0]) if row else ""

    def keep(
        self, team: KeptTeam, cards: Iterable[SignedCard], revoked: Iterable[Revocation], *, also: Callable[[], None]
    ) -> None:
        """Put a version in the place of the one before, with the cards it certifies and the laptops it revokes.

        ``also`` writes the line of the access log in the same transaction.
        """
        with self._database.atomic():
            self._database.change(
                "INSERT OR REPLACE INTO team (n, id, key, version, policy, digest, file, taken_at)"
                " VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                (
                    team.id,
                    team.key,
                    team.version,
                    canonical(team.policy.to_json()).decode(),
                    digest(team.file),
                    team.file,
                    team.taken_at,
                ),
            )
            self._keep_cards(cards, team.taken_at)
            self._database.change("DELETE FROM revoked_device WHERE source = ?", (RevokedBy.TEAM.value,))
            for each in revoked:
                self._revoke(each, RevokedBy.TEAM)
            also()

    def inherit(self, secrets: Mapping[str, Mapping[str, str]]) -> None:
        """Keep what the first laptop knew of the team's places, for as long as the file gives this one nothing."""
        text = json.dumps({place: dict(texts) for place, texts in secrets.items()})
        self._database.change("INSERT OR REPLACE INTO meta (name, value) VALUES ('place_secrets', ?)", (text,))

    def inherited(self) -> dict[str, dict[str, str]]:
        """What :meth:`inherit` kept."""
        row = self._database.row_of("SELECT value FROM meta WHERE name = 'place_secrets'")
        return kept_json(row[0]) if row else {}

    def note_escrow_told(self, told: bool) -> None:
        """Keep that the person was told of this team's recovery key, or that there is none any more."""
        self._database.change("DELETE FROM meta WHERE name = 'escrow_told'")
        if told:
            self._database.change("INSERT INTO meta (name, value) SELECT 'escrow_told', id FROM team")

    def is_escrow_told(self) -> bool:
        """Whether the person was told that this team's organisation holds a recovery key."""
        query = "SELECT 1 FROM meta JOIN team ON meta.name = 'escrow_told' AND meta.value = team.id"
        return self._database.row_of(query) is not None

    def forget(self, *, also: Callable[[], None]) -> None:
        """Leave the team: its cards stay known, what it revoked is taken in again."""
        with self._database.atomic():
            self._database.change("DELETE FROM team")
            self._database.change("DELETE FROM meta WHERE name IN ('place_secrets', 'escrow_told')")
            self._database.change("DELETE FROM revoked_device WHERE source = ?", (RevokedBy.TEAM.value,))
            also()

    def lose(self, device: str, *, also: Callable[[], None]) -> Revocation:
        """Refuse what a laptop makes from now on: everything but what has been taken in already."""
        lost = Revocation(device=device, at=instant(self._clock.now()), last=self.received(device))
        with self._database.atomic():
            self._revoke(lost, RevokedBy.OWN)
            also()
        return lost

    def received(self, device: str) -> tuple[tuple[str, int], ...]:
        """The number of the last package of this laptop that was taken in here, in each of its epochs."""
        rows = self._database.rows_of(
            "SELECT epoch, max(seq) FROM inbox WHERE device = ? AND code = '' GROUP BY epoch ORDER BY epoch", (device,)
        )
        return tuple((epoch, int(number)) for epoch, number in rows)

    def find_again(self, device: str, *, also: Callable[[], None]) -> None:
        """The laptop was not lost after all."""
        with self._database.atomic():
            self._database.change(
                "DELETE FROM revoked_device WHERE device = ? AND source = ?", (device, RevokedBy.OWN.value)
            )
            also()

    def revoked(self) -> dict[str, tuple[tuple[RevokedBy, Revocation], ...]]:
        """Every revoked laptop, with who said so."""
        found: dict[str, list[tuple[RevokedBy, Revocation]]] = {}
        rows = self._database.rows_of("SELECT device, source, at, last FROM revoked_device ORDER BY device, source")
        for device, source, at, last in rows:
            revocation = Revocation(device=device, at=at, last=_last(last))
            found.setdefault(device, []).append((RevokedBy(source), revocation))
        return {device: tuple(each) for device, each in found.items()}

    def refuse_revoked(self, package: str, *, device: str, epoch: str, number: int) -> None:
        """``package.revoked`` for a package that a lost laptop made after it was lost, or may have made."""
        rows = self._database.rows_of("SELECT at, last FROM revoked_device WHERE device = ?", (device,))
        if not rows or self._database.row_of("SELECT 1 FROM inbox WHERE id = ? AND code = ''", (package,)):
            return
        given = [Revocation(device=device, at=at, last=_last(last)) for at, last in rows]
        # Whoever holds the laptop can give a package any number: one that was used already is not used again.
        used = self._database.row_of(
            "SELECT 1 FROM inbox WHERE device = ? AND epoch = ? AND seq = ? AND code = ''", (device, epoch, number)
        )
        if used or not all(each.allows(epoch, number) for each in given):
            raise HomeVisitError("package.revoked")

    def untold(self, device: str, what: Iterable[str]) -> tuple[str, ...]:
        """What a device was not told yet: digests of cards and of team files."""
        known = {row[0] for row in self._database.rows_of("SELECT what FROM told_device WHERE device = ?", (device,))}
        return tuple(each for each in what if each not in known)

    def tell(self, device: str, what: Iterable[str]) -> None:
        """The device was told, or told us itself."""
        for each in what:
            self._database.change("INSERT OR IGNORE INTO told_device (device, what) VALUES (?, ?)", (device, each))

    def _keep_cards(self, cards: Iterable[SignedCard], now: str) -> None:
        known = {
            device: (person, kept_json(text))
            for device, person, text in self._database.rows_of("SELECT device, person, card FROM card")
        }
        keys = {person: str(card["person_key"]) for person, card in known.values()}
        for each in cards:
            card = each.card
            standing = known.get(card.device)
            changed = standing is not None and _keys(standing[1]) != _keys(card.to_json())
            if changed or keys.setdefault(card.person, card.person_key) != card.person_key:
                raise HomeVisitError("team.keys_changed", device=card.device)
            if standing is None or standing[1]["made_at"] < card.made_at:
                self._put_card(card, each.signature, now)

    def _put_card(self, card: Card, signature: bytes, now: str) -> None:
        self._database.change(
            "INSERT OR REPLACE INTO card (device, person, card, signature, confirmed_at) VALUES (?, ?, ?, ?, ?)",
            (card.device, card.person, canonical(card.to_json()).decode(), signature, now),
        )

    def _revoke(self, revocation: Revocation, source: RevokedBy) -> None:
        self._database.change(
            "INSERT OR REPLACE INTO revoked_device (device, source, at, last) VALUES (?, ?, ?, ?)",
            (revocation.device, source.value, revocation.at, json.dumps(revocation.last)),
        )


def _keys(card: dict[str, object]) -> tuple[object, ...]:
    return tuple(card[name] for name in ("person", "person_key", "sign_key", "age_recipient"))


def _last(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((str(epoch), int(number)) for epoch, number in json.loads(text))


def _policy(text: str) -> Policy:
    return Policy(**kept_json(text))
