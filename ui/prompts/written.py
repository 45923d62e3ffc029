"""Answers that are written: texts that grow, numbers, times and dates in the words people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.checking import Problem
from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Answer, Item, Kind
from homevisit.prompts.values import answer_text, as_typed, date_answer, number, text_answer, typed, typed_answer
from ui.prompts.control import PromptControl
from ui.prompts.spoken_dates import interpret, interpret_time
from ui.prompts.wording import ROOM, date_words, no_date_words, short_date
from ui.widgets.fields import LineText
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.surface import column, row
from ui.widgets.text import TextLabel
from ui.words import tr

_LONG = 20_000
_LONG_PAUSE_MS = 250


class TextPrompt(PromptControl):
    """A text of any length. A very long one is announced when typing pauses, so that typing stays quick."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = GrowingTextEdit(name, placeholder=item.entry_format, lines=1 if item.kind is Kind.STRING else 2)
        self._pausing = QTimer(self)
        self._pausing.setSingleShot(True)
        self._pausing.setInterval(_LONG_PAUSE_MS)
        self._pausing.timeout.connect(self._announce)
        self._replaced = 0
        self.edit.edited.connect(self._on_edited)
        self.edit.left.connect(self.flush)
        self.edit.replaced.connect(self._on_replaced)
        self.setLayout(column(self.edit))
        self.setFocusProxy(self.edit)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.edit.setObjectName(f"{name}.text")

    @override
    def show_state(self, state: ItemState) -> None:
        self.edit.setReadOnly(state.item.read_only)
        if not self._pausing.isActive():
            self.edit.show_value(answer_text(state.answers[0]) if state.answers else "")

    @override
    def flush(self) -> None:
        if self._pausing.isActive():
            self._pausing.stop()
            self._announce()

    @override
    def can_undo(self) -> bool:
        return self.edit.document().isUndoAvailable()

    @override
    def note(self) -> str:
        if not self._replaced:
            return ""
        return tr(ROOM, "Some characters that no file can keep were replaced by a visible sign.")

    def begin_line(self, stamp: str) -> None:
        """Start a new line at the end with a time in front and put the keyboard there."""
        cursor = self.edit.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        lead = "" if not self.edit.value() or self.edit.value().endswith("\n") else "\n"
        cursor.insertText(f"{lead}{stamp} – ")
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def _on_edited(self) -> None:
        if self.edit.document().characterCount() > _LONG:
            self._pausing.start()
        else:
            self._announce()

    def _announce(self) -> None:
        text = self.edit.value()
        self.answer_given.emit((text_answer(text),) if text else ())

    def _on_replaced(self, count: int) -> None:
        self._replaced += count


class LinePrompt(PromptControl):
    """One line: an address, a number, a quantity, a time. What cannot be read is kept as typed."""

    def __init__(self, item: Item, name: str, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self._today = today
        self.line = LineText(name, placeholder=item.entry_format)
        self.line.edited.connect(lambda text: self.answer_given.emit(self._read(text)))
        self.setLayout(row(self.line, TextLabel(item.unit, "soft")) if item.unit else column(self.line))
        self.setFocusProxy(self.line)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")

    @override
    def show_state(self, state: ItemState) -> None:
        self.line.setReadOnly(state.item.read_only)
        if self._read(self.line.value()) != _bare(state.answers):
            self.line.show_value(_shown(state.answers))

    @override
    def can_undo(self) -> bool:
        return self.line.isUndoAvailable()

    def _read(self, text: str) -> tuple[Answer, ...]:
        if not text.strip():
            return ()
        return (read_line(self._item, text, self._today()),)


class DatePrompt(PromptControl):
    """A date in figures or words; the day that was understood stands below it."""

    def __init__(self, item: Item, name: str, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._note = ""
        example = tr(ROOM, "For example: 1/3/26, 3 weeks ago, tomorrow")
        self.line = LineText(name, placeholder=item.entry_format or example)
        self.line.setMaximumWidth(320)
        self.line.edited.connect(lambda text: self.answer_given.emit(self._read(text)))
        self.setLayout(column(self.line))
        self.setFocusProxy(self.line)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")

    @override
    def show_state(self, state: ItemState) -> None:
        self.line.setReadOnly(state.item.read_only)
        if self._read(self.line.value()) != _bare(state.answers):
            self.line.show_value(_shown(state.answers))
        day = _day_of(state.answers)
        self._note = date_words(day, self._today()) if day else ""

    @override
    def note(self) -> str:
        return self._note

    @override
    def explain(self, problem: Problem, item: Item) -> str:
        if problem.code != "not-understood":
            return super().explain(problem, item)
        return no_date_words(interpret(self.line.value(), self._today()).problem)

    @override
    def can_undo(self) -> bool:
        return self.line.isUndoAvailable()

    def _read(self, text: str) -> tuple[Answer, ...]:
        if not text.strip():
            return ()
        found = interpret(text, self._today())
        return (date_answer(found.day) if found.day else typed_answer(text),)


def read_line(item: Item, text: str, today: date) -> Answer:
    """The answer that a line of text means for a kind of item."""
    plain = text.strip().replace(",", ".")
    if item.kind is Kind.URL:
        return {"valueUri": text}
    if item.kind is Kind.TIME:
        moment = interpret_time(text)
        return {"valueTime": moment.isoformat()} if moment else typed_answer(text)
    if item.kind is Kind.DATE_TIME:
        return _date_time(text, today)
    if item.kind is Kind.INTEGER:
        whole = plain.removeprefix("-")
        return {"valueInteger": int(plain)} if whole.isascii() and whole.isdigit() else typed_answer(text)
    if number(plain) is None:
        return typed_answer(text)
    if item.kind is Kind.QUANTITY:
        return {"valueQuantity": {"value": plain, **({"unit": item.unit} if item.unit else {})}}
    return {"valueDecimal": plain}


def _date_time(text: str, today: date) -> Answer:
    day_text, _, time_text = text.strip().replace("T", " ").rpartition(" ")
    moment = interpret_time(time_text)
    found = interpret(day_text, today) if day_text else None
    if moment is None or found is None or found.day is None:
        return typed_answer(text)
    return {"valueDateTime": datetime.combine(found.day, moment).astimezone().isoformat()}


def _bare(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The answers without the moment at which they were given."""
    return tuple(
        {key: value for key, value in answer.items() if key != "extension" or typed(answer) is None}
        if as_typed(answer) is None
        else typed_answer(as_typed(answer) or "")
        for answer in answers
    )


def _shown(answers: tuple[Answer, ...]) -> str:
    if not answers:
        return ""
    day = _day_of(answers)
    found = typed(answers[0])
    if found and found[0] == "Quantity" and isinstance(found[1], dict):
        return str(found[1].get("value", ""))
    return short_date(day) if day else answer_text(answers[0])


def _day_of(answers: tuple[Answer, ...]) -> date | None:
    found = typed(answers[0]) if answers else None
    if found is None or found[0] != "Date":
        return None
    try:
        return date.fromisoformat(str(found[1]))
    except ValueError:
        return None
