"""The operators of the native path: each takes two collections and gives one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, DecimalException

from homevisit.prompts.expressions.days import Span, moved
from homevisit.prompts.expressions.nodes import Node, Unsure
from homevisit.prompts.expressions.scalars import (
    CONTEXT,
    Number,
    canonical,
    equal,
    number,
    order,
    raw_text,
    same_objects,
    scalar,
)

_LARGE = 10**15
MOST_LETTERS = 100_000
MOST_ITEMS = 100_000
MOST_COMPARED = 400
Items = list[object]
Operator = Callable[[Items, Items], Items]


def truth(items: Items) -> bool | None:
    """What a collection means to and, or, not: None for nothing, and true for a single item that is no truth value."""
    if not items:
        return None
    if len(items) > 1:
        raise Unsure
    item = items[0]
    value = item.data if type(item) is Node else item
    return value if isinstance(value, bool) else True


def of_truth(value: bool | None) -> Items:
    return [] if value is None else [value]


def sum_of(items: Items) -> Items:
    """One item is given back as it is; more are added from the left."""
    if len(items) < 2:
        return items[:1]
    total = items[0]
    for each in items[1:]:
        (total,) = add([total], [each])
    return [total]


def add(left: Items, right: Items) -> Items:
    pair = _singles(left, right)
    if pair is None:
        return []
    if isinstance(pair[1], Span):
        return [moved(pair[0], pair[1], 1)]
    first, second = scalar(pair[0]), scalar(pair[1])
    if type(first) is int and type(second) is int and -_LARGE < first < _LARGE and -_LARGE < second < _LARGE:
        return [first + second]  # what scores are made of, without decimals
    if isinstance(first, str) and isinstance(second, str):
        return [_bounded(first + second)]
    return [_result(CONTEXT.add, number(first), number(second))]


def subtract(left: Items, right: Items) -> Items:
    pair = _singles(left, right)
    if pair is None:
        return []
    if isinstance(pair[1], Span):
        return [moved(pair[0], pair[1], -1)]
    return [_result(CONTEXT.subtract, number(pair[0]), number(pair[1]))]


def divide(left: Items, right: Items) -> Items:
    pair = _numbers(left, right)
    return [] if pair is None or pair[1] == 0 else [_result(CONTEXT.divide, *pair)]


def _divided(operation: Callable[[Decimal, Decimal], Decimal]) -> Operator:
    def operate(left: Items, right: Items) -> Items:
        # Here a text is an error even where the other side is empty.
        pair = _only_number(left), _only_number(right)
        if pair[0] is None or pair[1] is None or pair[1] == 0:
            return []
        return [_result(operation, pair[0], pair[1])]

    return operate


def _only_number(items: Items) -> Number | None:
    if len(items) > 1:
        raise Unsure
    return number(items[0]) if items else None


def multiply(left: Items, right: Items) -> Items:
    pair = _numbers(left, right)
    return [] if pair is None else [_result(CONTEXT.multiply, *pair)]


def _result(operation: Callable[[Decimal, Decimal], Decimal], left: Number, right: Number) -> Number:
    try:
        return canonical(operation(Decimal(left), Decimal(right)))
    except DecimalException:
        raise Unsure from None


def _concatenate(left: Items, right: Items) -> Items:
    return [_bounded(_optional_text(left) + _optional_text(right))]


def _bounded(text: str) -> str:
    # Doubled often enough, a text would fill the memory; the reference engine has a limit for that.
    if len(text) > MOST_LETTERS:
        raise Unsure
    return text


def bounded(items: Items) -> Items:
    """The collection, if it is of a size that the native path takes on."""
    if len(items) > MOST_ITEMS:
        raise Unsure
    return items


def _optional_text(items: Items) -> str:
    if len(items) > 1:
        raise Unsure
    return raw_text(items[0]) if items else ""


def _equals(left: Items, right: Items) -> Items:
    if not left or not right:
        return []
    return [len(left) == len(right) and all(equal(*pair) for pair in zip(left, right, strict=True))]


def _differs(left: Items, right: Items) -> Items:
    return [not each for each in _equals(left, right)]


def _compared(test: Callable[[int], bool]) -> Operator:
    def compare(left: Items, right: Items) -> Items:
        pair = _singles(left, right)
        return [] if pair is None else [test(order(*pair))]

    return compare


def _and(left: Items, right: Items) -> Items:
    pair = truth(left), truth(right)
    return [False] if False in pair else of_truth(None if None in pair else True)


def _or(left: Items, right: Items) -> Items:
    pair = truth(left), truth(right)
    return [True] if True in pair else of_truth(None if None in pair else False)


def _xor(left: Items, right: Items) -> Items:
    first, second = truth(left), truth(right)
    return of_truth(None if first is None or second is None else first is not second)


def _implies(left: Items, right: Items) -> Items:
    first, second = truth(left), truth(right)
    if first is False or second is True:
        return [True]
    return of_truth(None if first is None or second is None else False)


def _in(left: Items, right: Items) -> Items:
    if not left:
        return []
    if len(left) > 1:
        raise Unsure
    return [any(equal(each, left[0]) for each in right)]


def _contains(left: Items, right: Items) -> Items:
    return _in(right, left)


def union(left: Items, right: Items) -> Items:
    return distinct([*left, *right])


def distinct(items: Items) -> Items:
    """Each item once, the first of equal ones."""
    if len(items) > MOST_COMPARED:
        raise Unsure  # each is compared with each
    kept: Items = []
    for item in items:
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return kept


def _same(left: object, right: object) -> bool:
    if type(left) is Node and type(right) is Node and isinstance(left.data, dict) and isinstance(right.data, dict):
        if left.data.get("linkId") != right.data.get("linkId"):
            return False
        if left.kind != "Coding":
            return same_objects(left.data, right.data)
    return equal(left, right)


def _singles(left: Items, right: Items) -> tuple[object, object] | None:
    if not left or not right:
        return None
    if len(left) > 1 or len(right) > 1:
        raise Unsure
    return left[0], right[0]


def _numbers(left: Items, right: Items) -> tuple[Number, Number] | None:
    pair = _singles(left, right)
    return None if pair is None else (number(pair[0]), number(pair[1]))


OPERATORS: dict[str, Operator] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "div": _divided(CONTEXT.divide_int),
    "mod": _divided(CONTEXT.remainder),
    "&": _concatenate,
    "=": _equals,
    "!=": _differs,
    "<": _compared(lambda found: found < 0),
    ">": _compared(lambda found: found > 0),
    "<=": _compared(lambda found: found <= 0),
    ">=": _compared(lambda found: found >= 0),
    "and": _and,
    "or": _or,
    "xor": _xor,
    "implies": _implies,
    "in": _in,
    "contains": _contains,
    "|": union,
}
