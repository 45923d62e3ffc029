"""A text box that grows with what is written in it, takes any text and never scrolls away under the wheel."""

from __future__ import annotations

import re
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.clean_text import clean

LINES_SHOWN = 24
_LONG = 50_000
_UNBROKEN = re.compile(r"\S{2000}")


class GrowingTextEdit(QPlainTextEdit):
    """Plain text of any length.

    ``edited`` fires when a person changed the text (read it with ``value()``); ``left`` on focus-out; ``replaced``
    carries how many characters of a paste could not be kept as they were, so that the page can say so beside the field.
    """

    edited = Signal()
    left = Signal()
    replaced = Signal(int)

    def __init__(self, name: str = "", *, placeholder: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = lines
        self._is_rendering = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit)
        self.textChanged.connect(self._on_changed)
        self._fit()

    def value(self) -> str:
        """The text exactly as typed, with line feeds (``toPlainText`` would lose no-break spaces)."""
        return clean(self.document().toRawText()).text

    def show_value(self, text: str) -> None:
        """Render a text; where it is the same already, cursor and undo history stay."""
        if text == self.value():
            return
        self._is_rendering = True
        self._ease_wrapping(text)
        self.setPlainText(clean(text).text)
        self._is_rendering = False
        self._fit()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        cleaned = clean(source.text())
        self._ease_wrapping(cleaned.text)
        self.insertPlainText(cleaned.text)
        if cleaned.replaced:
            self.replaced.emit(cleaned.replaced)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fitting.start(0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_fitting"):
            self._fitting.start(0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(self._least))

    def _ease_wrapping(self, text: str) -> None:
        """Qt looks for a break between words in quadratic time (100 kB without a space: 1 s; 1 MB: minutes)."""
        if _UNBROKEN.search(text):
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def _on_changed(self) -> None:
        self._fitting.start(0)
        if not self._is_rendering:
            self.edited.emit()

    def _fit(self) -> None:
        self.setFixedHeight(self._height(min(LINES_SHOWN, max(self._least, self._lines()))))

    def _lines(self) -> int:
        """Visual lines, counted no further than needed."""
        document = self.document()
        if document.characterCount() > _LONG:
            return LINES_SHOWN
        return int(document.documentLayout().documentSize().height())

    def _height(self, lines: int) -> int:
        """Rounded up: half a pixel too little would show a scroll bar. One line is as tall as a button."""
        tall = ceil(lines * QFontMetricsF(self.font()).lineSpacing()) + 2 * (Space.XS + Space.XS + 2)
        return max(tall, theme_now().target)
