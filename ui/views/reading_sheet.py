"""A read-only sheet that is set in slices of time, keeps its lines readable and follows the look."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from ui.theme import theme_now
from ui.tokens import RADIUS
from ui.views.reading_blocks import Block
from ui.views.reading_paper import Paper
from ui.views.reading_places import Places

LINE_LIMIT = 780
FIRST_SLICE, NEXT_SLICE = 0.025, 0.004
DONE = object()


class Sheet(QTextEdit):
    """Subclasses give ``blocks`` and hear of ``on_set`` (a new document stands) and ``on_written`` (all of it does)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: QTextDocument | None = None
        self._paper: Paper | None = None
        self._steps: Iterator[None] | None = None
        self._return_to = 0
        self.is_setting = False
        self.places = Places((), {})
        self._writing = QTimer(self)
        self._writing.setSingleShot(True)
        self._writing.timeout.connect(self._on_write)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setTabChangesFocus(True)
        self._frame()

    @property
    def is_complete(self) -> bool:
        """Whether everything is on the sheet; the end of a very long note follows a moment later."""
        return self._steps is None

    def complete(self) -> None:
        """Set what is left now: for printing, and before a passage near the end is looked for."""
        if self._steps is not None:
            self._writing.stop()
            self._write(math.inf)
            self._on_written()

    def blocks(self) -> Iterable[Block] | None:
        """What is to be set; None for nothing yet."""
        return None

    def is_struck(self) -> bool:
        return False

    def on_set(self) -> None:
        """Another document stands."""

    def on_written(self) -> None:
        """All of it stands, and ``places`` knows every part."""

    def set_again(self, *, keep_place: bool) -> None:
        """Set everything anew, at once as far as it is short."""
        blocks = self.blocks()
        if blocks is None:
            return
        self._return_to = self.verticalScrollBar().value() if keep_place else 0
        paper = Paper(theme_now(), struck=self.is_struck())
        self._paper, self._steps = paper, paper.steps(blocks)
        paper.document.setParent(self)
        self._write(FIRST_SLICE)
        self.places = paper.places
        self.is_setting = True
        old, self._document = self._document, paper.document
        self.setDocument(paper.document)
        if old is not None:
            old.deleteLater()
        self._fit_lines()
        self.verticalScrollBar().setValue(self._return_to)
        self.is_setting = False
        self.on_set()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._paper is not None and not self.is_setting:
            self.is_setting = True  # the frame's own style sheet is a change of style too
            self._frame()
            self.is_setting = False
            self.set_again(keep_place=True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_lines()

    def _write(self, limit: float) -> None:
        """Set paragraphs until the time is used up; what is left follows when the window has nothing else to do."""
        paper, steps = self._paper, self._steps
        if paper is None or steps is None:
            return
        until = time.perf_counter() + limit
        paper.begin()
        while time.perf_counter() < until:
            if next(steps, DONE) is DONE:
                self._steps = None
                break
        paper.end()
        if self._steps is not None:
            self._writing.start(0)

    def _on_write(self) -> None:
        self._write(NEXT_SLICE)
        if self._steps is None:
            self._on_written()

    def _on_written(self) -> None:
        if self._paper is not None:
            self.places = self._paper.places
        self.on_written()
        if self.verticalScrollBar().value() < self._return_to:
            self.verticalScrollBar().setValue(self._return_to)

    def _fit_lines(self) -> None:
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), theme_now().px(LINE_LIMIT)))

    def _frame(self) -> None:
        colours = theme_now().palette
        self.setStyleSheet(
            f"QTextEdit {{ background: {colours.surface}; border: 1px solid {colours.line};"
            f" border-radius: {RADIUS}px; padding: 0; }}"
            f"QTextEdit:focus {{ border: 2px solid {colours.focus}; padding: 0; }}"
        )
