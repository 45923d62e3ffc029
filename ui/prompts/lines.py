"""Answers of one line: addresses, numbers, times, dates in words. What cannot be read is kept as typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.checking import Problem
from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item, Kind
from homevisit.prompts.values import typed
from ui.prompts.control import PromptControl
from ui.prompts.reading_lines import Answers, bare, read_date, read_line, shown
from ui.prompts.spoken_dates import interpret
from ui.prompts.wording import ROOM, date_words, no_date_words, part_words
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.fields import LineText
from ui.widgets.surface import row
from ui.widgets.text import TextLabel
from ui.words import tr

Today = Callable[[], date]
_WIDTHS = {Kind.INTEGER: 160, Kind.DECIMAL: 160, Kind.TIME: 160, Kind.DATE: 320, Kind.DATE_TIME: 320}


class LinePrompt(PromptControl):
    """One line: an address, a number, a time, a moment."""

    def __init__(self, item: Item, name: str, *, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self.today = today
        self.line = LineText(name, placeholder=item.entry_format or _example(item.kind))
        self.line.edited.connect(lambda text: self.answer_given.emit(self._read(text)))
        if item.kind in _WIDTHS:
            self.line.setMaximumWidth(theme_now().px(_WIDTHS[item.kind]))
        line = row(gap=Space.S)
        line.addWidget(self.line, 1000)  # up to its width, before the empty place beside it
        if item.unit:
            line.addWidget(TextLabel(item.unit, "soft"))
        if item.unit or item.kind in _WIDTHS:
            line.addStretch(1)
        self.setLayout(line)
        self.setFocusProxy(self.line)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")

    @override
    def show_state(self, state: ItemState) -> None:
        self.show_read_only(state)
        if self._read(self.line.value()) != bare(state.answers):
            self.line.show_value(shown(state.answers))

    @override
    def can_undo(self) -> bool:
        return self.line.isUndoAvailable()

    def show_read_only(self, state: ItemState) -> None:
        if self.line.isReadOnly() != state.item.read_only:
            self.line.setReadOnly(state.item.read_only)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)

    def _read(self, text: str) -> Answers:
        return (read_line(self._item, text, self.today()),) if text.strip() else ()


class DatePrompt(LinePrompt):
    """A date in figures or words; the day that was understood stands below it."""

    def __init__(self, item: Item, name: str, *, today: Today, born: date | None = None) -> None:
        self._born = born
        self._note = ""
        super().__init__(item, name, today=today)

    @override
    def show_state(self, state: ItemState) -> None:
        super().show_state(state)
        self._note = _understood(state.answers, self.today())

    @override
    def note(self) -> str:
        return self._note

    @override
    def explain(self, problem: Problem, item: Item) -> str:
        if problem.code != "not-understood":
            return super().explain(problem, item)
        return no_date_words(interpret(self.line.value(), self.today(), born=self._born).problem)

    @override
    def _read(self, text: str) -> Answers:
        return (read_date(text, self.today(), self._born),) if text.strip() else ()


def _understood(answers: Answers, today: date) -> str:
    found = typed(answers[0]) if answers else None
    if found is None or found[0] != "Date":
        return ""
    try:
        return date_words(date.fromisoformat(str(found[1])), today)
    except ValueError:
        return part_words(str(found[1]))


def _example(kind: Kind) -> str:
    if kind is Kind.DATE:
        return tr(ROOM, "For example: 1/3/26, 3 weeks ago, tomorrow")
    if kind is Kind.DATE_TIME:
        return tr(ROOM, "For example: yesterday 14:30")
    return tr(ROOM, "For example: 9:30") if kind is Kind.TIME else ""
