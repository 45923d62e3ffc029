"""Any text may be typed or pasted; the few characters that no file can carry are replaced visibly, and counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0\ufdd1]")
_NUL_PICTURE = "\u2400"
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text to keep, and how many characters had to be replaced."""

    text: str
    replaced: int = 0


def clean(text: str) -> Cleaned:
    """Make a text safe to keep.

    NUL becomes its picture (U+2400); half of a surrogate pair and the two code points that Qt uses inside documents
    become U+FFFD; every line break becomes a line feed. Everything else is kept as it is.
    """
    lines = _one_line_break(_join_pairs(text))
    if _is_storable(lines):
        return Cleaned(lines)
    kept, count = _UNSTORABLE.subn(lambda found: _NUL_PICTURE if found[0] == "\x00" else _REPLACEMENT, lines)
    return Cleaned(kept, count)


def _one_line_break(text: str) -> str:
    """Every line break as a line feed; replacing by string is forty times as fast as by pattern (1 MB: 4 ms)."""
    for line_break in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(line_break, "\n")
    return text


def _join_pairs(text: str) -> str:
    """Two halves that belong together make one character; Qt may hand them over separately."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass") if _has_half(text) else text


def _is_storable(text: str) -> bool:
    return not (_has_half(text) or any(letter in text for letter in ("\x00", "\ufdd0", "\ufdd1")))


def _has_half(text: str) -> bool:
    """Whether half of a surrogate pair is in a text: then, and only then, it cannot be encoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
