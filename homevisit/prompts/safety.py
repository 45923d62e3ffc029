"""Safety panels: an answer that calls for action the same day asks what was done, whatever any total says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homevisit.prompts.evaluate import Context, ItemState, State, evaluate
from homevisit.prompts.paths import Path
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.terms import Role
from homevisit.prompts.values import answer_text

_ACTION = frozenset({Role.SAFETY_ASKED, Role.SAFETY_TOLD, Role.SAFETY_WHEN})


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel that an answer has opened; settled once it says what was asked, who was told and when, or a reason."""

    path: Path
    settled: bool


def panels(state: State) -> tuple[Panel, ...]:
    """Every open panel, in document order. It diagnoses nothing and knows no level of anything."""
    opened = (each for each in state.walk() if each.enabled and each.item.has_role(Role.SAFETY_PANEL))
    return tuple(Panel(each.path, _is_settled(state, each)) for each in opened)


def unsettled(state: State) -> tuple[Path, ...]:
    """The places of the panels that still wait."""
    return tuple(panel.path for panel in panels(state) if not panel.settled)


def first_open(state: State, panel: Path) -> Path:
    """The first prompt of a panel that has no words yet."""
    prompts = [each for each in state.below(panel) if each.enabled and each.item.is_question]
    return next((each.path for each in prompts if not _says(each)), panel)


def is_unsettled(questionnaire: Questionnaire, response: Mapping[str, object]) -> bool:
    """Whether a response has an open panel that waits for an action or a reason."""
    if not questionnaire.usable or not any(item.has_role(Role.SAFETY_PANEL) for item in questionnaire.walk()):
        return False
    return bool(unsettled(evaluate(questionnaire, response, Context())))


def _is_settled(state: State, panel: ItemState) -> bool:
    said = {role for each in state.below(panel.path) if each.enabled and _says(each) for role in each.item.roles}
    return said >= _ACTION or Role.SAFETY_REASON in said


def _says(state: ItemState) -> bool:
    return any(answer_text(answer).strip() for answer in state.answers)
