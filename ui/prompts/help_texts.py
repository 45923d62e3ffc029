"""The help texts under a prompt's words; they may come and go with other answers, such as the baby's age."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from homevisit.prompts.evaluate import ItemState
from ui.prompts.rich_words import state_words
from ui.tokens import Space
from ui.widgets.surface import column
from ui.widgets.text import WrappedText


class HelpTexts(QWidget):
    """Shows the texts that are enabled now."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[WrappedText] = []
        self._said: tuple[str, ...] = ()
        self._body: QVBoxLayout = column(gap=Space.XS)
        self.setLayout(self._body)

    def show_texts(self, texts: tuple[ItemState, ...]) -> None:
        said = tuple(text.label for text in texts)
        if said == self._said:
            return
        self._said = said
        for label in self._labels:
            label.hide()
            label.deleteLater()
        self._labels = [state_words(text, "help") for text in texts]
        for label in self._labels:
            self._body.addWidget(label)
        self.setVisible(bool(texts))
