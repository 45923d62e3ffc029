"""Values on their way into and out of the embedded engine: numbers as texts, nodes as places in their document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from homevisit.prompts import fhir_json
from homevisit.prompts.expressions.moments import KINDS, Moment
from homevisit.prompts.expressions.refusals import ExpressionFault

Place = tuple[str | int, ...]
UCUM = "http://unitsofmeasure.org"
_WELL_KNOWN = (
    ("Quantity", frozenset({"value", "unit"})),
    ("Quantity", frozenset({"value", "code"})),
    ("Reference", frozenset({"reference"})),
    ("Coding", frozenset({"code"})),
    ("Coding", frozenset({"display"})),
)


def places_in(document: object, name: str) -> dict[int, Place]:
    """Where each object of a document lies, by its identity."""
    found: dict[int, Place] = {}
    waiting: list[tuple[object, Place]] = [(document, (name,))]
    while waiting:
        value, place = waiting.pop()
        if not isinstance(value, Mapping):
            continue
        found[id(value)] = place
        for key, below in value.items():
            each = below if isinstance(below, list | tuple) else (below,)
            waiting.extend((item, (*place, key, index)) for index, item in enumerate(each))
    return found


def at(document: object, place: Sequence[object]) -> object:
    """What lies at a place of a document, the name of the document left out."""
    for key, index in zip(place[::2], place[1::2], strict=True):
        if not isinstance(document, Mapping) or key not in document:
            raise ExpressionFault("failed", "the result is no part of the response")
        document = document[key]
        if isinstance(document, list | tuple):
            document = document[int(str(index))]
    return document


def inward(value: object, places: Mapping[int, Place]) -> object:
    """A value as the bridge takes it."""
    match value:
        case None | bool():
            return value
        case Moment():
            return {"text": str(value), "moment": value.kind}
        case str():
            return value
        case int() | Decimal() | float():
            return {"number": str(value)}
        case Mapping():
            place = places.get(id(value))
            return {"at": place} if place else {"data": value, "type": shape_of(value)}
    raise ExpressionFault("failed", f"a value of the type {type(value).__name__} has no place in an expression")


def outward(value: object, documents: Mapping[str, object]) -> object:
    """A value that the bridge gave, as the rest of the program takes it."""
    if not isinstance(value, dict):
        return value
    if "at" in value:
        name, *place = value["at"]
        return typed(at(documents[name], place), value.get("type"))
    if "number" in value:
        return number(value["number"])
    if "text" in value:
        return Moment(value["text"], value["moment"])
    if "amount" in value:
        return _quantity(value["amount"], value["unit"])
    return fhir_json.plain(value["data"])


def typed(value: object, kind: object) -> object:
    """A primitive of a document with its FHIR type: dates know what they are, decimals are exact numbers."""
    if isinstance(value, str) and kind in KINDS:
        return Moment(value, str(kind))
    if kind == "decimal" and isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            return value  # a response from elsewhere may hold anything
        return found if found.is_finite() else value
    return value


def number(text: str) -> int | Decimal:
    """An integer where the text is one; a fault for what is no number any more (1 / 0, the root of a negative)."""
    if text.lstrip("-").isdigit():
        return int(text)
    found = Decimal(text)
    if not found.is_finite():
        raise ExpressionFault("failed", "the result is not a number")
    return found


def clock(now: object) -> dict[str, str] | None:
    """The moment in the texts that now(), today() and timeOfDay() give."""
    if not isinstance(now, datetime):
        return None
    moment = now if now.tzinfo else now.astimezone()
    text = moment.isoformat(timespec="milliseconds")
    return {"now": text, "today": text[:10], "time": text[11:23]}


def values_of(given: object) -> Iterable[object]:
    """The values of a variable, which may also be given bare."""
    return given if isinstance(given, list | tuple) else () if given is None else (given,)


def shape_of(value: Mapping[str, object]) -> str | None:
    """The FHIR type of an object of which only its elements are known, as far as they tell."""
    if "resourceType" in value:
        return None  # the engine sees that itself
    if "linkId" in value:
        return "Questionnaire.item" if "type" in value else "QuestionnaireResponse.item"
    if "url" in value and any(key.startswith("value") for key in value):
        return "Extension"
    if any(key.startswith("value") and key != "value" for key in value):
        return "QuestionnaireResponse.item.answer"
    return next((kind for kind, keys in _WELL_KNOWN if keys <= value.keys()), None)


def _quantity(amount: str, unit: str) -> dict[str, object]:
    if not unit.startswith("'"):
        return {"value": amount, "unit": unit}
    code = unit.strip("'")
    return {"value": amount, "unit": code, "system": UCUM, "code": code}
