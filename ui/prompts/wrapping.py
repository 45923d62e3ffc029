"""Breaks words into lines for buttons, which Qt never wraps by itself."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics


def wrapped(words: str, metrics: QFontMetrics, width: int) -> str:
    """The words with line breaks where the width ends, ready for a button (no letter becomes a shortcut)."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= max(60, width):
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return "\n".join(lines).replace("&", "&&")
