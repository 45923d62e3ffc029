"""One prompt on the screen: its words, its help, the control, and what is wrong beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from homevisit.clock import parse_instant
from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item
from homevisit.prompts.paths import Path, path_text
from homevisit.prompts.terms import Control
from homevisit.prompts.values import answered_at
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
    """Shows one occurrence of a question and gives its answers to the filling. Labels that are rarely needed are made
    when there is something to say: a long page is built of many blocks.
    """

    def __init__(self, path: Path, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._filling = filling
        item = filling.state(path).item
        self.control = control_for(item, filling)
        self._note: WrappedText | None = None
        self._problem: WrappedText | None = None
        self._time: TextLabel | None = None
        self._about: Well | None = None
        self._help: tuple[str, ...] = ()
        self._body: QVBoxLayout = column(gap=Space.XS)
        self._head: QHBoxLayout = row(gap=Space.S)
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
        note, problem = self.control.note(), self._problems(state)
        self._problem = self._say(self._problem, problem, "problem")
        self._note = self._say(self._note, note, "help")
        self._show_time(_local_time(state))
        spoken = " ".join(filter(None, (problem, note, *self._help)))
        (self.control.focusProxy() or self.control).setAccessibleDescription(spoken)

    def _on_changed(self, changed: frozenset[Path]) -> None:
        if self.path in changed and self._filling.session.find(self.path) is not None:
            self.show_occurrence()

    def _problems(self, state: ItemState) -> str:
        named = self._filling.names_missing
        problems = (p for p in state.problems if named or p.code != "required")
        return " ".join(filter(None, (self.control.explain(problem, state.item) for problem in problems)))

    def _lay_out(self, item: Item) -> None:
        self._help = self._texts_beside(Control.HELP)
        more = self._texts_beside(Control.FLYOVER)
        if not self.control.says_its_prompt:
            self._body.addLayout(self._head)
            words = WrappedText(item.label, "label")
            words.setBuddy(self.control)
            self._head.addWidget(words, 1)
            if more:
                self._head.addWidget(self._about_button(item, more))
        for text in self._help:
            self._body.addWidget(WrappedText(text, "help"))
        for extra in filter(None, (make(self.path) for make in self._filling.extras)):
            self._body.addWidget(extra)
        self._body.addWidget(self.control)
        self.setLayout(self._body)

    def _texts_beside(self, control: Control) -> tuple[str, ...]:
        children = (self._filling.session.find(child) for child in self._filling.state(self.path).children)
        return tuple(each.item.text for each in children if each and each.shown and each.item.control == control)

    def _about_button(self, item: Item, texts: Iterable[str]) -> IconButton:
        button = IconButton("info", tr(ROOM, "About this prompt"))
        button.setAccessibleName(tr(ROOM, "About: {prompt}", prompt=item.label))
        button.setObjectName(f"{object_name(self.path)}.about")
        button.setCheckable(True)
        button.toggled.connect(lambda shown: self._show_about(shown, texts))
        return button

    def _show_about(self, shown: bool, texts: Iterable[str]) -> None:
        if self._about is None:
            self._about = Well(*(WrappedText(text, "soft") for text in texts))
            self._body.insertWidget(1, self._about)
        self._about.setVisible(shown)

    def _show_time(self, words: str) -> None:
        if self._time is None and words and not self.control.says_its_prompt:
            self._time = TextLabel("", "caption")
            self._head.insertWidget(1, self._time)
        if self._time is not None:
            self._time.setText(words)

    def _say(self, label: WrappedText | None, words: str, style: str) -> WrappedText | None:
        if label is None and words:
            label = WrappedText("", style)
            self._body.insertWidget(self._body.indexOf(self.control) + 1, label)
        if label is not None:
            label.setText(words)
            label.setVisible(bool(words))
        return label


def _local_time(state: ItemState) -> str:
    stamps = [stamp for answer in state.answers if (stamp := answered_at(answer))]
    if not stamps:
        return ""
    try:
        moment: datetime = parse_instant(max(stamps))
    except ValueError:
        return ""
    return moment.astimezone().strftime("%H:%M")
