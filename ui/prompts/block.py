"""One prompt on the screen: its words, its help, the control, and what is wrong beside it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from homevisit.clock import parse_instant
from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item
from homevisit.prompts.paths import Path, path_text
from homevisit.prompts.terms import Control
from homevisit.prompts.values import answered_at
from ui.prompts.choice import TickPrompt
from ui.prompts.filling import Filling
from ui.prompts.kinds import control_for
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.buttons import IconButton
from ui.widgets.surface import Well, column, row
from ui.widgets.text import TextLabel, WrappedText
from ui.words import tr


def object_name(path: Path) -> str:
    """The stable name of what shows an occurrence, ``prompts.step1/step1.consent``."""
    return f"prompts.{path_text(path)}"


class PromptBlock(QWidget):
    """Shows one occurrence of a question and gives its answers to the filling."""

    def __init__(self, path: Path, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._filling = filling
        item = filling.state(path).item
        self.control = control_for(item, filling)
        self._note = WrappedText("", "help")
        self._problem = WrappedText("", "problem")
        self._time = TextLabel("", "caption")
        self._more = Well()
        self._lay_out(item)
        self.setObjectName(object_name(path))
        self.control.setObjectName(f"{object_name(path)}.control")
        self.control.answer_given.connect(lambda answers: filling.answer(path, answers))
        filling.changed.connect(self._on_changed)
        self.show_occurrence()

    def show_occurrence(self) -> None:
        """Show the occurrence as it stands."""
        state = self._filling.state(self.path)
        self.control.show_state(state)
        self._say(self._note, self.control.note())
        self._say(self._problem, self._problems(state))
        self._time.setText(_local_time(state))
        spoken = " ".join(filter(None, (self._problem.text(), self._note.text(), *self._help)))
        (self.control.focusProxy() or self.control).setAccessibleDescription(spoken)

    def _on_changed(self, changed: frozenset[Path]) -> None:
        if self.path in changed:
            self.show_occurrence()

    def _problems(self, state: ItemState) -> str:
        named = self._filling.names_missing
        problems = (p for p in state.problems if named or p.code != "required")
        return " ".join(filter(None, (self.control.explain(problem, state.item) for problem in problems)))

    def _lay_out(self, item: Item) -> None:
        state = self._filling.session.state()
        self._help = state.texts_beside(self.path, Control.HELP)
        more = state.texts_beside(self.path, Control.FLYOVER)
        body = column(gap=Space.XS)
        if not isinstance(self.control, TickPrompt):
            body.addLayout(self._head(item, has_more=bool(more)))
        for text in self._help:
            body.addWidget(WrappedText(text, "help"))
        for text in more:
            self._more.body.addWidget(WrappedText(text, "soft"))
        self._more.hide()
        extras = (make(self.path) for make in self._filling.extras)
        for part in (self._more, *filter(None, extras), self.control, self._note, self._problem):
            body.addWidget(part)
        self.setLayout(body)

    def _head(self, item: Item, *, has_more: bool) -> QHBoxLayout:
        words = WrappedText(item.label, "label")
        words.setBuddy(self.control)
        line = row(gap=Space.S)
        line.addWidget(words, 1)
        line.addWidget(self._time)
        if has_more:
            line.addWidget(self._more_button(item))
        return line

    def _more_button(self, item: Item) -> IconButton:
        button = IconButton("info", tr(ROOM, "About this prompt"))
        button.setAccessibleName(tr(ROOM, "About: {prompt}", prompt=item.label))
        button.setObjectName(f"{object_name(self.path)}.about")
        button.setCheckable(True)
        button.toggled.connect(self._more.setVisible)
        return button

    @staticmethod
    def _say(label: WrappedText, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))


def _local_time(state: ItemState) -> str:
    stamps = [stamp for answer in state.answers if (stamp := answered_at(answer))]
    if not stamps:
        return ""
    try:
        moment: datetime = parse_instant(max(stamps))
    except ValueError:
        return ""
    return moment.astimezone().strftime("%H:%M")
