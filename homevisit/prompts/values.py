"""Single answers: their types, equality and order as R4 and the project's fixed meanings define them, their text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from homevisit.prompts.addresses import OVERRIDDEN
from homevisit.prompts.items import Answer, Kind
from homevisit.prompts.terms import ANSWERED_AT, AS_TYPED

TYPE_OF: Mapping[Kind, str] = {
    Kind.BOOLEAN: "Boolean",
    Kind.DECIMAL: "Decimal",
    Kind.INTEGER: "Integer",
    Kind.DATE: "Date",
    Kind.DATE_TIME: "DateTime",
    Kind.TIME: "Time",
    Kind.STRING: "String",
    Kind.TEXT: "String",
    Kind.URL: "Uri",
    Kind.CHOICE: "Coding",
    Kind.OPEN_CHOICE: "Coding",
    Kind.QUANTITY: "Quantity",
    Kind.REFERENCE: "Reference",
    Kind.ATTACHMENT: "Attachment",
}
_NUMBERS = ("Decimal", "Integer")
_MOMENTS = ("Date", "DateTime")
_TEXTS = ("String", "Uri")


def typed(answer: Answer) -> tuple[str, object] | None:
    """``("Coding", {...})``; None for an answer that has no value."""
    for key, value in answer.items():  # asked so often that a generator would be felt
        if key.startswith("value"):
            return key[5:], value
    return None


def has_content(answer: Answer) -> bool:
    """Whether anything was answered, be it only a text that could not be understood."""
    return typed(answer) is not None or as_typed(answer) is not None


def text_answer(text: str) -> Answer:
    return {"valueString": text}


def boolean_answer(value: bool) -> Answer:
    return {"valueBoolean": value}


def coding_answer(system: str, code: str, display: str = "") -> Answer:
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return {"valueCoding": coding}


def typed_answer(text: str) -> Answer:
    """What was typed but could not be understood: kept as it stands and never taken for a value."""
    return {"extension": [{"url": AS_TYPED, "valueString": text}]}


def as_typed(answer: Answer) -> str | None:
    """The text of :func:`typed_answer`."""
    return _extension(answer, AS_TYPED)


def answered_at(answer: Answer) -> str | None:
    """The instant at which the answer was last changed, if it was kept."""
    return _extension(answer, ANSWERED_AT)


def stamped(answer: Answer, instant: str) -> Answer:
    """The answer with the instant of its last change."""
    found = answer.get("extension")
    others = [e for e in found if e.get("url") != ANSWERED_AT] if isinstance(found, list) else []
    return {**answer, "extension": [*others, {"url": ANSWERED_AT, "valueInstant": instant}]}


def overriding(answer: Answer) -> Answer:
    """The answer marked as a person's own in the place of a calculated one."""
    found = answer.get("extension")
    others = [e for e in found if e.get("url") != OVERRIDDEN] if isinstance(found, list) else []
    return {**answer, "extension": [*others, {"url": OVERRIDDEN, "valueBoolean": True}]}


def is_overridden(answer: Answer) -> bool:
    """Whether :func:`overriding` marked the answer."""
    return _extension(answer, OVERRIDDEN) == "True"


def same_answers(left: Sequence[Answer], right: Sequence[Answer]) -> bool:
    """Whether the values are the same, whatever is kept beside them."""
    return len(left) == len(right) and all(typed(a) == typed(b) for a, b in zip(left, right, strict=True))


def same(left: Answer, right: Answer) -> bool:
    """Equality of two answers: codings by system and code, numbers by value, the rest by text."""
    return compare(left, right) == 0


def compare(left: Answer, right: Answer) -> int | None:
    """Negative, zero or positive; None where the two are neither equal nor in an order."""
    first, second = typed(left), typed(right)
    if first is None or second is None:
        return None
    for types, comparison in _COMPARISONS:
        if first[0] in types and second[0] in types:
            return comparison(first[1], second[1])
    return None


