"""What follows from the body of a visit: steps, prompts, what is wrong with its times. Never kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from homevisit.domain.visit import VisitBody
from ui.presenters.visit_contact import time_problems
from ui.presenters.visit_prompts import PromptPlace
from ui.presenters.visit_state import VisitState
from ui.presenters.visit_steps import NOTE, steps_of


def derived(
    state: VisitState, body: VisitBody, places: tuple[PromptPlace, ...], still_open: Mapping[str, int], now: datetime
) -> VisitState:
    """The state of a changed body: its steps, its prompts, what is wrong with its times."""
    steps = steps_of(body, state.people, places, still_open, now)
    return replace(
        state,
        body=body,
        places=places,
        steps=steps,
        step=state.step if state.step in {each.id for each in steps} else NOTE,
        times=time_problems(body, now),
        today=now.astimezone().date(),
    )
