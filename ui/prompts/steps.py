"""The pages of a form as a row of buttons that wraps: each says what is open or faulty on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.prompts.completion import Count
from ui.prompts.flow import flowing
from ui.prompts.wording import count_words
from ui.tokens import Space
from ui.widgets.surface import row


class StepBar(QWidget):
    """``chosen`` carries the number of a page."""

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = [self._button(number) for number in range(count)]
        self.setLayout(row(flowing(*self._buttons, gap=Space.S), margin=Space.M))

    def show_page(self, number: int, title: str, count: Count, *, shown: bool) -> None:
        """Say what stands on a page, or hide its button where it has nothing to show."""
        button, words = self._buttons[number], count_words(count)
        button.setText(f"{title}\n{words}".replace("&", "&&"))
        button.setAccessibleName(f"{title}: {words}")
        button.setHidden(not shown)

    def show_current(self, at: int) -> None:
        for number, button in enumerate(self._buttons):
            button.setChecked(number == at)

    def buttons(self) -> Sequence[QPushButton]:
        return self._buttons

    def _button(self, number: int) -> QPushButton:
        button = QPushButton()
        button.setProperty("kind", "step")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.setObjectName(f"prompts.step.{number + 1}")
        button.clicked.connect(lambda: self.chosen.emit(number))
        return button
