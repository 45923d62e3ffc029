"""The contract of every answer widget: it shows a state and says what a person answered; it knows no session."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from homevisit.prompts.checking import Problem
from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item
from ui.prompts.wording import problem_words


class PromptControl(QWidget):
    """``answer_given`` carries a tuple of answers, empty where the answer was taken back. A control that
    ``says_its_prompt`` shows the words of the prompt itself.
    """

    answer_given = Signal(object)
    says_its_prompt = False

    def show_state(self, state: ItemState) -> None:
        """Render the answers; never emits, and leaves cursor and undo alone where nothing changed."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the keyboard where answering begins."""
        self.setFocus()

    def flush(self) -> None:
        """Give away what was typed but not yet announced."""

    def can_undo(self) -> bool:
        """Whether Ctrl+Z would bring something back here: then the widget is kept while the page scrolls."""
        return False

    def note(self) -> str:
        """What to say under the control besides problems, such as the day that was understood."""
        return ""

    def explain(self, problem: Problem, item: Item) -> str:
        """A problem in words."""
        return problem_words(problem, item)
