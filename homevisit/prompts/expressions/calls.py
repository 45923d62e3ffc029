"""The plain functions of the native path: they take a collection and the values of their arguments."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from homevisit.prompts.expressions.moments import Moment
from homevisit.prompts.expressions.nodes import DATES, Node, Unsure
from homevisit.prompts.expressions.operators import MOST_LETTERS, Items, bounded, divide, of_truth, sum_of, truth
from homevisit.prompts.expressions.scalars import Scalar, canonical, exact, number, order, raw_text, scalar

Plain = Callable[..., Items]
_WHOLE = r"[+-]?[0-9]+"
_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?"
_MOST_EXACT = 15  # digits that a JavaScript number holds for certain


def single(items: Items) -> object | None:
    if len(items) > 1:
        raise Unsure
    return items[0] if items else None


def _not(items: Items) -> Items:
    value = truth(items)
    return of_truth(None if value is None else not value)


def _to_integer(items: Items) -> Items:
    item = single(items)
    if item is None:
        return []
    value = scalar(item)
    if isinstance(value, str):
        if not re.fullmatch(_WHOLE, value):
            return []
        return [int(_short(value))]
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            raise Unsure  # 5.0 is an integer in an answer and none as a literal
        return []
    return [int(value)]


def _to_decimal(items: Items) -> Items:
    item = single(items)
    if item is None:
        return []
    value = scalar(item)
    if isinstance(value, str):
        return [canonical(exact(_short(value)))] if re.fullmatch(_NUMBER, value) else []
    return [int(value) if isinstance(value, bool) else value]


def _short(digits: str) -> str:
    if len(digits) > _MOST_EXACT:
        raise Unsure
    return digits


def _to_string(items: Items) -> Items:
    item = single(items)
    if item is None:
        return []
    if isinstance(item, Moment):
        return [str(item)]
    if type(item) is Node and item.kind in DATES:
        return [raw_text(item)]
    return [_printed(scalar(item))]


def _printed(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal) and not Decimal("1E-6") <= abs(value) < 10**15:
        raise Unsure  # printed with an exponent, or not
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _on_text(function: Callable[[str], Scalar]) -> Plain:
    def call(items: Items) -> Items:
        item = single(items)
        return [] if item is None else [function(_plain(raw_text(item)))]

    return call


def _on_texts(function: Callable[[str, str], Scalar]) -> Plain:
    def call(items: Items, argument: Items) -> Items:
        item, other = single(items), single(argument)
        if other is not None:
            raw_text(other)  # a number as argument is an error, also on an empty collection
        return [] if item is None or other is None else [function(raw_text(item), raw_text(other))]

    return call


def _plain(text: str) -> str:
    # Case, length and places are counted otherwise beyond ASCII.
    if not text.isascii():
        raise Unsure
    return text


def _substring(items: Items, start: Items, length: Items | None = None) -> Items:
    item, first = single(items), single(start)
    if length is not None and not length:
        raise Unsure
    if item is None or first is None:
        return []
    text, begin = _plain(raw_text(item)), _index(first)
    if not 0 <= begin < len(text):
        return []
    if length is None:
        return [text[begin:]]
    count = _index(single(length))
    if count < 0:
        raise Unsure
    return [text[begin : begin + count]]


def _index(item: object) -> int:
    value = scalar(item)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unsure
    return value


def _join(items: Items, separator: Items | None = None) -> Items:
    texts = [raw_text(item) for item in items]
    between = "" if separator is None else raw_text(single(separator))
    if sum(map(len, texts)) + len(between) * len(texts) > MOST_LETTERS:
        raise Unsure
    return [between.join(texts)] if texts else []


def _rounded(mode: str) -> Plain:
    def call(items: Items) -> Items:
        item = single(items)
        return [] if item is None else [canonical(Decimal(number(item)).to_integral_value(mode))]

    return call


def _round(items: Items, places: Items | None = None) -> Items:
    digits = 0 if places is None else _index(single(places))
    item = single(items)
    if not 0 <= digits <= 8:
        raise Unsure
    if item is None:
        return []
    return [canonical(Decimal(number(item)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))]


def _power(items: Items, exponent: Items) -> Items:
    item, times = single(items), single(exponent)
    if item is None or times is None:
        return []
    count = _index(times)
    base = Decimal(number(item))
    if not 0 < count <= 4 or len(base.as_tuple().digits) * count > 28:
        raise Unsure
    return [canonical(base**count)]


def _abs(items: Items) -> Items:
    item = single(items)
    return [] if item is None else [canonical(abs(Decimal(number(item))))]


def _extreme(sign: int) -> Plain:
    def call(items: Items) -> Items:
        found: Items = items[:1]
        for each in items[1:]:
            found = [each] if order(each, found[0]) * sign > 0 else found
        if len(items) == 1:
            scalar(items[0])
        return found

    return call


def _average(items: Items) -> Items:
    return divide(sum_of(items), [len(items)])


def _all_are(wanted: bool) -> Plain:
    def call(items: Items) -> Items:
        return [all(_strictly(item) is wanted for item in items)]

    return call


def _any_is(wanted: bool) -> Plain:
    def call(items: Items) -> Items:
        return [any(_strictly(item) is wanted for item in items)]

    return call


def _strictly(item: object) -> bool:
    value = scalar(item)
    if not isinstance(value, bool):
        raise Unsure
    return value


def _take(items: Items, count: Items) -> Items:
    return items[: max(_index(single(count)), 0)]


def _skip(items: Items, count: Items) -> Items:
    return items[max(_index(single(count)), 0) :]


def _single(items: Items) -> Items:
    single(items)
    return items


def _combine(items: Items, others: Items) -> Items:
    return bounded([*items, *others])


CALLS: dict[str, Plain] = {
    "empty": lambda items: [not items],
    "exists": lambda items: [bool(items)],
    "count": lambda items: [len(items)],
    "not": _not,
    "first": lambda items: items[:1],
    "last": lambda items: items[-1:],
    "tail": lambda items: items[1:],
    "single": _single,
    "take": _take,
    "skip": _skip,
    "combine": _combine,
    "sum": sum_of,
    "min": _extreme(-1),
    "max": _extreme(1),
    "avg": _average,
    "allTrue": _all_are(wanted=True),
    "allFalse": _all_are(wanted=False),
    "anyTrue": _any_is(wanted=True),
    "anyFalse": _any_is(wanted=False),
    "toInteger": _to_integer,
    "toDecimal": _to_decimal,
    "toString": _to_string,
    "lower": _on_text(str.lower),
    "upper": _on_text(str.upper),
    "length": _on_text(len),
    "startsWith": _on_texts(str.startswith),
    "endsWith": _on_texts(str.endswith),
    "contains": _on_texts(lambda text, part: part in text),
    "substring": _substring,
    "join": _join,
    "round": _round,
    "power": _power,
    "abs": _abs,
    "ceiling": _rounded(ROUND_CEILING),
    "floor": _rounded(ROUND_FLOOR),
    "truncate": _rounded(ROUND_DOWN),
}
