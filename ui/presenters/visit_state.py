"""What the Visit page shows: one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from homevisit.domain.family import Person
from homevisit.domain.visit import VisitBody
from homevisit.errors import HomeVisitError
from ui.presenters.visit_prompts import Pick, PromptPlace, Wanted
from ui.presenters.visit_steps import NOTE, PROMPTS, Step


class Phase(StrEnum):
    """Whether there is something to show yet."""

    BUSY = "busy"
    READY = "ready"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeProblems:
    """What is wrong with the typed times, in words, beside the field; "" where nothing is."""

    day: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitState:
    """``revision`` counts how often the draft was loaded: only then may the text boxes be filled from ``body``.

    ``focus`` is the code of what should get the cursor (``note.facts``, ``time.start`` …), with ``focus_serial``
    counting the requests. ``added`` holds the keys of prompt sets that were added and not answered yet, ``picks`` those
    that could be added as ``wanted`` asks, ``unopened`` those of responses that were given on a screen that was handed
    over and are hidden until they are opened. ``problem`` is why the last words could not be written; the text stays.
    """

    phase: Phase = Phase.BUSY
    visit: str = ""
    family_name: str = field(default="", repr=False)
    people: tuple[Person, ...] = field(default=(), repr=False)
    body: VisitBody = field(default_factory=lambda: VisitBody(family=""), repr=False)
    amends: bool = False
    step: str = NOTE
    steps: tuple[Step, ...] = ()
    places: tuple[PromptPlace, ...] = ()
    open_prompt: str = ""
    unopened: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    picks: tuple[Pick, ...] = ()
    times: TimeProblems = TimeProblems()
    today: date = date.min
    saved_at: datetime | None = None
    problem: HomeVisitError | None = None
    revision: int = 0
    focus: str = ""
    focus_serial: int = 0


def discreet(state: VisitState) -> VisitState:
    """The state as it may be seen in in-home view: nothing of a sensitive prompt set, not even its name."""
    hidden = {place.key for place in state.places if place.sensitive}
    return replace(
        state,
        places=tuple(place for place in state.places if not place.sensitive),
        steps=tuple(step for step in state.steps if step.id.removeprefix(PROMPTS) not in hidden),
        picks=tuple(pick for pick in state.picks if not pick.place.sensitive),
        open_prompt="" if state.open_prompt in hidden else state.open_prompt,
    )
