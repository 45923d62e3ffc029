"""The organisation's key to this laptop: told first, made only while the store is open, renewed when it was used."""

from __future__ import annotations

import enum

from homevisit.clock import Clock, instant
from homevisit.domain.team import Policy, Team
from homevisit.errors import HomeVisitError
from homevisit.exchange.escrow import seal_code
from homevisit.paths import Home
from homevisit.services.team import OfferedTeam, Teams
from homevisit.storage.escrow import end_escrow, make_escrow
from homevisit.storage.store import Store


class EscrowStanding(enum.StrEnum):
    """What the person has to know about the organisation's key."""

    NONE = "none"
    UNTOLD = "untold"  # the team asks for it, and nothing is made before the person was told
    HELD = "held"


class Escrow:
    """Follows the team's policy. The code itself is never shown here and never kept but sealed."""

    def __init__(self, store: Store, home: Home, teams: Teams, clock: Clock) -> None:
        self._store = store
        self._home = home
        self._teams = teams
        self._clock = clock

    def standing(self) -> EscrowStanding:
        """Whether the organisation holds a key to this laptop, or asks for one that the person has not heard of."""
        if self._store.escrowed_to:
            return EscrowStanding.HELD
        return EscrowStanding.UNTOLD if self._is_untold(self._teams.policy) else EscrowStanding.NONE

    def is_news(self, team: Team) -> bool:
        """Whether taking this team file brings a key that the person was not told of yet."""
        same = self._store.team.current()
        told = same is not None and same.id == team.id and self._store.team.is_escrow_told()
        return bool(team.policy.recovery_escrow) and not told

    def take(self, offered: OfferedTeam, *, told: bool) -> Team:
        """Take a team file in and follow its policy; ``told`` where the person has just heard of the key it brings."""
        team = self._teams.take(offered)
        if told:
            self.told()
        else:
            self.tend()
        return team

    def leave(self) -> None:
        """Leave the team; its organisation has no key to this laptop from now on."""
        self._teams.leave()
        self.tend()

    def told(self) -> None:
        """The person was told in plain words: from now on the team's policy is followed, and at once."""
        self._store.team.note_escrow_told(told=True)
        self.tend()

    def tend(self) -> None:
        """Bring the slot in line with the team's policy; nothing is read from the disk or written most of the time."""
        recipient, told = self._teams.policy.recovery_escrow, self._store.team.is_escrow_told()
        if not (recipient and told):
            self._end()
            if told:
                self._store.team.note_escrow_told(told=False)  # asked for again, it is told again
        elif self._store.is_escrow_spent or self._store.escrowed_to != recipient:
            made_at, card = instant(self._clock.now()), self._store.identity.card
            make_escrow(
                self._home,
                self._store,
                recipient=recipient,
                seal=lambda code: seal_code(code, card, made_at=made_at, recipient=recipient),
            )

    def tend_at_unlocking(self) -> None:
        """As :meth:`tend`; what cannot be done now is said, and tried again at the next unlocking."""
        try:
            self.tend()
        except HomeVisitError:
            self._store.notice("escrow.not_tended")

    def _end(self) -> None:
        if self._store.escrowed_to:
            end_escrow(self._home, self._store)

    def _is_untold(self, policy: Policy) -> bool:
        return bool(policy.recovery_escrow) and not self._store.team.is_escrow_told()