def number(value: object) -> Decimal | None:
    """The number a JSON value stands for."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def answer_text(answer: Answer) -> str:
    """The answer in words, as it is read back."""
    found = typed(answer)
    if found is None:
        return as_typed(answer) or ""
    kind, value = found
    if isinstance(value, Mapping):
        if kind == "Quantity":
            return f"{value.get('value', '')} {value.get('unit') or value.get('code') or ''}".strip()
        return str(value.get("display") or value.get("code") or value.get("reference") or "")
    if kind == "Boolean":
        return "Yes" if value else "No"
    return _date_text(str(value)) if kind == "Date" else str(value)


def is_well_formed(answer: Answer) -> bool:
    """Whether the value is one of its type (a real date, a real number)."""
    found = typed(answer)
    return found is not None and _WELL_FORMED.get(found[0], _is_mapping)(found[1])


def _extension(answer: Answer, url: str) -> str | None:
    found = answer.get("extension")
    if not isinstance(found, list):
        return None
    values = (typed(e) for e in found if isinstance(e, Mapping) and e.get("url") == url)
    return next((str(value[1]) for value in values if value), None)


def _date_text(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def _order(left: object, right: object) -> int | None:
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, bool | Decimal) and isinstance(right, bool | Decimal):
        return (left > right) - (left < right)
    return None


def _compare_numbers(left: object, right: object) -> int | None:
    first, second = number(left), number(right)
    return None if first is None or second is None else _order(first, second)


def _compare_codings(left: object, right: object) -> int | None:
    if not isinstance(left, Mapping) or not isinstance(right, Mapping):
        return None
    systems = [coding["system"] for coding in (left, right) if coding.get("system")]
    if systems and systems[0] != systems[-1]:
        return None
    key = "code" if left.get("code") or right.get("code") else "display"
    return 0 if left.get(key) == right.get(key) else None


def _compare_references(left: object, right: object) -> int | None:
    if not isinstance(left, Mapping) or not isinstance(right, Mapping):
        return None
    return 0 if left.get("reference") and left.get("reference") == right.get("reference") else None


def _compare_quantities(left: object, right: object) -> int | None:
    if not isinstance(left, Mapping) or not isinstance(right, Mapping):
        return None
    for key in ("system", "code"):
        if left.get(key) and right.get(key) and left[key] != right[key]:
            return None
    if not (left.get("code") and right.get("code")) and left.get("unit") != right.get("unit"):
        return None
    return _compare_numbers(left.get("value"), right.get("value"))


def _compare_moments(left: object, right: object) -> int | None:
    first, second = str(left), str(right)
    both_timed = "T" in first and "T" in second
    if both_timed:
        first, second = _in_utc(first), _in_utc(second)
    precision = min(len(first), len(second)) if not both_timed else None
    return _order(first[:precision], second[:precision])


def _in_utc(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _is_moment(value: object) -> bool:
    text = str(value)
    padded = text + "-01" * ((10 - len(text)) // 3) if len(text) in (4, 7) else text
    try:
        datetime.fromisoformat(padded)
    except ValueError:
        return False
    return len(text) in (4, 7, 10) or "T" in text


def _is_date(value: object) -> bool:
    return isinstance(value, str) and "T" not in value and _is_moment(value)


def _is_time(value: object) -> bool:
    try:
        time.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return number(value) is not None


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_quantity(value: object) -> bool:
    return isinstance(value, Mapping) and _is_number(value.get("value"))


def _is_boolean(value: object) -> bool:
    return isinstance(value, bool)


_Comparison = Callable[[object, object], int | None]
_COMPARISONS: tuple[tuple[tuple[str, ...], _Comparison], ...] = (
    (_NUMBERS, _compare_numbers),
    (("Coding",), _compare_codings),
    (("Quantity",), _compare_quantities),
    (_MOMENTS, _compare_moments),
    (_TEXTS, _order),
    (("Boolean",), _order),
    (("Time",), _order),
    (("Reference",), _compare_references),
)
_WELL_FORMED: Mapping[str, Callable[[object], bool]] = {
    "Boolean": _is_boolean,
    "Decimal": _is_number,
    "Integer": _is_integer,
    "Date": _is_date,
    "DateTime": _is_moment,
    "Time": _is_time,
    "String": _is_text,
    "Uri": _is_text,
    "Quantity": _is_quantity,
}
