"""What may stand under a control: what is wrong, what was understood, where the answer comes from, how it is known.

Each part is made when it is first needed: most prompts of a long page never need one.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.known_by import asks_known_by, known_by
from ui.prompts.filling import Filling
from ui.prompts.known_by import KnownByLine
from ui.prompts.worked_out import WorkedOutLine, worked_out_words
from ui.tokens import Space
from ui.widgets.surface import column
from ui.widgets.text import WrappedText


class BesideControl(QWidget):
    """Shown under a control where there is something to say."""

    def __init__(self, filling: Filling) -> None:
        super().__init__()
        self._filling = filling
        self._body: QVBoxLayout = column(gap=Space.XS)
        self._problem: WrappedText | None = None
        self._note: WrappedText | None = None
        self._worked_out: WorkedOutLine | None = None
        self._known: KnownByLine | None = None
        self.setLayout(self._body)

    @staticmethod
    def is_needed(state: ItemState, *said: str, filling: Filling) -> bool:
        """Whether anything stands there."""
        asked = state.answered and asks_known_by(filling.session.questionnaire, state.item.link_id)
        return any(said) or state.calculated or asked

    def show_state(self, state: ItemState, *, note: str, problem: str) -> None:
        self._problem = self._say(self._problem, problem, "problem")
        self._note = self._say(self._note, note, "help")
        self._show_worked_out(state)
        self._show_known(state)

    def spoken(self, state: ItemState) -> str:
        """What a screen reader adds of where the answer comes from."""
        return worked_out_words(state) if state.calculated and (state.answered or state.overridden) else ""

    def _say(self, label: WrappedText | None, words: str, style: str) -> WrappedText | None:
        if label is None and words:
            label = WrappedText("", style)
            self._body.insertWidget(0 if style == "problem" else self._body.count(), label)
        if label is not None:
            label.setText(words)
            label.setVisible(bool(words))
        return label

    def _show_worked_out(self, state: ItemState) -> None:
        shown = state.calculated and (state.answered or state.overridden)
        if self._worked_out is None and shown:
            self._worked_out = WorkedOutLine(state.label)
            self._worked_out.setObjectName(f"{self.objectName()}.worked-out")
            self._worked_out.taken_back.connect(lambda: self._filling.answer(state.path, ()))
            self._body.addWidget(self._worked_out)
        if self._worked_out is not None:
            self._worked_out.show_state(state)
            self._worked_out.setVisible(shown)

    def _show_known(self, state: ItemState) -> None:
        shown = state.answered and asks_known_by(self._filling.session.questionnaire, state.item.link_id)
        if self._known is None and shown:
            self._known = KnownByLine(state.label)
            self._known.setObjectName(f"{self.objectName()}.known-by")
            self._known.given.connect(lambda known: self._filling.say_known_by(state.path, known))
            self._body.addWidget(self._known)
        if self._known is not None:
            self._known.show_known(known_by(state.answers))
            self._known.setVisible(shown)
