"""What the person who is handed the screen is asked, one question at a time. No widget here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from homevisit.prompts.evaluate import ItemState, State
from homevisit.prompts.items import Kind
from homevisit.prompts.paths import Path
from homevisit.prompts.session import Session
from homevisit.prompts.terms import Role

NOT_ASKED = frozenset({Role.SCORE, Role.PRACTITIONER, Role.SAFETY_PANEL, Role.GUARD_RAIL})
"""What the practitioner fills in or reads; never shown to the person who answers."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what stands above it: the headings it is under and the words that introduce it."""

    path: Path
    stem: tuple[str, ...] = ()


def questions(session: Session) -> tuple[Question, ...]:
    """What is to be asked as the answers stand now, in order."""
    state = session.state()
    return tuple(_below(state, state.top, ()))


def credit_lines(session: Session) -> tuple[str, ...]:
    """The lines that must be shown with the questions."""
    shown = (each.item for each in session.state().walk() if each.shown)
    return tuple(item.text for item in shown if item.has_role(Role.CREDIT))


def _below(state: State, paths: tuple[Path, ...], above: tuple[str, ...]) -> Iterator[Question]:
    introduced: list[str] = []
    for path in paths:
        each = state.items[path]
        if not each.shown or _is_for_others(each):
            continue
        if each.item.kind is Kind.DISPLAY:
            if not each.item.is_beside and not each.item.has_role(Role.CREDIT):
                introduced.append(each.item.label)
        elif each.item.kind is Kind.GROUP:
            head = (each.item.label,) if each.item.label else ()
            yield from _below(state, each.children, (*above, *introduced, *head))
        else:
            yield Question(path, (*above, *introduced))
            yield from _below(state, each.children, above)


def _is_for_others(each: ItemState) -> bool:
    item = each.item
    return item.hidden or (item.is_question and item.read_only) or any(item.has_role(role) for role in NOT_ASKED)
