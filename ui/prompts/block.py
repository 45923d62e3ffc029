"""One prompt on the screen: its words, its help, the control, and what is to be said beside it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.paths import Path, path_text
from homevisit.prompts.terms import Control
from homevisit.prompts.values import answered_at
from ui.prompts.beside import BesideControl
from ui.prompts.filling import Filling
from ui.prompts.help_texts import HelpTexts
from ui.prompts.kinds import control_for
from ui.prompts.rich_words import show_words, state_words
from ui.prompts.wording import ROOM, time_words
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
        state = filling.state(path)
        self.control = control_for(state.item, filling)
        self._words: WrappedText | None = None
        self._time: TextLabel | None = None
        self._about: Well | None = None
        self._beside: BesideControl | None = None
        self._help: HelpTexts | None = None
        self._body: QVBoxLayout = column(gap=Space.XS)
        self._head: QHBoxLayout = row(gap=Space.S)
        self._lay_out(state)
        self.setObjectName(object_name(path))
        self.control.setObjectName(f"{object_name(path)}.control")
        self.control.answer_given.connect(lambda answers: filling.answer(path, answers))
        filling.changed.connect(self._on_changed)
        self.show_occurrence()

    def show_occurrence(self) -> None:
        """Show the occurrence as it stands."""
        state = self._filling.state(self.path)
        if self._words is not None:
            show_words(self._words, state)
        help_words = self._show_help()
        self.control.show_state(state)
        note, problem = self.control.note(), self._problems(state)
        self._show_beside(state, note, problem)
        self._show_time(_local_time(state))
        origin = self._beside.spoken(state) if self._beside is not None else ""
        spoken = " ".join(filter(None, (problem, note, origin, help_words)))
        (self.control.focusProxy() or self.control).setAccessibleDescription(spoken)

    def _on_changed(self, changed: frozenset[Path]) -> None:
        """A help text may follow the answer to another prompt."""
        state = self._filling.session.find(self.path)
        if state is not None and (self.path in changed or not changed.isdisjoint(state.children)):
            self.show_occurrence()

    def _problems(self, state: ItemState) -> str:
        named = self._filling.names_missing
        problems = (p for p in state.problems if named or p.code != "required")
        return " ".join(filter(None, (self.control.explain(problem, state.item) for problem in problems)))

    def _lay_out(self, state: ItemState) -> None:
        if not self.control.says_its_prompt:
            self._lay_out_head(state)
        for extra in filter(None, (make(self.path) for make in self._filling.extras)):
            self._body.addWidget(extra)
        self._body.addWidget(self.control)
        self.setLayout(self._body)

    def _lay_out_head(self, state: ItemState) -> None:
        self._words = state_words(state, "label")
        self._words.setBuddy(self.control)
        self._head.addWidget(self._words, 1)
        self._body.addLayout(self._head)
        more = self._texts_beside(Control.FLYOVER)
        if more or state.item.looks.support_link:
            self._head.addWidget(self._about_button(state, more))

    def _texts_beside(self, control: Control) -> tuple[ItemState, ...]:
        children = (self._filling.session.find(child) for child in self._filling.state(self.path).children)
        return tuple(each for each in children if each and each.shown and each.item.control == control)

    def _about_button(self, state: ItemState, texts: Iterable[ItemState]) -> IconButton:
        button = IconButton("info", tr(ROOM, "About this prompt"))
        button.setAccessibleName(tr(ROOM, "About: {prompt}", prompt=state.label))
        button.setObjectName(f"{object_name(self.path)}.about")
        button.setCheckable(True)
        button.toggled.connect(lambda shown: self._show_about(shown, state, texts))
        return button

    def _show_about(self, shown: bool, state: ItemState, texts: Iterable[ItemState]) -> None:
        if self._about is None:
            self._about = Well(*(state_words(text, "soft") for text in texts))
            if link := state.item.looks.support_link:
                self._about.body.addWidget(WrappedText(tr(ROOM, "More about this: {link}", link=link), "caption"))
            self._body.insertWidget(1, self._about)
        self._about.setVisible(shown)

    def _show_help(self) -> str:
        """The help of this moment; gives its words."""
        texts = self._texts_beside(Control.HELP)
        if self._help is None and texts:
            self._help = HelpTexts()
            self._body.insertWidget(0 if self.control.says_its_prompt else 1, self._help)
        if self._help is not None:
            self._help.show_texts(texts)
        return " ".join(text.words for text in texts)

    def _show_time(self, words: str) -> None:
        if self._time is None and words and not self.control.says_its_prompt:
            self._time = TextLabel("", "caption")
            self._head.insertWidget(1, self._time)
        if self._time is not None:
            self._time.setText(words)

    def _show_beside(self, state: ItemState, note: str, problem: str) -> None:
        needed = BesideControl.is_needed(state, note, problem, filling=self._filling)
        if self._beside is None and needed:
            self._beside = BesideControl(self._filling)
            self._beside.setObjectName(f"{object_name(self.path)}.beside")
            self._body.addWidget(self._beside)
        if self._beside is not None:
            self._beside.show_state(state, note=note, problem=problem)
            self._beside.setVisible(needed)


def _local_time(state: ItemState) -> str:
    """When the last of the answers was given."""
    return time_words(max((answered_at(answer) or "" for answer in state.answers), default=""))
