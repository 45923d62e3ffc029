"""A score on the page: its number, how many are answered, the band with its source. No colour says good or bad."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item
from homevisit.prompts.paths import Path
from homevisit.prompts.scoring import Score, score_at
from ui.prompts.choice import ChoicePrompt
from ui.prompts.control import PromptControl
from ui.prompts.filling import Filling
from ui.prompts.lines import LinePrompt
from ui.prompts.score_words import (
    band_words,
    direction_words,
    missing_words,
    not_a_diagnosis,
    source_words,
    value_words,
)
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.surface import column
from ui.widgets.text import WrappedText
from ui.words import tr


class ScoreFacts(QWidget):
    """What stands below a score: its band, that it is no diagnosis, what higher means, and the source."""

    def __init__(self) -> None:
        super().__init__()
        self._band = WrappedText("", "strong")
        self._meaning = WrappedText("", "soft")
        self._source = WrappedText("", "caption")
        self.setLayout(column(self._band, self._meaning, self._source, gap=Space.XS))

    def show_score(self, score: Score) -> None:
        """Only a score that is there has a band and a meaning."""
        _say(self._band, tr(ROOM, "Published band: {band}", band=band_words(score.band)) if score.band else "")
        meaning = f"{not_a_diagnosis()} {direction_words(score.direction)}"
        _say(self._meaning, missing_words(score) or (meaning if score.value is not None else ""))
        _say(self._source, source_words(score) if score.value is not None else "")


class ComputedScore(PromptControl):
    """A score that follows from the answers: it is read, never typed."""

    def __init__(self, item: Item, filling: Filling) -> None:
        super().__init__()
        self._item = item
        self._filling = filling
        self._path: Path = ()
        self._value = WrappedText("", "prompt")
        self._facts = ScoreFacts()
        self.setLayout(column(self._value, self._facts, gap=Space.XS))
        self.setAccessibleName(item.label)
        filling.changed.connect(self._render)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._value.setObjectName(f"{name}.value")

    @override
    def show_state(self, state: ItemState) -> None:
        self._path = state.path
        self._render()

    def _render(self) -> None:
        """Any answer may have been counted, so this listens to all of them."""
        score = _score_now(self._filling, self._path)
        if score is not None:
            self._value.setText(value_words(score))
            self._facts.show_score(score)


class EnteredScore(PromptControl):
    """A score that is copied from a form on paper: a line to type in, or grades to tap, and what is known about it."""

    def __init__(self, item: Item, filling: Filling) -> None:
        super().__init__()
        self._filling = filling
        self._path: Path = ()

        def today() -> date:
            return filling.now().astimezone().date()

        self._line = ChoicePrompt(item, item.label) if item.options else LinePrompt(item, item.label, today=today)
        self._facts = ScoreFacts()
        self._line.answer_given.connect(self.answer_given)
        self.setLayout(column(self._line, self._facts, gap=Space.XS))
        self.setFocusProxy(self._line)
        filling.changed.connect(self._render)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._line.setObjectName(name)

    @override
    def show_state(self, state: ItemState) -> None:
        self._path = state.path
        self._line.show_state(state)
        self._render()

    def _render(self) -> None:
        """Which tool it is and what higher means may be answered elsewhere on the page."""
        score = _score_now(self._filling, self._path)
        if score is not None:
            self._facts.show_score(score)
            self._facts.setVisible(score.value is not None)

    @override
    def focus_first(self) -> None:
        self._line.focus_first()


def score_control(item: Item, filling: Filling) -> PromptControl:
    """The control of an item with the role ``score``."""
    return ComputedScore(item, filling) if item.read_only else EnteredScore(item, filling)


def _score_now(filling: Filling, path: Path) -> Score | None:
    state = filling.session.find(path) if path else None
    return score_at(filling.session.questionnaire, filling.session.state(), state) if state else None


def _say(label: WrappedText, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
