"""What is wrong with the answers to one item: codes only, the window has the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from homevisit.prompts import addressing, patterns
from homevisit.prompts.items import Answer, Item, Kind, Limits
from homevisit.prompts.raw import text, whole
from homevisit.prompts.values import TYPE_OF, answer_text, as_typed, compare, is_well_formed, number, same, typed

CHOICES = (Kind.CHOICE, Kind.OPEN_CHOICE)


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that the answers break. ``limit`` is what the rule asks for; ``blocking`` is False where the fault is
    the form's and no person can mend it.
    """

    code: str
    limit: str = ""
    blocking: bool = True


def problems_of(item: Item, answers: Sequence[Answer], limits: Limits | None = None) -> tuple[Problem, ...]:
    """The problems of one enabled question, each once; ``limits`` stand in the place of the item's own."""
    held = limits or item.limits
    found = [*_of_count(item, len(answers)), *_of_exclusive(item, answers)]
    for answer in answers:
        found.extend(_of_answer(item, answer, held))
    return tuple(dict.fromkeys(found))


def problems_of_group(item: Item, *, filled: int, repeats: int) -> tuple[Problem, ...]:
    """The problems of a group, said at its first occurrence; ``filled`` counts occurrences with an answer.
    A required group that holds a required question lacks that question, which says so itself.
    """
    says_it_inside = any(below.required for below in item.walk() if below is not item)
    found = [_required(item)] if item.required and not filled and not says_it_inside else []
    if 0 < filled < item.limits.min_occurs:
        found.append(Problem("minOccurs", str(item.limits.min_occurs), blocking=not item.hidden))
    if repeats > 1 and not item.repeats:
        found.append(Problem("not-repeating"))
    found.extend(_of_maximum(item, filled))
    return tuple(found)


def _of_minimum(item: Item, count: int) -> Iterator[Problem]:
    if item.required and not count:
        yield _required(item)
    elif 0 < count < item.limits.min_occurs or (item.required and count < item.limits.min_occurs):
        yield Problem("minOccurs", str(item.limits.min_occurs), blocking=not item.hidden)


def _required(item: Item) -> Problem:
    if item.hidden:
        return Problem("required-hidden", blocking=False)
    # What nobody can give here must not stop anybody.
    return Problem("required", blocking=item.can_be_given or not item.is_question)


def _of_count(item: Item, count: int) -> Iterator[Problem]:
    yield from _of_minimum(item, count)
    if count > 1 and not item.repeats:
        yield Problem("not-repeating")
    yield from _of_maximum(item, count)


def _of_maximum(item: Item, count: int) -> Iterator[Problem]:
    most = item.limits.max_occurs
    # At most none would be a question that nobody may answer: a slip of the author, named at load.
    if most and count > most:
        yield Problem("maxOccurs", str(most))


def _of_exclusive(item: Item, answers: Sequence[Answer]) -> Iterator[Problem]:
    exclusive = [option.answer for option in item.options if option.exclusive]
    if len(answers) > 1 and any(same(answer, option) for answer in answers for option in exclusive):
        yield Problem("optionExclusive")


def _of_answer(item: Item, answer: Answer, limits: Limits) -> Iterator[Problem]:
    if typed(answer) is None:
        if as_typed(answer) is not None:
            yield Problem("not-understood")
        return
    if not _has_right_type(item, answer) or not is_well_formed(answer):
        yield Problem("wrong-type")
        return
    yield from _options(item, answer)
    for check in _CHECKS:
        yield from check(item, answer, limits)


def _has_right_type(item: Item, answer: Answer) -> bool:
    found = typed(answer)
    kind = found[0] if found else ""
    if item.kind in CHOICES:
        return True
    if item.kind is Kind.DECIMAL:
        return kind in ("Decimal", "Integer")
    return kind == TYPE_OF[item.kind]


def _options(item: Item, answer: Answer) -> Iterator[Problem]:
    if not item.options:
        return
    found = typed(answer)
    free = item.kind is Kind.OPEN_CHOICE and found is not None and found[0] == "String"
    if not free and not any(same(option.answer, answer) for option in item.options):
        yield Problem("not-an-option")


