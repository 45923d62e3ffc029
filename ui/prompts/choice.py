"""Choices as words to tap: visibly unanswered, digits and arrows answer, tapping the chosen one takes it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Answer, Item, Kind, Option
from homevisit.prompts.terms import Control
from homevisit.prompts.values import answer_text, boolean_answer, same, text_answer, typed
from ui.icons import icon
from ui.prompts.control import PromptControl
from ui.prompts.flow import flowing
from ui.prompts.wording import ROOM
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.fields import CheckBox, ChoiceBox, LineText
from ui.widgets.surface import column
from ui.widgets.text import TextLabel
from ui.words import tr

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_DIGITS = tuple("123456789")
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_PICTURES = {False: ("circle", "circle-check"), True: ("square", "square-check")}


def options_of(item: Item) -> tuple[Option, ...]:
    """The offered answers; yes and no for a boolean."""
    if item.kind is Kind.BOOLEAN:
        return (Option(boolean_answer(True)), Option(boolean_answer(False)))
    return item.options


def option_words(answer: Answer) -> str:
    found = typed(answer)
    if found and found[0] == "Boolean":
        return tr(ROOM, "Yes") if found[1] else tr(ROOM, "No")
    return answer_text(answer)


class ChoicePrompt(PromptControl):
    """Radio buttons, or check boxes where several answers fit; an open choice has a line for other words."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options_of(item)
        self._several = item.repeats
        self._answers: tuple[Answer, ...] = ()
        self._buttons = [self._button(option, name) for option in self._options]
        self._unanswered = TextLabel(tr(ROOM, "not answered"), "caption")
        self._unanswered.setMinimumHeight(theme_now().target)
        self._other = self._other_line(name) if item.kind is Kind.OPEN_CHOICE else None
        parts: list[QWidget] = [flowing(*self._buttons, self._unanswered)]
        if self._other:
            parts.append(self._other)
        self.setLayout(column(*parts, gap=Space.XS))
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
        self._stop().setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A button by itself would use the arrows to leave for its neighbour.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take(event):
            return True
        return super().eventFilter(watched, event)

    def _take(self, event: QKeyEvent) -> bool:
        """Answer by a key; False for a key that means nothing here."""
        key, digit = Qt.Key(event.key()), event.text()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in _STEPS:
            sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            self._step(-_STEPS[key] if sideways and self.isRightToLeft() else _STEPS[key])
        elif key in _CLEARING:
            self._give(())
        elif digit in _DIGITS and int(digit) <= len(self._buttons):
            self._press(int(digit) - 1)
        else:
            return False
        return True

    def _button(self, option: Option, name: str) -> QAbstractButton:
        words = option_words(option.answer)
        button: QAbstractButton = QCheckBox(words) if self._several else QRadioButton(words)
        button.setAutoExclusive(False)
        button.setProperty("segment", True)
        button.setAccessibleName(f"{name}: {words}")
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.installEventFilter(self)
        button.clicked.connect(lambda _=False, chosen=option: self._toggle(chosen))
        return button

    def _other_line(self, name: str) -> LineText:
        words = tr(ROOM, "Other, in words")
        line = LineText(f"{name}: {words}", placeholder=words)
        line.edited.connect(self._on_other)
        return line

    def _step(self, step: int) -> None:
        """Arrows carry the answer along, as radio buttons do; among check boxes they only move."""
        held = next((n for n, option in enumerate(self._options) if self._is_chosen(option)), None)
        at = next((n for n, button in enumerate(self._buttons) if button.hasFocus()), 0)
        last = len(self._buttons) - 1
        if self._several:
            self._buttons[min(last, max(0, at + step))].setFocus(Qt.FocusReason.OtherFocusReason)
        elif held is None:
            self._press(0 if step > 0 else last)
        elif 0 <= held + step <= last:
            self._press(held + step)

    def _press(self, position: int) -> None:
        self._toggle(self._options[position])
        self._buttons[position].setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, option: Option) -> None:
        if self._is_chosen(option):
            self._give(tuple(answer for answer in self._answers if not same(answer, option.answer)))
        elif self._several and not option.exclusive:
            self._give((*(answer for answer in self._answers if not self._excludes(answer)), option.answer))
        else:
            self._give((option.answer,))

    def _on_other(self, text: str) -> None:
        offered = tuple(answer for answer in self._answers if self._is_offered(answer)) if self._several else ()
        self._give((*offered, text_answer(text)) if text else offered)

    def _give(self, answers: tuple[Answer, ...]) -> None:
        changed = answers != self._answers
        self._answers = answers
        self._render()
        if changed:
            self.answer_given.emit(answers)

    def _is_chosen(self, option: Option) -> bool:
        return any(same(answer, option.answer) for answer in self._answers)

    def _is_offered(self, answer: Answer) -> bool:
        return any(same(answer, option.answer) for option in self._options)

    def _excludes(self, answer: Answer) -> bool:
        return any(option.exclusive and same(answer, option.answer) for option in self._options)

    def _stop(self) -> QAbstractButton:
        return next((button for button in self._buttons if button.isChecked()), self._buttons[0])

    def _render(self) -> None:
        for button, option in zip(self._buttons, self._options, strict=True):
            chosen = self._is_chosen(option)
            if chosen != button.isChecked() or button.icon().isNull():
                button.setChecked(chosen)
                self._tint(button)
        self._unanswered.setVisible(not self._answers)
        if self._other:
            self._other.show_value("; ".join(answer_text(a) for a in self._answers if not self._is_offered(a)))
        if self._buttons:
            self._one_tab_stop()

    def _one_tab_stop(self) -> None:
        stop = self._stop()
        for button in self._buttons:
            reached = self._several or button is stop
            policy = Qt.FocusPolicy.StrongFocus if reached else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != policy:
                button.setFocusPolicy(policy)
        self.setFocusProxy(stop)

    def _tint(self, button: QAbstractButton) -> None:
        colours, size = theme_now().palette, theme_now().px(16)
        name = _PICTURES[self._several][button.isChecked()]
        colour = colours.accent if button.isChecked() else colours.edge
        button.setIcon(icon(name, colour, size, disabled=colours.ink_faint))
        button.setIconSize(QSize(size, size))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            for button in self._buttons:
                self._tint(button)


