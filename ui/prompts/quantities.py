"""A number with its unit: the unit can be typed behind the number or chosen beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Answer, Item
from homevisit.prompts.values import typed
from ui.prompts.control import PromptControl
from ui.prompts.reading_lines import Answers, bare, read_quantity, shown, unit_words
from ui.prompts.wording import ROOM
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.fields import ChoiceBox, LineText
from ui.widgets.surface import row
from ui.widgets.text import TextLabel
from ui.words import tr

_WIDTH = 160


class QuantityPrompt(PromptControl):
    """A line for the number; one unit stands beside it, several can be chosen from."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: tuple[Answer, ...] = item.units or (({"display": item.unit},) if item.unit else ())
        self._answers: Answers = ()
        self.line = LineText(name, placeholder=item.entry_format)
        self.line.setMaximumWidth(theme_now().px(_WIDTH))
        self.line.edited.connect(lambda _: self._announce())
        self._choice: ChoiceBox | None = None
        line = row(self.line, gap=Space.S)
        if len(self._units) > 1:
            choices = [(str(number), unit_words(unit)) for number, unit in enumerate(self._units)]
            self._choice = ChoiceBox(tr(ROOM, "Unit of: {prompt}", prompt=name), choices)
            self._choice.chosen.connect(lambda _: self._announce())
            line.addWidget(self._choice)
        elif self._units:
            line.addWidget(TextLabel(unit_words(self._units[0]), "soft"))
        line.addStretch(1)
        self.setLayout(line)
        self.setFocusProxy(self.line)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")
        if self._choice is not None:
            self._choice.setObjectName(f"{name}.unit")

    @override
    def show_state(self, state: ItemState) -> None:
        self.line.setReadOnly(state.item.read_only)
        if self._choice is not None:
            self._choice.setEnabled(not state.item.read_only)
        self._answers = bare(state.answers)
        unit = self._unit_of(self._answers)
        if self._choice is not None and unit is not None:
            self._choice.show_value(str(unit))
        if self._read(self.line.value()) != self._answers:
            self.line.show_value(shown(state.answers))

    @override
    def can_undo(self) -> bool:
        return self.line.isUndoAvailable()

    def _announce(self) -> None:
        self.answer_given.emit(self._read(self.line.value()))

    def _read(self, text: str) -> Answers:
        return (read_quantity(text, self._units, self._chosen()),) if text.strip() else ()

    def _chosen(self) -> Answer | None:
        if self._choice is not None:
            return self._units[int(self._choice.value() or 0)]
        return self._units[0] if self._units else None

    def _unit_of(self, answers: Answers) -> int | None:
        """Which of the units an answer has."""
        found = typed(answers[0]) if answers else None
        if found is None or not isinstance(found[1], Mapping):
            return None
        words = found[1].get("unit") or found[1].get("code")
        return next((n for n, unit in enumerate(self._units) if words in (unit_words(unit), unit.get("code"))), None)
