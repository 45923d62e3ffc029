"""Numbers, texts and truth values in the native path: what a node stands for, equality, order and arithmetic.

Decimals are exact and rounded where decimal.js as fhirpath.js sets it rounds: 31 digits, half up.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException

from homevisit.prompts.expressions.days import day_of
from homevisit.prompts.expressions.moments import Moment
from homevisit.prompts.expressions.nodes import DATES, UNKNOWN, Node, Unsure

Number = int | Decimal
Scalar = bool | int | Decimal | str
CONTEXT = Context(prec=31, rounding=ROUND_HALF_UP)
_MOST_DIGITS = 10**30
_COMPARED = Decimal("1E-8")  # the reference engine compares decimals after rounding to eight places
# A text of an unknown type that looks like this may be a date or a number in FHIR.
_AMBIGUOUS = r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?|\d{4}(-\d\d){0,2}(T.*)?|T?\d\d:\d\d.*"


def scalar(item: object) -> Scalar:
    """The value that a node or a computed value stands for."""
    if type(item) is Node:
        return _of_node(item)
    if isinstance(item, Moment):
        raise Unsure
    if isinstance(item, bool | int | Decimal | str):
        return item
    raise Unsure


def _of_node(node: Node) -> Scalar:
    data, kind = node.data, node.kind
    if isinstance(data, bool):
        return data
    if isinstance(data, int):
        return data
    if not isinstance(data, str) or kind in DATES:
        raise Unsure
    if kind == "decimal":
        return canonical(exact(data))
    if kind == UNKNOWN and re.fullmatch(_AMBIGUOUS, data):
        raise Unsure
    return data


def raw_text(item: object) -> str:
    """A text as string functions see it: the date of an answer is its text for them."""
    if type(item) is Node and item.kind in DATES and isinstance(item.data, str):
        return item.data
    value = scalar(item)
    if not isinstance(value, str):
        raise Unsure
    return value


def number(item: object) -> Number:
    value = scalar(item)
    if isinstance(value, bool | str):
        raise Unsure
    return value


def exact(text: str) -> Decimal:
    try:
        return CONTEXT.create_decimal(text)
    except DecimalException:
        raise Unsure from None


def canonical(value: Decimal) -> Number:
    """As the reference engine prints the result of arithmetic: no zeros behind, no point without need."""
    if not value.is_finite() or abs(value) >= _MOST_DIGITS:
        raise Unsure
    whole = int(value)
    return whole if whole == value else value.normalize(CONTEXT)


def equal(left: object, right: object) -> bool:
    """Whether two items are equal; unsure about dates and about objects with numbers."""
    if _is_object(left) or _is_object(right):
        return _equal_objects(left, right)
    days = day_of(left), day_of(right)
    if days[0] and days[1]:
        return days[0] == days[1]
    first, second = scalar(left), scalar(right)
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, str) or isinstance(second, str):
        return isinstance(first, str) and isinstance(second, str) and first == second
    return first == second or rounded(first) == rounded(second)


def rounded(value: Number) -> Number:
    if isinstance(value, int):
        return value
    return value.quantize(_COMPARED, context=CONTEXT) if abs(value) < 10**20 else value


def order(left: object, right: object) -> int:
    """-1, 0 or 1 for two numbers, two texts or two whole days."""
    days = day_of(left), day_of(right)
    if days[0] and days[1]:
        return (days[0] > days[1]) - (days[0] < days[1])
    first, second = scalar(left), scalar(right)
    if isinstance(first, str) and isinstance(second, str):
        if max(first + second, default="") > "\uffff":
            raise Unsure  # the order of surrogate pairs is another one
        return (first > second) - (first < second)
    if isinstance(first, bool | str) or isinstance(second, bool | str):
        raise Unsure
    one, other = rounded(first), rounded(second)
    return (one > other) - (one < other)


def same_objects(left: object, right: object) -> bool:
    """Whether two pieces of JSON are equal; unsure where a decimal text could be the same number written otherwise."""
    if left == right:
        return True
    if _has_number(left) and _has_number(right):
        raise Unsure
    return False


def _is_object(item: object) -> bool:
    return type(item) is Node and isinstance(item.data, dict)


def _equal_objects(left: object, right: object) -> bool:
    if not (type(left) is Node and type(right) is Node and left.kind == right.kind == "Coding"):
        raise Unsure
    if _has_number(left.data) or _has_number(right.data):
        raise Unsure
    return left.data == right.data


def _has_number(value: object) -> bool:
    if isinstance(value, dict):
        return any(_has_number(each) or key in ("valueDecimal", "valueQuantity") for key, each in value.items())
    if isinstance(value, list):
        return any(_has_number(each) for each in value)
    return isinstance(value, int | float) and not isinstance(value, bool)
