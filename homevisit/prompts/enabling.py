"""Whether an item is enabled: the seven operators of R4 with the meanings that this project fixed in writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from homevisit.prompts.items import Answer, Condition, Item
from homevisit.prompts.values import compare, typed

# The answers of the nearest enabled occurrence of a question; none where there is no such occurrence.
Source = Callable[[str], Sequence[Answer]]


def conditions_hold(item: Item, source: Source) -> bool:
    """True without conditions; several without a stated behaviour count as *any*."""
    if not item.conditions:
        return True
    held = (holds(condition, source(condition.question)) for condition in item.conditions)
    return all(held) if item.all_conditions else any(held)


def holds(condition: Condition, answers: Sequence[Answer]) -> bool:
    """With several answers any match counts; ``!=`` asks that none equals, so it is true where nothing is answered."""
    values = [answer for answer in answers if typed(answer) is not None]
    if condition.operator == "exists":
        return bool(values) is _wanted(condition.expected)
    if condition.operator == "!=":
        return not any(compare(answer, condition.expected) == 0 for answer in values)
    test = _TESTS.get(condition.operator)
    if test is None:
        return False
    orders = (compare(answer, condition.expected) for answer in values)
    return any(test(order) for order in orders if order is not None)


def _wanted(expected: Answer) -> bool:
    found = typed(expected)
    return found is None or found[1] is not False


_TESTS: Mapping[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    ">": lambda order: order > 0,
    "<": lambda order: order < 0,
    ">=": lambda order: order >= 0,
    "<=": lambda order: order <= 0,
}
