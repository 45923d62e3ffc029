"""JSON from outside, read so that two programs can never understand the same bytes differently."""

from __future__ import annotations

import json
import re
from itertools import compress
from operator import not_

import orjson

from homevisit.domain.canonical import DEEPEST, LARGEST_INTEGER, LONGEST_TEXT, JsonObject, canonical, check_texts
from homevisit.errors import HomeVisitError

# The closing quote is optional, so that an unterminated text is skipped once and not searched again from every quote.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_ONE_BRACKET = bytes.maketrans(b"[]{}", b"()()")
_LONGEST_INTEGER = len(str(LARGEST_INTEGER)) + 1


class _RefusedError(ValueError):
    """Raised inside the decoder's hooks; never leaves this module."""


def read_object(data: bytes, *, code: str) -> JsonObject:
    """The object that the bytes hold; anything that is not plain, unambiguous JSON is refused with ``code``."""
    _check_depth(data, code=code)
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_number,
            parse_constant=_no_number,
            parse_int=_integer,
        )
    except ValueError as problem:
        why = str(problem) if isinstance(problem, _RefusedError) else "not JSON"
        raise HomeVisitError(code, why=why) from None
    if not isinstance(value, dict):
        raise HomeVisitError(code, why="not an object")
    if len(data) > LONGEST_TEXT:
        check_texts(value, code=code)
    return value


def read_canonical(data: bytes, *, code: str) -> JsonObject:
    """As :func:`read_object`, and the bytes are exactly the canonical form of what they hold."""
    quickly = _read_quickly(data)
    return _read_thoroughly(data, code=code) if quickly is None else quickly


def _read_thoroughly(data: bytes, *, code: str) -> JsonObject:
    value = read_object(data, code=code)
    try:
        same = canonical(value) == data
    except HomeVisitError:
        same = False
    if not same:
        raise HomeVisitError(code, why="not canonical")
    return value


def check_unambiguous(data: bytes, *, deepest: int, code: str) -> None:
    """Refuse JSON that two programs could understand differently: keys twice, nesting without end. Fractions may be."""
    _check_depth(data, code=code, deepest=deepest)
    try:
        json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number)
    except ValueError as problem:
        why = str(problem) if isinstance(problem, _RefusedError) else "not JSON"
        raise HomeVisitError(code, why=why) from None


def _read_quickly(data: bytes) -> JsonObject | None:
    """The object, where the native reader and writer leave no doubt; None is no verdict: it is read thoroughly then.

    Ten times quicker for a long body. What is the same when written again had sorted keys, none twice, no blanks and
    the one escape for each character; depth, fractions and keys are judged by what stands outside the texts.
    """
    if len(data) > LONGEST_TEXT or not _plain_structure(data):
        return None
    try:
        value = orjson.loads(data)
        same = orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER) == data
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None
    return value if same and isinstance(value, dict) else None


def _plain_structure(data: bytes) -> bool:
    """Whether, if this is JSON at all, it is nested no deeper than allowed, has whole numbers only and ASCII keys."""
    if b"\\" in data:
        # What stands for a backslash or a quote goes, so that every quote that is left begins or ends a text.
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    pieces = data.split(b'"')
    words = b"".join(pieces[::2]).translate(_ONE_BRACKET, b",:0123456789-")
    for word in (b"true", b"false", b"null"):
        words = words.replace(word, b"")
    if words.translate(None, b"()") or not _is_shallow(words):
        return False
    # What stands after a text tells a key; most bodies have few texts beyond ASCII, and most of those are notes.
    following = compress(pieces[2::2], map(not_, map(bytes.isascii, pieces[1::2])))
    return not any(after.startswith(b":") for after in following)


def _is_shallow(brackets: bytes) -> bool:
    """Each round takes the innermost level away."""
    for _ in range(DEEPEST):
        if not brackets:
            return True
        brackets = brackets.replace(b"()", b"")
    return not brackets


def _check_depth(data: bytes, *, code: str, deepest: int = DEEPEST + 1) -> None:
    # Before the decoder sees it: the decoder recurses, and a few thousand brackets would exhaust the stack.
    depth = 0
    for token in _TOKEN.finditer(data):
        first = data[token.start()]
        if first in b"[{":
            depth += 1
            if depth > deepest:
                raise HomeVisitError(code, why="too deep")
        elif first in b"]}":
            depth -= 1


def _object(pairs: list[tuple[str, object]]) -> JsonObject:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError("duplicate key")
    return found


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER or abs(int(digits)) > LARGEST_INTEGER:
        raise _RefusedError("integer out of range")
    return int(digits)


def _no_number(_text: str) -> object:
    raise _RefusedError("not an integer")
