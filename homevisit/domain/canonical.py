"""Canonical JSON: the one byte form that is hashed and signed (the RFC 8785 form of what entries may hold).

Allowed are null, booleans, integers within ±(2**53 − 1), strings without lone surrogates, lists, and objects
with ASCII keys. Floats are refused, since their text differs between languages: decimals travel as strings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from homevisit.errors import HomeVisitError

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
JsonObject = dict[str, object]
LARGEST_INTEGER = 2**53 - 1
DEEPEST = 32


def canonical(value: object) -> bytes:
    """The canonical UTF-8 bytes of a JSON value; ``entry.not_canonical`` if it holds what may not be signed."""
    _check(value, depth=0)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def digest(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _check(value: object, *, depth: int) -> None:
    if depth > DEEPEST:
        raise HomeVisitError("entry.not_canonical", why="too deep")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int):
        _check_integer(value)
    elif isinstance(value, Mapping):
        _check_object(value, depth=depth)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth=depth + 1)
    elif value is not None:
        raise HomeVisitError("entry.not_canonical", why=type(value).__name__)


def _check_object(value: Mapping[object, object], *, depth: int) -> None:
    for key, item in value.items():
        if not isinstance(key, str) or not key.isascii():
            raise HomeVisitError("entry.not_canonical", why="key")
        _check(item, depth=depth + 1)


def _check_integer(value: int) -> None:
    if abs(value) > LARGEST_INTEGER:
        raise HomeVisitError("entry.not_canonical", why="integer out of range")


def _check_text(value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise HomeVisitError("entry.not_canonical", why="lone surrogate") from None
