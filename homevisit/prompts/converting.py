"""What an expression gave, as answers to an item: only values that fit its type, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from homevisit.prompts.items import Answer, Item, Kind
from homevisit.prompts.raw import text
from homevisit.prompts.values import typed

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def answers_from(item: Item, values: Iterable[object]) -> tuple[Answer, ...]:
    """The answers; of an item that does not repeat the first one only."""
    convert = _CONVERTERS[item.kind]
    # Dates come as texts that know their type; what is kept is the bare text.
    bare = (str(value) if isinstance(value, str) else value for value in values)
    found = tuple(answer for value in bare if (answer := convert(item, value)) is not None)
    return found if item.repeats else found[:1]


def _nothing(_: Item, __: object) -> Answer | None:
    return None


def _boolean(_: Item, value: object) -> Answer | None:
    return {"valueBoolean": value} if isinstance(value, bool) else None


def _integer(_: Item, value: object) -> Answer | None:
    found = _number(value)
    return {"valueInteger": int(found)} if found is not None and found == found.to_integral_value() else None


def _decimal(_: Item, value: object) -> Answer | None:
    found = _number(value)
    return {"valueDecimal": decimal_text(found)} if found is not None else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    found = Decimal(value)
    return found if found.is_finite() else None


def decimal_text(value: Decimal) -> str:
    """The digits as they are, without an exponent."""
    return format(value, "f")


def _text(_: Item, value: object) -> Answer | None:
    return {"valueString": value} if isinstance(value, str) and value else None


def _uri(_: Item, value: object) -> Answer | None:
    return {"valueUri": value} if isinstance(value, str) and value else None


def _date(_: Item, value: object) -> Answer | None:
    if not isinstance(value, str):
        return None
    day = value.partition("T")[0]
    return {"valueDate": day} if _DATE.fullmatch(day) else None


def _moment(_: Item, value: object) -> Answer | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value.partition("T")[0]):
        return None
    return {"valueDateTime": value}


def _time(_: Item, value: object) -> Answer | None:
    if not isinstance(value, str) or not re.fullmatch(r"T?\d\d(:\d\d(:\d\d(\.\d+)?)?)?", value):
        return None
    parts = value.removeprefix("T").split(":")
    return {"valueTime": ":".join([*parts, *["00"] * (3 - len(parts))])}


def _choice(item: Item, value: object) -> Answer | None:
    """A coding, or the code or text of one of the options."""
    if isinstance(value, Mapping):
        concept = value.get("coding")
        coding = concept[0] if isinstance(concept, list) and concept else value
        kept = {key: coding[key] for key in ("system", "version", "code", "display") if coding.get(key)}
        return {"valueCoding": kept} if kept else None
    for option in item.options:
        found = typed(option.answer)
        if found and (found[1] == value or (isinstance(found[1], Mapping) and text(found[1], "code") == value)):
            return option.answer
    return None


def _open_choice(item: Item, value: object) -> Answer | None:
    return _choice(item, value) or _text(item, value)


def _quantity(item: Item, value: object) -> Answer | None:
    if isinstance(value, Mapping):
        return {"valueQuantity": dict(value)} if value.get("value") is not None else None
    found = _number(value)
    if found is None:
        return None
    unit = item.units[0] if len(item.units) == 1 else {}
    named = {"unit": text(unit, "display") or text(unit, "code"), "system": text(unit, "system")}
    more = {key: each for key, each in {**named, "code": text(unit, "code")}.items() if each}
    return {"valueQuantity": {"value": decimal_text(found), **more}}


_CONVERTERS: Mapping[Kind, Callable[[Item, object], Answer | None]] = {
    Kind.GROUP: _nothing,
    Kind.DISPLAY: _nothing,
    Kind.BOOLEAN: _boolean,
    Kind.DECIMAL: _decimal,
    Kind.INTEGER: _integer,
    Kind.DATE: _date,
    Kind.DATE_TIME: _moment,
    Kind.TIME: _time,
    Kind.STRING: _text,
    Kind.TEXT: _text,
    Kind.URL: _uri,
    Kind.CHOICE: _choice,
    Kind.OPEN_CHOICE: _open_choice,
    Kind.QUANTITY: _quantity,
    Kind.REFERENCE: _nothing,
    Kind.ATTACHMENT: _nothing,
}