def _length(item: Item, answer: Answer, limits: Limits) -> Iterator[Problem]:
    if item.kind not in (Kind.STRING, Kind.TEXT, Kind.URL):
        return
    length = len(answer_text(answer))
    if limits.max_length is not None and length > limits.max_length:
        yield Problem("maxLength", str(limits.max_length))
    if length < limits.min_length:
        yield Problem("minLength", str(limits.min_length))


def _pattern(item: Item, answer: Answer, limits: Limits) -> Iterator[Problem]:
    if limits.pattern and item.can_be_given and not patterns.matches_whole(limits.pattern, answer_text(answer)):
        yield Problem("regex")


def _range(item: Item, answer: Answer, limits: Limits) -> Iterator[Problem]:
    for code, limit in (("minValue", limits.min_value), ("maxValue", limits.max_value)):
        if limit is None:
            continue
        order = compare(answer, limit)
        if order is not None and (order < 0 if code == "minValue" else order > 0):
            yield Problem(code, answer_text(limit))
        if item.kind is Kind.QUANTITY and not (_is_coded(answer) and _is_coded(limit) and order is not None):
            # Only amounts in coded units can be told apart for certain; the form's author alone can mend it.
            yield Problem("unit-not-comparable", answer_text(limit), blocking=False)


def _is_coded(answer: Answer) -> bool:
    found = typed(answer)
    return found is not None and isinstance(found[1], Mapping) and bool(found[1].get("code"))


def _decimals(_: Item, answer: Answer, limits: Limits) -> Iterator[Problem]:
    most, found = limits.max_decimal_places, typed(answer)
    if most is None or found is None:
        return
    value = found[1].get("value") if isinstance(found[1], Mapping) else found[1]
    amount = number(value)
    if amount is not None and _places(amount) > most:
        yield Problem("maxDecimalPlaces", str(most))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _units(item: Item, answer: Answer, _: Limits) -> Iterator[Problem]:
    """A quantity must be in one of the units that the form names with a system and a code."""
    found = typed(answer)
    if item.kind is not Kind.QUANTITY or len(item.units) < 2 or found is None or not isinstance(found[1], Mapping):
        return
    given = found[1]
    if not any(_is_unit(given, unit) for unit in item.units):
        yield Problem("unit-not-allowed", ", ".join(text(unit, "display") or text(unit, "code") for unit in item.units))


def _is_unit(given: Mapping[str, object], unit: Mapping[str, object]) -> bool:
    if given.get("code") and unit.get("code"):
        return given["code"] == unit["code"] and given.get("system", unit.get("system")) == unit.get("system")
    return given.get("unit") in (unit.get("display"), unit.get("code"))


def _address(item: Item, answer: Answer, _: Limits) -> Iterator[Problem]:
    found = typed(answer)
    if item.kind is Kind.URL and found and not addressing.is_uri(str(found[1])):
        yield Problem("invalid-uri")
    if item.kind is Kind.REFERENCE and found and not addressing.is_reference(found[1]):
        yield Problem("reference-invalid")


def _attachment(item: Item, answer: Answer, limits: Limits) -> Iterator[Problem]:
    found = typed(answer)
    if item.kind is not Kind.ATTACHMENT or found is None or not isinstance(found[1], Mapping):
        return
    if limits.mime_types and found[1].get("contentType") not in limits.mime_types:
        yield Problem("attachment-mimetype", ", ".join(limits.mime_types), blocking=False)
    size = whole(found[1].get("size"))
    if limits.max_size is not None and size is not None and size > limits.max_size:
        yield Problem("attachment-size", str(limits.max_size), blocking=False)


_CHECKS: tuple[Callable[[Item, Answer, Limits], Iterator[Problem]], ...] = (
    _length,
    _pattern,
    _range,
    _decimals,
    _units,
    _address,
    _attachment,
)
