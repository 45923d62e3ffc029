"""What is wrong with the answers to one item: codes only, the window has the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from homevisit.prompts import patterns
from homevisit.prompts.items import Answer, Item, Kind
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


def problems_of(item: Item, answers: Sequence[Answer]) -> tuple[Problem, ...]:
    """The problems of one enabled question, each once."""
    found = [*_of_count(item, len(answers)), *_of_exclusive(item, answers)]
    for answer in answers:
        found.extend(_of_answer(item, answer))
    return tuple(dict.fromkeys(found))


def problems_of_group(item: Item, *, filled: int, repeats: int) -> tuple[Problem, ...]:
    """The problems of a group, said at its first occurrence; ``filled`` counts occurrences with an answer.
    A required group that holds a required question lacks that question, which says so itself.
    """
    says_it_inside = any(below.required for below in item.walk() if below is not item)
    found = [_required(item)] if item.required and not filled and not says_it_inside else []
    if repeats > 1 and not item.repeats:
        found.append(Problem("not-repeating"))
    most = item.limits.max_occurs
    if most is not None and filled > most:
        found.append(Problem("maxOccurs", str(most)))
    return tuple(found)


def _of_minimum(item: Item, count: int) -> Iterator[Problem]:
    if item.required and not count:
        yield _required(item)
    elif 0 < count < item.limits.min_occurs or (item.required and count < item.limits.min_occurs):
        yield Problem("minOccurs", str(item.limits.min_occurs), blocking=not item.hidden)


def _required(item: Item) -> Problem:
    return Problem("required-hidden", blocking=False) if item.hidden else Problem("required")


def _of_count(item: Item, count: int) -> Iterator[Problem]:
    yield from _of_minimum(item, count)
    most = item.limits.max_occurs
    if count > 1 and not item.repeats:
        yield Problem("not-repeating")
    if most is not None and count > most:
        yield Problem("maxOccurs", str(most))


def _of_exclusive(item: Item, answers: Sequence[Answer]) -> Iterator[Problem]:
    exclusive = [option.answer for option in item.options if option.exclusive]
    if len(answers) > 1 and any(same(answer, option) for answer in answers for option in exclusive):
        yield Problem("optionExclusive")


def _of_answer(item: Item, answer: Answer) -> Iterator[Problem]:
    if typed(answer) is None:
        if as_typed(answer) is not None:
            yield Problem("not-understood")
        return
    if not _has_right_type(item, answer) or not is_well_formed(answer):
        yield Problem("wrong-type")
        return
    for check in _CHECKS:
        yield from check(item, answer)


def _has_right_type(item: Item, answer: Answer) -> bool:
    found = typed(answer)
    kind = found[0] if found else ""
    if item.kind in CHOICES:
        return True
    if item.kind is Kind.DECIMAL:
        return kind in ("Decimal", "Integer")
    return kind == TYPE_OF[item.kind]


def _options(item: Item, answer: Answer) -> Iterator[Problem]:
    if item.kind not in CHOICES or not item.options:
        return
    found = typed(answer)
    free = item.kind is Kind.OPEN_CHOICE and found is not None and found[0] == "String"
    if not free and not any(same(option.answer, answer) for option in item.options):
        yield Problem("not-an-option")


def _length(item: Item, answer: Answer) -> Iterator[Problem]:
    if item.kind not in (Kind.STRING, Kind.TEXT, Kind.URL):
        return
    length, limits = len(answer_text(answer)), item.limits
    if limits.max_length is not None and length > limits.max_length:
        yield Problem("maxLength", str(limits.max_length))
    if length < limits.min_length:
        yield Problem("minLength", str(limits.min_length))


def _pattern(item: Item, answer: Answer) -> Iterator[Problem]:
    if item.limits.pattern and not patterns.matches_whole(item.limits.pattern, answer_text(answer)):
        yield Problem("regex")


def _range(item: Item, answer: Answer) -> Iterator[Problem]:
    least, most = item.limits.min_value, item.limits.max_value
    if least is not None and (compare(answer, least) or 0) < 0:
        yield Problem("minValue", answer_text(least))
    if most is not None and (compare(answer, most) or 0) > 0:
        yield Problem("maxValue", answer_text(most))


def _decimals(item: Item, answer: Answer) -> Iterator[Problem]:
    most = item.limits.max_decimal_places
    found = number(typed(answer)[1]) if most is not None and typed(answer) else None  # type: ignore[index]
    if most is not None and found is not None and _places(found) > most:
        yield Problem("maxDecimalPlaces", str(most))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


_CHECKS: tuple[Callable[[Item, Answer], Iterator[Problem]], ...] = (_options, _length, _pattern, _range, _decimals)
