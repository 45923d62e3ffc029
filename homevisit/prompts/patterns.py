"""Which regular expressions may be run on what people type: only those that cannot take long.

Python's matcher has no time limit, so a pattern that could backtrack badly is refused when the set is loaded.
"""

from __future__ import annotations

import re

LONGEST_PATTERN = 300
LONGEST_TEXT = 500
_OPEN_ENDED = 3
_OPTIONAL = 10
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_ESCAPE = re.compile(r"\\.")
_UNSAFE = re.compile(r"\\[1-9]|\(\?(?!:)|\\[kK]")
_QUANTIFIED_GROUP = re.compile(r"\(([^()]*)\)(?:[*+]|\{\d+,?\d*\})")
_OPEN_ENDED_MARK = re.compile(r"[*+]|\{\d+,\d*\}")


def fault_of(pattern: str) -> str:
    """Why a pattern may not be run, ``regex-invalid`` or ``regex-not-safe``; empty if it may."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return "regex-invalid"
    return "" if _is_quick(pattern) else "regex-not-safe"


def matches_whole(pattern: str, text: str) -> bool:
    """Whether the whole text matches; a text over the longest that is checked never does."""
    return len(text) <= LONGEST_TEXT and re.fullmatch(pattern, text) is not None


def _is_quick(pattern: str) -> bool:
    if len(pattern) > LONGEST_PATTERN or _UNSAFE.search(pattern):
        return False
    bare = _ESCAPE.sub("x", _CLASS.sub("x", pattern))
    if len(_OPEN_ENDED_MARK.findall(bare)) > _OPEN_ENDED or bare.count("?") > _OPTIONAL:
        return False
    return not _repeats_a_choice(bare)


def _repeats_a_choice(bare: str) -> bool:
    """Whether a repeated group holds a choice or a further repeat: the shape of every runaway match."""
    while "(" in bare:
        if any(re.search(r"[*+?|{]", body) for body in _QUANTIFIED_GROUP.findall(bare)):
            return True
        # What a group varies inside stays visible to the group around it.
        reduced = re.sub(r"\((?:\?:)?([^()]*)\)", lambda m: "x?" if re.search(r"[*+?|{]", m[1]) else "x", bare)
        if reduced == bare:
            return True
        bare = reduced
    return False
