"""Which visits have waited longer for their review than the team asks, for whoever reads them and for their author."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from homevisit.clock import Clock, instant
from homevisit.domain.lateness import LateReviews, LateVisits, awaits_review, days_waited, first_in_time
from homevisit.domain.summaries import VisitRow
from homevisit.services.team import Teams
from homevisit.storage.store import Store


class Lateness:
    """Says nothing without a team, where the team asks nothing, and of visits that it names no supervisor for."""

    def __init__(self, store: Store, teams: Teams, clock: Clock) -> None:
        self._store = store
        self._teams = teams
        self._clock = clock

    def of_queue(self, rows: Iterable[VisitRow]) -> LateVisits:
        """Those among the visits of others that this person is asked to review and that have waited too long."""
        within = self._teams.policy.escalation
        if not within:
            return LateVisits()
        day, me = self._clock.now().astimezone().date(), self._store.identity.card.person
        before = instant(first_in_time(day, within))
        late = [row for row in rows if row.recorded_at < before and awaits_review(row)]
        mine = {author for author in {row.author for row in late} if me in self._supervisors_of(author)}
        days = {row.id: days_waited(row.recorded_at, day) for row in late if row.author in mine}
        return LateVisits(within=within, days=days)

    def of_own(self, day: date) -> LateReviews | None:
        """One's own visits that have waited too long; found in two small indexes, and nothing is read without any."""
        within, me = self._teams.policy.escalation, self._store.identity.card.person
        late = self._store.views.unreviewed(me, instant(first_in_time(day, within))) if within else []
        people = self._supervisors_of(me) if late else frozenset[str]()
        if not people:
            return None
        oldest = self._store.views.visits_among(late[:1])[0]
        return LateReviews(
            count=len(late),
            oldest=oldest,
            days=days_waited(oldest.recorded_at, day),
            within=within,
            supervisors=tuple(sorted(self._store.name_of(person) for person in people)),
        )

    def _supervisors_of(self, person: str) -> frozenset[str]:
        return self._teams.supervisors_of(person) or frozenset()
