"""A single box to tick: the prompt is its words, and not ticked is not answered."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item
from homevisit.prompts.values import boolean_answer
from ui.prompts.control import PromptControl
from ui.prompts.wrapping import wrapped
from ui.theme import theme_now
from ui.widgets.fields import CheckBox
from ui.widgets.surface import column

_BESIDE_WORDS = 48


class TickPrompt(PromptControl):
    """One box with the prompt as its words; not ticked is not answered."""

    says_its_prompt = True

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = item.label
        self._box = CheckBox(self._words.replace("&", "&&"))
        self._box.setAccessibleName(name)
        self._box.answered.connect(lambda ticked: self.answer_given.emit((boolean_answer(True),) if ticked else ()))
        self.setLayout(column(self._box))
        self.setFocusProxy(self._box)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._box.setObjectName(f"{name}.box")

    @override
    def show_state(self, state: ItemState) -> None:
        self._box.show_value(any(answer.get("valueBoolean") is True for answer in state.answers))
        self.setEnabled(not state.item.read_only)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = wrapped(self._words, self._box.fontMetrics(), self.width() - theme_now().px(_BESIDE_WORDS))
        if self._box.text() != shown:
            self._box.setText(shown)
