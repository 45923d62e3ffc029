"""Results of two engines in one form, so that they can be compared: numbers by value, objects element by element."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def comparable(value: object) -> object:
    """What an engine of ours or the Node program gave, in the common form."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return ("number", Decimal(str(value)).normalize())
    if isinstance(value, str):
        return str(value).replace("-00:00", "+00:00")  # the reference engine writes the zone of London so
    if isinstance(value, list | tuple):
        return [comparable(each) for each in value]
    if isinstance(value, dict):
        return _object(value)
    return value


def _object(value: dict[str, object]) -> object:
    match value:
        case {"number": str(text)}:
            return comparable(Decimal(text))
        case {"data": dict(data)}:
            return comparable(data)
        case {"amount": str(amount), "unit": str(unit)}:
            return {"value": comparable(Decimal(amount)), "unit": unit.strip("'")}
    return {
        key: _decimal(each) if key in ("value", "valueDecimal") else comparable(each) for key, each in value.items()
    }


def _decimal(value: object) -> object:
    # The program keeps decimals as texts.
    try:
        return comparable(Decimal(value)) if isinstance(value, str) else comparable(value)
    except InvalidOperation:
        return comparable(value)
