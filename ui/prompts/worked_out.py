"""What stands under a calculated answer: that it is worked out, or that a person's own stands in its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.values import answer_text
from ui.prompts.flow import FlowLayout
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.buttons import QuietButton
from ui.widgets.text import TextLabel
from ui.words import tr


class WorkedOutLine(QWidget):
    """``taken_back`` asks for the worked-out answer again."""

    taken_back = Signal()

    def __init__(self, prompt: str) -> None:
        super().__init__()
        self._words = TextLabel("", "help")
        self._back = QuietButton(tr(ROOM, "Use the worked-out answer"), icon="undo-2")
        self._back.setAccessibleName(tr(ROOM, "Use the worked-out answer: {prompt}", prompt=prompt))
        self._back.clicked.connect(self.taken_back)
        self.setLayout(FlowLayout(self._words, self._back, gap=Space.S))

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._back.setObjectName(f"{name}.back")

    def show_state(self, state: ItemState) -> None:
        self._words.setText(worked_out_words(state))
        self._back.setVisible(state.overridden)


def worked_out_words(state: ItemState) -> str:
    """Where the answer comes from."""
    if state.overridden:
        given = "; ".join(answer_text(answer) for answer in state.calculation)
        if given:
            return tr(ROOM, "Written by you. Worked out from the other answers: {answer}", answer=given)
        return tr(ROOM, "Written by you. The other answers do not give one yet.")
    if state.item.read_only:
        return tr(ROOM, "Worked out from the other answers.")
    return tr(ROOM, "Worked out from the other answers. You can write another.")
