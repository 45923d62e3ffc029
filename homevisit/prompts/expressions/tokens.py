"""Cuts a FHIRPath expression into tokens, by the lexical rules of the grammar that fhirpath.js 5.1.1 uses."""

from __future__ import annotations

import re
from typing import NamedTuple

from homevisit.prompts.expressions.refusals import ExpressionRefused

_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_TIME = r"\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_KINDS = (
    ("space", r"[ \r\n\t]+|/\*.*?\*/|//[^\r\n]*"),
    ("dateTime", rf"@{_DATE}T(?:{_TIME}(?:Z|[+-]\d{{2}}:\d{{2}})?)?"),
    ("time", rf"@T{_TIME}"),
    ("date", rf"@{_DATE}"),
    ("long", r"\d+L"),
    ("number", r"\d+\.\d+|\d+"),
    ("string", r"'(?:\\.|[^'\\])*'"),
    ("delimited", r"`(?:\\.|[^`\\])*`"),
    ("special", r"\$(?:this|index|total)(?![A-Za-z0-9_])"),
    ("word", r"[A-Za-z_][A-Za-z0-9_]*"),
    ("sign", r"<=|>=|!=|!~|[-+*/&|<>=~().,\[\]{}%:]"),
)
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS), re.DOTALL | re.ASCII)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")
_ESCAPES = {"r": "\r", "n": "\n", "t": "\t", "f": "\f"}


class Token(NamedTuple):
    """``kind`` is one of the names above, or ``end``; strings and delimited names are without quotes and escapes."""

    kind: str
    text: str
    place: int


def tokens_of(text: str) -> list[Token]:
    """All tokens with an ``end`` behind them; refused where a character begins none."""
    found, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise ExpressionRefused("syntax", f"nothing begins with {text[place]!r} (character {place + 1})")
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(Token(kind, _plain(kind, match.group()), place))
        place = match.end()
    return [*found, Token("end", "", place)]


def _plain(kind: str, text: str) -> str:
    return _ESCAPE.sub(_unescaped, text[1:-1]) if kind in ("string", "delimited") else text


def _unescaped(match: re.Match[str]) -> str:
    escaped = match.group(1)
    return chr(int(escaped[1:], 16)) if len(escaped) == 5 else _ESCAPES.get(escaped, escaped)
