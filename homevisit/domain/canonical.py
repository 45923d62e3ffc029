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
# A pasted note section may be 1 MB of any characters, and escapes lengthen it: four times that is certainly enough.
LONGEST_TEXT = 4 * 1024 * 1024


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> bytes:
    """The canonical UTF-8 bytes of a JSON value; ``entry.not_canonical`` if it holds what may not be signed."""
    _check(value, 0)
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError:
        raise HomeVisitError("entry.not_canonical", why="lone surrogate") from None


def digest(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def check_texts(value: object, *, code: str) -> None:
    """Refuse a value with a text that no reader would take: what is signed must be able to leave."""
    if isinstance(value, str):
        # At most four bytes each, so most texts are judged by their length alone.
        if len(value) > LONGEST_TEXT // 4 and len(value.encode("utf-8", "surrogatepass")) > LONGEST_TEXT:
            raise HomeVisitError(code, why="text too long")
    elif isinstance(value, dict):
        for key, item in value.items():
            check_texts(key, code=code)
            check_texts(item, code=code)
    elif isinstance(value, list | tuple):
        for item in value:
            check_texts(item, code=code)


def _check(value: object, depth: int) -> None:
    """Texts are most of what there is, and are judged when they are encoded."""
    if depth > DEEPEST:
        raise HomeVisitError("entry.not_canonical", why="too deep")
    if value is None or isinstance(value, str):
        return
    if isinstance(value, dict):
        _check_keys(value)
        for item in value.values():
            _check(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)
    else:
        _check_integer(value)


def _check_keys(value: dict[object, object]) -> None:
    if not all(isinstance(key, str) and key.isascii() for key in value):
        raise HomeVisitError("entry.not_canonical", why="key")


def _check_integer(value: object) -> None:
    if not isinstance(value, int):
        raise HomeVisitError("entry.not_canonical", why=type(value).__name__)
    if abs(value) > LARGEST_INTEGER:
        raise HomeVisitError("entry.not_canonical", why="integer out of range")
