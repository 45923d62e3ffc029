"""Texts of any length: the box grows with what is written, and a very long paste never slows typing down."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item, Kind
from homevisit.prompts.values import answer_text, text_answer
from ui.prompts.control import PromptControl
from ui.prompts.wording import ROOM
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.surface import column
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
