"""Words of a prompt set on the screen: as rich text where the engine handed out safe markup, plain everywhere else."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt

from homevisit.prompts.evaluate import ItemState
from ui.widgets.text import WrappedText


def state_words(state: ItemState, style: str) -> WrappedText:
    """A label with the words of an occurrence."""
    label = WrappedText("", style)
    show_words(label, state)
    return label


def show_words(label: WrappedText, state: ItemState) -> None:
    """Put the words of an occurrence on its label; calculated words have no markup."""
    rich = state.item.looks.rich if state.words == state.item.text else ""
    words = _numbered(state.item.prefix, rich) if rich else state.label
    if label.text() != words:
        label.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        label.setText(words)


def _numbered(prefix: str, rich: str) -> str:
    """The number of a prompt goes into its first paragraph."""
    if not prefix:
        return rich
    number = html.escape(prefix)
    return f"<p>{number} {rich[3:]}" if rich.startswith("<p>") else f"{number} {rich}"
