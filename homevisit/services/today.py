"""What Today shows: contacts due by age, work in progress, what needs attention, what waits to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from homevisit.clock import Clock
from homevisit.domain.lateness import LateReviews
from homevisit.domain.schedule import Due, DueContact, Window, born, due_among, due_contacts, spans
from homevisit.domain.summaries import ActionRow, VisitDraft, VisitRow
from homevisit.domain.visit import Contact
from homevisit.domain.visit_templates import Nation
from homevisit.lazily import Lazily
from homevisit.services.drafting import Drafting
from homevisit.services.lateness import Lateness
from homevisit.services.schedules import Schedules
from homevisit.storage.store import Store

ACTIONS_SHOWN_AHEAD_DAYS = 7
SUGGESTED_FIRST = (Due.DUE, Due.OVERDUE, Due.COMING)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDue:
    """A contact that is due, with the family's name."""

    contact: DueContact
    family_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDraft:
    """A draft with the family's name."""

    draft: VisitDraft
    family_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAction:
    """An open action with the family's name."""

    action: ActionRow
    family_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """Everything of Today at one moment, but for what is counted apart because it takes longer: what waits to
    be sent, and what is late.
    """

    day: date
    due: tuple[NamedDue, ...]
    drafts: tuple[NamedDraft, ...]
    sent_back: tuple[VisitRow, ...]
    conflicted: tuple[VisitRow, ...]
    actions: Sequence[NamedAction]
    refused: int
    recent: tuple[VisitRow, ...]


class Today:
    """One look at the day."""

    def __init__(
        self, store: Store, drafting: Drafting, clock: Clock, *, schedules: Schedules, lateness: Lateness
    ) -> None:
        self._store = store
        self._lateness = lateness
        self._drafting = drafting
        self._clock = clock
        self._schedules = schedules
        self._late: tuple[tuple[int, date], LateReviews | None] | None = None
        self._last: tuple[tuple[int, Nation], Agenda] | None = None

    @property
    def _windows(self) -> tuple[Window, ...]:
        """What is called due: a contact that a service may choose to make is only proposed."""
        return tuple(window for window in self._schedules.current.windows if not window.suggested)

    def agenda(self) -> Agenda:
        """The agenda at this moment, on local days; worked out anew only if something was written since."""
        day, basis = self._clock.now().astimezone().date(), (self._store.writes, self._schedules.nation)
        if self._last is None or self._last[0] != basis or self._last[1].day != day:
            self._last = (basis, self._looked(day))
        return self._last[1]

    def late(self) -> LateReviews | None:
        """One's own visits whose review is late: asked for apart, since it looks at every visit of one's own."""
        basis = (self._store.writes, self._clock.now().astimezone().date())
        if self._late is None or self._late[0] != basis:
            self._late = (basis, self._lateness.of_own(basis[1]))
        return self._late[1]

    def _looked(self, day: date) -> Agenda:
        me = self._store.identity.card.person
        names = self._store.views.family_names()
        due = self._due(day)
        until = date.fromordinal(day.toordinal() + ACTIONS_SHOWN_AHEAD_DAYS).isoformat()
        return Agenda(
            day=day,
            due=tuple(NamedDue(contact=item, family_name=names.get(item.family, "")) for item in due),
            drafts=tuple(
                NamedDraft(draft=draft, family_name=names.get(draft.body.family, ""))
                for draft in self._drafting.unfinished()
            ),
            sent_back=self._store.views.sent_back(me),
            conflicted=self._store.views.conflicted_visits(),
            actions=Lazily(
                self._store.views.open_actions(until),
                lambda action: NamedAction(action=action, family_name=names.get(action.family, "")),
            ),
            refused=self._store.packages.refused_count(),
            recent=self._store.views.recent_visits(8),
        )

    def _due(self, day: date) -> tuple[DueContact, ...]:
        return due_among(self._store.views.contacts_lacking(spans(self._windows, day)), day)

    def suggested(self, family: str) -> Contact:
        """The kind of contact that is due for a family by age, else one suggested now, else an additional one."""
        day = self._clock.now().astimezone().date()
        kept = self._store.views.contacts_kept((family, contact) for contact in Contact)
        children, proposed = [born(each) for each in self._store.views.people(family)], self._schedules.current.windows
        due = due_contacts(children, kept, self._windows, day)
        ordered = sorted(due, key=lambda item: SUGGESTED_FIRST.index(item.due))
        if not ordered:
            ordered = [item for item in due_contacts(children, kept, proposed, day) if item.due is Due.DUE]
        return ordered[0].contact if ordered else Contact.ADDITIONAL
