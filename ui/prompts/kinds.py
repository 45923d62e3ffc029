"""The one table from an item's kind, control and role to the widget that answers or shows it; rooms add lines here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from homevisit.prompts.checking import CHOICES
from homevisit.prompts.items import Item, Kind
from homevisit.prompts.paths import Path
from homevisit.prompts.terms import Control, Role
from ui.prompts.choice import ChoicePrompt
from ui.prompts.choices import choice_control
from ui.prompts.control import PromptControl
from ui.prompts.filling import Filling
from ui.prompts.lines import DatePrompt, LinePrompt
from ui.prompts.options import as_scale
from ui.prompts.quantities import QuantityPrompt
from ui.prompts.read_only import ReadPrompt
from ui.prompts.safety import SafetyHead, hold_words, waiting_place
from ui.prompts.score import score_control
from ui.prompts.several import SeveralPrompt
from ui.prompts.texts import TextPrompt
from ui.prompts.tick import TickPrompt
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


def _is_scale(item: Item) -> bool:
    numbered = item.kind in (Kind.INTEGER, Kind.DECIMAL) and item.control == Control.SLIDER
    return numbered and as_scale(item) is not None


def _today(filling: Filling) -> Callable[[], date]:
    return lambda: filling.now().astimezone().date()


def _date(item: Item, filling: Filling) -> PromptControl:
    return DatePrompt(item, item.label, today=_today(filling), born=filling.born)


def _line(item: Item, filling: Filling) -> PromptControl:
    return LinePrompt(item, item.label, today=_today(filling))


def _several(make: Make) -> Make:
    """A line for each answer where the prompt takes several."""
    return lambda item, filling: (
        SeveralPrompt(item, lambda: make(item, filling)) if item.repeats else make(item, filling)
    )


def _safety_hold(filling: Filling) -> Hold | None:
    path = waiting_place(filling)
    return None if path is None else Hold(path, hold_words())


# The first line that fits is taken: a line for a role stands above those for kinds.
CONTROLS: tuple[ControlKind, ...] = (
    ControlKind(has_role(Role.SCORE), score_control),
    ControlKind(_is_tick, lambda item, _: TickPrompt(item, item.label)),
    ControlKind(_is_scale, lambda item, _: ChoicePrompt(as_scale(item) or item, item.label)),
    ControlKind(lambda item: not item.can_be_given, lambda item, _: ReadPrompt(item)),
    ControlKind(kind_in(Kind.BOOLEAN, *CHOICES), lambda item, _: choice_control(item, item.label)),
    ControlKind(kind_in(Kind.STRING, Kind.TEXT), _several(lambda item, _: TextPrompt(item, item.label))),
    ControlKind(kind_in(Kind.DATE), _several(_date)),
    ControlKind(kind_in(Kind.QUANTITY), _several(lambda item, _: QuantityPrompt(item, item.label))),
    ControlKind(lambda _: True, _several(_line)),
)

# By role code, such as "safety-panel".
GROUP_LOOKS: Mapping[str, GroupLook] = {Role.SAFETY_PANEL: GroupLook(SafetyHead, Tone.WAITING)}

# Asked before another page, Done and leaving the form; the first hold that is found counts.
HOLDS: tuple[Callable[[Filling], Hold | None], ...] = (_safety_hold,)
