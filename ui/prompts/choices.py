"""Which widget a choice has: buttons to tap, a drop-down where the set asks for it, a search for a long list."""

from __future__ import annotations

from homevisit.prompts.items import Item, Kind
from homevisit.prompts.terms import Control
from ui.prompts.choice import ChoicePrompt
from ui.prompts.control import PromptControl
from ui.prompts.dropdown import DropDownPrompt, SearchPrompt

MOST_AT_A_GLANCE = 12


def choice_control(item: Item, name: str) -> PromptControl:
    """The widget for a choice or a boolean."""
    dropped = item.control == Control.DROP_DOWN and item.kind is not Kind.BOOLEAN
    single = item.kind is Kind.CHOICE and not item.repeats
    is_long = len(item.options) > MOST_AT_A_GLANCE
    if item.control == Control.AUTOCOMPLETE or is_long or (dropped and not single):
        return SearchPrompt(item, name)
    return DropDownPrompt(item, name) if dropped else ChoicePrompt(item, name)
