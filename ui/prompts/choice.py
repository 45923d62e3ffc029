"""Choices as words to tap: visibly unanswered, digits and arrows answer, tapping the chosen one takes it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item, Kind, Option
from homevisit.prompts.values import text_answer
from ui.icons import icon
from ui.prompts.control import PromptControl
from ui.prompts.flow import FlowLayout
from ui.prompts.options import Answers, Choosing, option_words
from ui.prompts.wording import ROOM
from ui.prompts.wrapping import wrapped
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.fields import LineText
from ui.widgets.surface import boxed, column
from ui.widgets.text import TextLabel
from ui.words import tr

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_PICTURES = {False: ("circle", "circle-check"), True: ("square", "square-check")}
_LONG = 48  # letters: longer answers stand one below another
_BESIDE_WORDS = 56  # pixels of mark and edges around the words of a button


class ChoicePrompt(PromptControl):
    """Radio buttons, or check boxes where several answers fit; an open choice has a line for other words."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choosing = Choosing(item)
        self._answers: Answers = ()
        self._words = [option_words(option) for option in self._choosing.options]
        self._buttons = [self._button(number, name) for number in range(len(self._words))]
        self._unanswered = TextLabel(tr(ROOM, "not answered"), "caption")
        self._other = self._other_line(name) if item.kind is Kind.OPEN_CHOICE else None
        self.setLayout(self._arranged(item))
        self.setAccessibleName(name)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        for number, button in enumerate(self._buttons, 1):
            button.setObjectName(f"{name}.{number}")
        if self._other:
            self._other.setObjectName(f"{name}.other")

    @override
    def show_state(self, state: ItemState) -> None:
        self._answers = state.answers
        self.setEnabled(not state.item.read_only)
        self._render()

    @override
    def focus_first(self) -> None:
        (self._stop() or self._other or self).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A button by itself would use the arrows to leave for its neighbour.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take(event):
            return True
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button, words in zip(self._buttons, self._words, strict=True):
            shown = wrapped(words, button.fontMetrics(), self.width() - theme_now().px(_BESIDE_WORDS))
            if button.text() != shown:
                button.setText(shown)

    def _take(self, event: QKeyEvent) -> bool:
        """Answer by a key; False for a key that means nothing here."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in _STEPS:
            sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            self._step(-_STEPS[key] if sideways and self.isRightToLeft() else _STEPS[key])
        elif key in _CLEARING:
            self._give(())
        else:
            place = self._place_of(event.text())
            if place is None:
                return False
            self._press(place)
        return True

    def _place_of(self, digit: str) -> int | None:
        """The answer that a digit means: on a scale of numbers the number itself, else the one at that place."""
        if len(digit) != 1 or digit not in "0123456789":
            return None
        if all(words.isdigit() for words in self._words):
            return self._words.index(digit) if digit in self._words else None
        return int(digit) - 1 if 1 <= int(digit) <= len(self._words) else None

    def _button(self, number: int, name: str) -> QAbstractButton:
        words = self._words[number]
        kind = QCheckBox if self._choosing.several else QRadioButton
        button: QAbstractButton = kind(words.replace("&", "&&"))
        button.setAutoExclusive(False)
        button.setProperty("segment", True)
        button.setProperty("answer", True)
        button.setAccessibleName(f"{name}: {words}")
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.installEventFilter(self)
        button.clicked.connect(lambda: self._toggle(self._choosing.options[number]))
        return button

    def _arranged(self, item: Item) -> QLayout:
        """In a row that wraps, or one below another where the set or the length of the words asks for it."""
        tall = item.looks.orientation == "vertical" or any(len(words) > _LONG for words in self._words)
        parts: tuple[QWidget, ...] = (*self._buttons, self._unanswered)
        layout: QVBoxLayout | FlowLayout = column(*parts, gap=Space.XS) if tall else FlowLayout(*parts)
        if self._other is None:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(not tall)
            self.setSizePolicy(policy)
            return layout
        return column(boxed(layout), self._other, gap=Space.XS)

    def _other_line(self, name: str) -> LineText:
        words = tr(ROOM, "Other, in words")
        line = LineText(f"{name}: {words}", placeholder=words)
        line.edited.connect(self._on_other)
        return line

    def _step(self, step: int) -> None:
        """Arrows carry the answer along, as radio buttons do; among check boxes they only move."""
        held = next((n for n, option in enumerate(self._choosing.options) if self._is_chosen(option)), None)
        at = next((n for n, button in enumerate(self._buttons) if button.hasFocus()), 0)
        last = len(self._buttons) - 1
        if self._choosing.several:
            self._buttons[min(last, max(0, at + step))].setFocus(Qt.FocusReason.OtherFocusReason)
        elif held is None:
            self._press(0 if step > 0 else last)
        elif 0 <= held + step <= last:
            self._press(held + step)

    def _press(self, position: int) -> None:
        self._toggle(self._choosing.options[position])
        self._buttons[position].setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, option: Option) -> None:
        self._give(self._choosing.tapped(option, self._answers))

    def _on_other(self, text: str) -> None:
        self._give(self._choosing.with_other(text_answer(text) if text else None, self._answers))

    def _give(self, answers: Answers) -> None:
        changed = answers != self._answers
        self._answers = answers
        self._render()
        if changed:
            self.answer_given.emit(answers)

    def _is_chosen(self, option: Option) -> bool:
        return self._choosing.is_chosen(option, self._answers)

    def _stop(self) -> QAbstractButton | None:
        """The button that Tab goes to."""
        first = self._buttons[0] if self._buttons else None
        return next((button for button in self._buttons if button.isChecked()), first)

    def _render(self) -> None:
        for button, option in zip(self._buttons, self._choosing.options, strict=True):
            chosen = self._is_chosen(option)
            if chosen != button.isChecked() or button.icon().isNull():
                button.setChecked(chosen)
                self._tint(button)
        self._unanswered.setVisible(not self._answers)
        if self._other:
            self._other.show_value(self._choosing.other_words(self._answers))
        self._one_tab_stop()

    def _one_tab_stop(self) -> None:
        stop = self._stop()
        for button in self._buttons:
            reached = self._choosing.several or button is stop
            policy = Qt.FocusPolicy.StrongFocus if reached else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != policy:
                button.setFocusPolicy(policy)
        proxy = stop or self._other
        if proxy is not None:
            self.setFocusProxy(proxy)

    def _tint(self, button: QAbstractButton) -> None:
        colours, size = theme_now().palette, theme_now().px(16)
        name = _PICTURES[self._choosing.several][button.isChecked()]
        colour = colours.accent if button.isChecked() else colours.edge
        button.setIcon(icon(name, colour, size, disabled=colours.ink_faint))
        button.setIconSize(QSize(size, size))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            for button in self._buttons:
                self._tint(button)