class TickPrompt(PromptControl):
    """One box with the prompt as its words; not ticked is not answered."""

    says_its_prompt = True

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = CheckBox(item.label)
        self._box.setAccessibleName(name)
        self._box.answered.connect(lambda ticked: self.answer_given.emit((boolean_answer(True),) if ticked else ()))
        self.setLayout(column(self._box))
        self.setFocusProxy(self._box)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._box.setObjectName(f"{name}.box")

    @override
    def show_state(self, state: ItemState) -> None:
        self._box.show_value(any(answer.get("valueBoolean") is True for answer in state.answers))
        self.setEnabled(not state.item.read_only)


class DropDownPrompt(PromptControl):
    """A drop-down; its first line is "not answered"."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options_of(item)
        words = [(str(number), option_words(option.answer)) for number, option in enumerate(self._options)]
        self._box = ChoiceBox(name, [("", tr(ROOM, "Not answered")), *words])
        self._box.chosen.connect(self._on_chosen)
        self.setLayout(column(self._box))
        self.setFocusProxy(self._box)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._box.setObjectName(f"{name}.box")

    @override
    def show_state(self, state: ItemState) -> None:
        chosen = [n for n, option in enumerate(self._options) if any(same(a, option.answer) for a in state.answers)]
        self._box.show_value(str(chosen[0]) if chosen else "")
        self.setEnabled(not state.item.read_only)

    def _on_chosen(self, value: str) -> None:
        self.answer_given.emit((self._options[int(value)].answer,) if value else ())


def choice_control(item: Item, name: str) -> PromptControl:
    """The widget for a choice or a boolean: buttons, unless the set asks for a drop-down."""
    if item.control == Control.DROP_DOWN and not item.repeats and item.kind is Kind.CHOICE:
        return DropDownPrompt(item, name)
    return ChoicePrompt(item, name)
