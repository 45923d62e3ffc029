"""Choices from a list: a short one drops down, a long one is searched as you type, without any popup."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Answer, Item, Kind
from homevisit.prompts.values import text_answer
from ui.prompts.control import PromptControl
from ui.prompts.flow import flowing
from ui.prompts.options import Answers, Choosing, option_words
from ui.prompts.wording import ROOM
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.buttons import Button
from ui.widgets.fields import ChoiceBox, SearchBox
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import column
from ui.widgets.text import TextLabel
from ui.words import tr

_SHOWN, _WIDTH = 6, 420
_MOST_FOUND = 60
_AS_TYPED = "as-typed"


class DropDownPrompt(PromptControl):
    """A drop-down; its first line is "not answered"."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choosing = Choosing(item)
        words = [(str(number), option_words(option)) for number, option in enumerate(self._choosing.options)]
        self._box = ChoiceBox(name, [("", tr(ROOM, "Not answered")), *words])
        self._box.chosen.connect(self._on_chosen)
        self._box.setMaximumWidth(theme_now().px(_WIDTH))
        self.setLayout(column(self._box))
        self.setFocusProxy(self._box)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._box.setObjectName(f"{name}.box")

    @override
    def show_state(self, state: ItemState) -> None:
        options = enumerate(self._choosing.options)
        chosen = [number for number, option in options if self._choosing.is_chosen(option, state.answers)]
        self._box.show_value(str(chosen[0]) if chosen else "")
        self.setEnabled(not state.item.read_only)

    def _on_chosen(self, value: str) -> None:
        self.answer_given.emit((self._choosing.options[int(value)].answer,) if value else ())


class SearchPrompt(PromptControl):
    """What was chosen stands as buttons that take it back; a box below finds more. Other words fit where they may."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choosing = Choosing(item)
        self._is_open = item.kind is Kind.OPEN_CHOICE
        self._name = name
        self._answers: Answers = ()
        self._chosen = flowing()
        self._unanswered = TextLabel(tr(ROOM, "not answered"), "caption")
        self._box = SearchBox(name, placeholder=tr(ROOM, "Type to find an answer, or press ↓"))
        self._list = RowList(tr(ROOM, "Answers to: {prompt}", prompt=name), one_click=True)
        self._list.hide()
        for part in (self._box, self._list):
            part.setMaximumWidth(theme_now().px(_WIDTH))
        self._box.edited.connect(lambda _: self._find())
        self._box.down_pressed.connect(self._go_to_list)
        self._box.installEventFilter(self)
        self._list.installEventFilter(self)
        self._list.opened.connect(self._on_opened)
        self._body = column(self._chosen, self._unanswered, self._box, self._list, gap=Space.XS)
        self.setLayout(self._body)
        self.setFocusProxy(self._box)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._box.setObjectName(f"{name}.search")
        self._list.setObjectName(f"{name}.found")

    @override
    def show_state(self, state: ItemState) -> None:
        self.setEnabled(not state.item.read_only)
        if state.answers != self._answers or not self._chosen.objectName():
            self._answers = state.answers
            self._show_chosen()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take(watched, event):
            return True
        if event.type() == QEvent.Type.FocusOut:
            self._close_unless_inside()
        return super().eventFilter(watched, event)

    def _take(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and not self._list.isHidden():
            self._close()
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if watched is self._box and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_first()
            return True
        return False

    def _take_first(self) -> None:
        found = self._found() if self._box.value().strip() else []
        if found:
            self._on_opened(str(found[0]))
        elif self._is_open and self._box.value().strip():
            self._on_opened(_AS_TYPED)

    def _found(self) -> list[int]:
        """The options that hold every word that is typed."""
        words = self._box.value().casefold().split()
        texts = (option_words(option).casefold() for option in self._choosing.options)
        return [n for n, text in enumerate(texts) if all(word in text for word in words)][:_MOST_FOUND]

    def _find(self) -> None:
        rows = [self._row(number) for number in self._found()]
        typed = self._box.value().strip()
        if self._is_open and typed:
            rows.append(Row(id=_AS_TYPED, title=tr(ROOM, "Keep these words: {words}", words=typed), icon="pencil"))
        elif not rows:
            rows.append(Row(id="", title=tr(ROOM, "No answer here holds these words."), heading=True))
        self._list.show_rows(rows)
        self._list.setFixedHeight(min(_SHOWN, len(rows)) * (theme_now().px(20) + 2 * Space.S) + 2)
        self._list.show()

    def _row(self, number: int) -> Row:
        option = self._choosing.options[number]
        chosen = self._choosing.is_chosen(option, self._answers)
        return Row(id=str(number), title=option_words(option), icon="check" if chosen else "")

    def _go_to_list(self) -> None:
        self._find()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, row: str) -> None:
        if row == _AS_TYPED:
            self._give(self._choosing.with_other(text_answer(self._box.value().strip()), self._answers))
        elif row:
            self._give(self._choosing.tapped(self._choosing.options[int(row)], self._answers))
        self._box.show_value("")
        self._close()
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._list.hide()

    def _close_unless_inside(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self._close()

    def _give(self, answers: Answers) -> None:
        self._answers = answers
        self._show_chosen()
        self.answer_given.emit(answers)

    def _show_chosen(self) -> None:
        fresh = flowing(*(self._chip(number, answer) for number, answer in enumerate(self._answers, 1)))
        fresh.setObjectName(f"{self.objectName()}.chosen")
        self._body.replaceWidget(self._chosen, fresh)
        self._chosen.hide()
        self._chosen.setParent(None)
        self._chosen.deleteLater()
        self._chosen = fresh
        fresh.setVisible(bool(self._answers))
        self._unanswered.setHidden(bool(self._answers))

    def _chip(self, number: int, answer: Answer) -> Button:
        words = self._choosing.words_of(answer)
        chip = Button(words.replace("&", "&&"), kind="chip", icon="x")
        chip.setObjectName(f"{self.objectName()}.chosen.{number}")
        chip.setAccessibleName(tr(ROOM, "Take back: {words}", words=words))
        chip.clicked.connect(lambda: self._give(tuple(each for each in self._answers if each != answer)))
        return chip
