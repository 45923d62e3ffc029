"""Answers that nobody can give here: files, references, choices from lists that are not at hand. They are only read."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item
from homevisit.prompts.values import answer_text
from ui.prompts.control import PromptControl
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.surface import column
from ui.widgets.text import WrappedText
from ui.words import tr


class ReadPrompt(PromptControl):
    """Shows what is there, and says why nothing can be written."""

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = WrappedText("", "body")
        self.setLayout(column(self._words, gap=Space.XS))
        self.setAccessibleName(item.label)

    @override
    def show_state(self, state: ItemState) -> None:
        given = "; ".join(answer_text(answer) for answer in state.answers)
        self._words.setText(given or tr(ROOM, "This cannot be answered in this program; leave it."))
