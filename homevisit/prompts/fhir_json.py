"""FHIR JSON in and out without ever holding a float: a decimal is kept as the text in which it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from homevisit.domain.canonical import JsonObject
from homevisit.errors import HomeVisitError

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_QUANTITIES = frozenset({"valueQuantity", "answerQuantity", "low", "high", "numerator", "denominator"})
_DECIMALS = frozenset({"valueDecimal", "answerDecimal"})
DEEPEST = 64


class _Number(str):
    """A number token of the file, told apart from a string only until it has been placed."""


def parse(data: bytes | str) -> JsonObject:
    """The object in some FHIR JSON, decimals as strings; ``prompts.unreadable`` for anything else."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        value = json.loads(text, parse_float=_Number, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise HomeVisitError("prompts.unreadable", why="not JSON") from None
    if not isinstance(value, dict):
        raise HomeVisitError("prompts.unreadable", why="not an object")
    return plain(value)


def plain(value: Mapping[str, object]) -> JsonObject:
    """A deep copy of an already parsed object, decimals brought to text; floats become their shortest text."""
    return {key: _placed(each, parent="", key=key, depth=1) for key, each in value.items()}


def write(value: Mapping[str, object]) -> bytes:
    """FHIR JSON in UTF-8 of an object that :func:`parse` gave, decimals as number tokens again."""
    return _written(value, parent="", key="").encode("utf-8", "replace")


def is_decimal_place(parent: str, key: str) -> bool:
    """Whether FHIR has a decimal under this key, seen from the key that holds the object."""
    return key in _DECIMALS or (key == "value" and parent in _QUANTITIES)


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _placed(value: object, *, parent: str, key: str, depth: int) -> object:
    if depth > DEEPEST:
        raise HomeVisitError("prompts.unreadable", why="too deep")
    # Exact types first: a large form is placed in a tenth of the time that looking for a Mapping takes.
    if type(value) is str or value is None or isinstance(value, bool):
        return value
    if type(value) is dict or isinstance(value, Mapping):
        return {k: _placed(v, parent=key, key=k, depth=depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_placed(v, parent=parent, key=key, depth=depth + 1) for v in value]
    if isinstance(value, int | float) and is_decimal_place(parent, key):
        return repr(value)
    return _token(value)


def _token(value: object) -> object:
    # A fraction where FHIR R4 Questionnaires have none (an unknown extension, say) is kept as text as well.
    if isinstance(value, _Number | float):
        return str(value)
    return value


def _written(value: object, *, parent: str, key: str) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(str(k))}:{_written(v, parent=key, key=str(k))}" for k, v in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ",".join(_written(v, parent=parent, key=key) for v in value) + "]"
    if isinstance(value, str) and is_decimal_place(parent, key) and _NUMBER.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
