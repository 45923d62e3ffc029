"""A question that takes several written answers: a line for each, and a button for one more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.checking import Problem
from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Answer, Item
from ui.prompts.control import PromptControl
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.buttons import IconButton, QuietButton
from ui.widgets.surface import boxed, column, row
from ui.words import tr


class SeveralPrompt(PromptControl):
    """Holds one control per answer; an empty one is no answer yet."""

    def __init__(self, item: Item, make: Callable[[], PromptControl], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item, self._make = item, make
        self._values: list[Answer | None] = []
        self._parts: list[PromptControl] = []
        self._lines: list[QWidget] = []
        self._state: ItemState | None = None
        self._add = QuietButton(tr(ROOM, "Add another answer"), icon="plus")
        self._add.setAccessibleName(tr(ROOM, "Add another answer to: {prompt}", prompt=item.label))
        self._add.clicked.connect(self._on_add)
        self._body = column(gap=Space.XS)
        end = row(self._add, gap=0)
        end.addStretch(1)
        self._body.addLayout(end)
        self.setLayout(self._body)
        self.setAccessibleName(item.label)

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._add.setObjectName(f"{name}.add")
        for number in range(len(self._parts)):
            self._name(number)

    @override
    def show_state(self, state: ItemState) -> None:
        self._state = state
        self._add.setHidden(state.item.read_only)
        if self._parts and len(state.answers) == sum(value is not None for value in self._values):
            self._take_over(state)
        else:
            self._rebuild([*state.answers] or [None])

    @override
    def focus_first(self) -> None:
        if self._parts:
            self._parts[0].focus_first()

    @override
    def flush(self) -> None:
        for part in self._parts:
            part.flush()

    @override
    def can_undo(self) -> bool:
        return any(part.can_undo() for part in self._parts)

    @override
    def note(self) -> str:
        return "; ".join(filter(None, (part.note() for part in self._parts)))

    @override
    def explain(self, problem: Problem, item: Item) -> str:
        return self._parts[0].explain(problem, item) if self._parts else super().explain(problem, item)

    def _take_over(self, state: ItemState) -> None:
        given = iter(state.answers)
        self._values = [None if value is None else next(given) for value in self._values]
        for number, part in enumerate(self._parts):
            part.show_state(self._single(state, number))

    def _rebuild(self, values: list[Answer | None]) -> None:
        for line in self._lines:
            self._body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._parts, self._lines, self._values = [], [], []
        for value in values:
            self._append(value)
        self.setFocusProxy(self._parts[0].focusProxy() or self._parts[0])

    def _append(self, value: Answer | None) -> None:
        number = len(self._parts)
        part = self._make()
        remove = IconButton("x", tr(ROOM, "Remove this answer"))
        remove.clicked.connect(lambda: self._on_remove(part))
        line = row(gap=Space.XS)
        line.addWidget(part, 1)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        self._parts.append(part)
        self._lines.append(boxed(line))
        self._values.append(value)
        self._body.insertWidget(number, self._lines[-1])
        part.answer_given.connect(lambda answers: self._on_given(part, answers))
        if self._state is not None:
            part.show_state(self._single(self._state, number))
        self._name(number)
        self._render_removing()

    def _single(self, state: ItemState, number: int) -> ItemState:
        value = self._values[number]
        return replace(state, answers=() if value is None else (value,), problems=())

    def _on_given(self, part: PromptControl, answers: tuple[Answer, ...]) -> None:
        self._values[self._parts.index(part)] = answers[0] if answers else None
        self._announce()

    def _on_add(self) -> None:
        self._append(None)
        self._parts[-1].focus_first()

    def _on_remove(self, part: PromptControl) -> None:
        number = self._parts.index(part)
        left = [value for at, value in enumerate(self._values) if at != number]
        self._rebuild(left or [None])
        self._parts[min(number, len(self._parts) - 1)].focus_first()
        self._announce()

    def _announce(self) -> None:
        self.answer_given.emit(tuple(value for value in self._values if value is not None))

    def _name(self, number: int) -> None:
        self._parts[number].setObjectName(f"{self.objectName()}.{number + 1}")
        remove = self._lines[number].findChild(IconButton)
        if remove is not None:
            remove.setObjectName(f"{self.objectName()}.{number + 1}.remove")

    def _render_removing(self) -> None:
        """A single line is emptied, not removed."""
        for line in self._lines:
            remove = line.findChild(IconButton)
            if remove is not None:
                remove.setVisible(len(self._lines) > 1)
