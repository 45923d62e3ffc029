"""One worked-out response as one line for machines: what is enabled, what was calculated, which rules are broken."""

from __future__ import annotations

from collections.abc import Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.checking import CHOICES
from homevisit.prompts.evaluate import Context, evaluate_anyway
from homevisit.prompts.items import Answer, Kind
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.states import ItemState, State
from homevisit.prompts.values import number, typed

# The rules that the public conformance cases know: those over answers to questions. What this engine checks besides
# (groups, units, constraints, options of numbers and dates) is in ``validate`` and on the screen, not in the line.
COMPARED = frozenset(
    {
        *("required", "required-hidden", "not-repeating", "minOccurs", "maxOccurs", "optionExclusive", "not-an-option"),
        *("maxLength", "minLength", "regex", "minValue", "maxValue", "maxDecimalPlaces"),
    }
)


def judged(questionnaire: Questionnaire, response: Mapping[str, object] | None, context: Context) -> JsonObject:
    """The line without its names. A refused set is worked out all the same, without what was refused."""
    state = evaluate_anyway(questionnaire, response, context)
    return {
        "enabled": list(dict.fromkeys(each.item.link_id for each in state.walk() if each.enabled)),
        "calculated": _calculated(state),
        "errors": _errors(state),
    }


def _calculated(state: State) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for each in state.walk():
        if each.calculated:
            found.setdefault(each.item.link_id, []).extend(_plain(answer) for answer in each.answers)
    return found


def _errors(state: State) -> list[object]:
    pairs = dict.fromkeys(pair for each in state.walk() for pair in _pairs(each))
    return [{"linkId": link, "code": code} for link, code in pairs]


def _pairs(state: ItemState) -> list[tuple[str, str]]:
    item = state.item
    if item.kind is Kind.GROUP:
        return []
    codes = (problem.code for problem in state.problems if problem.code in COMPARED)
    return [(item.link_id, code) for code in codes if code != "not-an-option" or item.kind in CHOICES]


def _plain(answer: Answer) -> object:
    """The bare value; a decimal as a JSON number, as the format of these lines wants it."""
    found = typed(answer)
    if found is None:
        return None
    kind, value = found
    if kind == "Decimal":
        return _numeral(value)
    if kind == "Quantity" and isinstance(value, Mapping):
        return {**value, "value": _numeral(value.get("value"))}
    return value


def _numeral(value: object) -> object:
    found = number(value)
    if found is None:
        return value
    return int(found) if found == found.to_integral_value() else float(found)
