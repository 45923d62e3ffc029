"""What is read when a visit is opened, and the state that the page begins with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from homevisit.assembly import Services
from homevisit.clock import Clock
from homevisit.domain.family import Person
from homevisit.domain.moments import local_moment, wall_text
from homevisit.domain.summaries import VisitDraft
from homevisit.services.earlier import EarlierResponses
from ui.presenters.visit_state import Phase, VisitState
from ui.presenters.visit_steps import NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A draft with its family, and what was answered to the same prompts before."""

    draft: VisitDraft
    family_name: str = field(repr=False)
    people: tuple[Person, ...] = field(repr=False)
    earlier: EarlierResponses = field(repr=False)


def read_visit(services: Services, clock: Clock, visit: str) -> Opened:
    """Everything in one go, on the writer lane; ``visit.no_draft`` if there is no draft."""
    draft = services.drafting.open(visit)
    brief = services.families.brief(draft.body.family)
    started = draft.body.started if local_moment(draft.body.started) else wall_text(clock.now())
    earlier = services.earlier.before(draft.body.family, visit, started)
    return Opened(draft=draft, family_name=brief.details.name, people=brief.people, earlier=earlier)


def opened_state(state: VisitState, opened: Opened, unopened: frozenset[str]) -> VisitState:
    """The state with what was read; a page that showed this visit already stays at its step."""
    return replace(
        state,
        phase=Phase.READY,
        family_name=opened.family_name,
        people=opened.people,
        amends=bool(opened.draft.base),
        saved_at=opened.draft.saved_at,
        unopened=unopened,
        revision=state.revision + 1,
        step=state.step if state.phase is Phase.READY else NOTE,
        problem=None,
    )
