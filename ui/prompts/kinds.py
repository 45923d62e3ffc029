"""The one table from an item's kind, control and role to the widget that answers or shows it; rooms add lines here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from homevisit.prompts.items import Item, Kind
from homevisit.prompts.paths import Path
from homevisit.prompts.terms import Control, Role
from ui.prompts.choice import TickPrompt, choice_control
from ui.prompts.control import PromptControl
from ui.prompts.filling import Filling
from ui.prompts.safety import SafetyHead, hold_words, waiting_place
from ui.prompts.score import score_control
from ui.prompts.written import DatePrompt, LinePrompt, TextPrompt
from ui.tokens import Tone

Fits = Callable[[Item], bool]
Make = Callable[[Item, Filling], PromptControl]


@dataclass(frozen=True, slots=True)
class ControlKind:
    """One line of the table: which items it is for, and how their control is made."""

    fits: Fits
    make: Make


@dataclass(frozen=True, slots=True)
class GroupLook:
    """How a group with a certain role looks: a widget for its head, and a ground in a tone under all its rows."""

    head: Callable[[Path, Filling], QWidget]
    tone: Tone


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a person cannot go on yet: the prompt to settle first, and the sentence that says so."""

    path: Path
    words: str


def kind_in(*kinds: Kind) -> Fits:
    """Fits items of these kinds."""
    return lambda item: item.kind in kinds


def has_role(role: str) -> Fits:
    """Fits items with a role code."""
    return lambda item: role in item.roles


def control_for(item: Item, filling: Filling) -> PromptControl:
    """The widget that answers an item: the first line of the table that fits."""
    return next(kind for kind in CONTROLS if kind.fits(item)).make(item, filling)


def group_look(item: Item) -> GroupLook | None:
    """The look of a group with a role of its own."""
    return next((look for role, look in GROUP_LOOKS.items() if role in item.roles), None)


def hold_of(filling: Filling) -> Hold | None:
    """What must be settled before the person goes on; saving, locking and covering never ask."""
    return next((hold for find in HOLDS if (hold := find(filling)) is not None), None)


def _is_tick(item: Item) -> bool:
    return item.kind is Kind.BOOLEAN and item.control == Control.CHECK_BOX


def _choice(item: Item, _: Filling) -> PromptControl:
    return choice_control(item, item.label)


def _today(filling: Filling) -> Callable[[], date]:
    return lambda: filling.now().astimezone().date()


def _safety_hold(filling: Filling) -> Hold | None:
    path = waiting_place(filling)
    return None if path is None else Hold(path, hold_words())


# The first line that fits is taken: a line for a role stands above those for kinds.
CONTROLS: tuple[ControlKind, ...] = (
    ControlKind(has_role(Role.SCORE), score_control),
    ControlKind(_is_tick, lambda item, _: TickPrompt(item, item.label)),
    ControlKind(kind_in(Kind.BOOLEAN, Kind.CHOICE, Kind.OPEN_CHOICE), _choice),
    ControlKind(kind_in(Kind.STRING, Kind.TEXT), lambda item, _: TextPrompt(item, item.label)),
    ControlKind(kind_in(Kind.DATE), lambda item, filling: DatePrompt(item, item.label, today=_today(filling))),
    ControlKind(lambda _: True, lambda item, filling: LinePrompt(item, item.label, today=_today(filling))),
)

# By role code, such as "safety-panel".
GROUP_LOOKS: Mapping[str, GroupLook] = {Role.SAFETY_PANEL: GroupLook(SafetyHead, Tone.WAITING)}

# Asked before another page, Done and leaving the form; the first hold that is found counts.
HOLDS: tuple[Callable[[Filling], Hold | None], ...] = (_safety_hold,)
