"""A visit as it reads on paper, with comments on the very passages they are pinned to. Nothing in it can be changed."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from homevisit.domain.family import Person
from homevisit.domain.review import Anchor, Comment
from homevisit.domain.visit import VisitBody
from homevisit.prompts.library import Library
from ui.theme import body_font, theme_now
from ui.tokens import RADIUS, Space, TextSize, Tone
from ui.views.reading_blocks import blocks_of
from ui.views.reading_paper import Paper
from ui.views.reading_places import Places
from ui.words import tr

LINE_LIMIT = 780
MARK = 18
FIRST_SLICE, NEXT_SLICE = 0.025, 0.004
DONE = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What is on the paper, so that a new look can set it again."""

    body: VisitBody
    people: tuple[Person, ...] = ()
    library: Library = field(default_factory=lambda: Library(()))
    struck: bool = False
    in_home: bool = False


class VisitReader(QTextEdit):
    """Shows a VisitBody. N and P go through the comments; text can be selected with mouse or keyboard.

    ``anchor_chosen`` carries the Anchor of the selected passage or of the answer that the cursor is in, None where
    there is neither. ``comment_activated`` carries a comment's position in the sequence that was given.
    """

    anchor_chosen = Signal(object)
    comment_activated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: _Shown | None = None
        self._document: QTextDocument | None = None
        self._paper: Paper | None = None
        self._steps: Iterator[None] | None = None
        self._return_to = 0
        self._writing = QTimer(self)
        self._writing.setSingleShot(True)
        self._writing.timeout.connect(self._on_write)
        self._places = Places((), {})
        self._comments: tuple[Comment, ...] = ()
        self._ranges: list[tuple[int, int] | None] = []
        self._active = -1
        self._anchor: Anchor | None = None
        self._is_setting = False
        self.setAccessibleName(tr("reading", "The visit as it was written"))
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
        self.cursorPositionChanged.connect(self._on_cursor)
        self.selectionChanged.connect(self._on_cursor)

    def show_visit(
        self,
        body: VisitBody,
        people: Sequence[Person],
        library: Library,
        comments: Sequence[Comment] = (),
        struck: bool = False,
    ) -> None:
        """Show a visit; where it is the one already shown, the place on the page and the selection stay."""
        in_home = self._shown.in_home if self._shown else False
        wanted = _Shown(body=body, people=tuple(people), library=library, struck=struck, in_home=in_home)
        if wanted != self._shown:
            is_same = self._shown is not None and self._shown.body.family == body.family
            self._shown = wanted
            self._set(keep_place=is_same)
        self.show_comments(comments)

    def show_comments(self, comments: Sequence[Comment]) -> None:
        """Mark these comments on their passages."""
        if tuple(comments) != self._comments:
            self._comments = tuple(comments)
            self._pin()

    def hide_sensitive(self, hidden: bool) -> None:
        """In-home view: answers to sensitive prompts are not on the screen."""
        if self._shown is not None and self._shown.in_home != hidden:
            self._shown = _Shown(
                body=self._shown.body,
                people=self._shown.people,
                library=self._shown.library,
                struck=self._shown.struck,
                in_home=hidden,
            )
            self._set(keep_place=True)

    @property
    def is_complete(self) -> bool:
        """Whether everything is on the paper; the end of a very long note follows a moment later."""
        return self._steps is None

    def complete(self) -> None:
        """Set what is left now: for printing, and before a passage near the end is looked for."""
        if self._steps is not None:
            self._writing.stop()
            self._write(math.inf)
            self._on_written()

    @property
    def anchor(self) -> Anchor | None:
        """What a comment would be pinned to now."""
        return self._anchor

    @property
    def active_comment(self) -> int:
        """The comment that stands out, -1 for none."""
        return self._active

    def is_pinned(self, index: int) -> bool:
        """Whether the passage of a comment is on this paper."""
        return 0 <= index < len(self._ranges) and self._ranges[index] is not None

    def highlight(self, index: int) -> None:
        """Make a comment stand out and bring its passage into view; -1 for none."""
        self._active = index if 0 <= index < len(self._comments) else -1
        self._mark()
        if self._active >= 0 and not self.is_pinned(self._active):
            self.complete()
        where = self._ranges[self._active] if self._active >= 0 else None
        if where is not None:
            self._bring(where[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._step(step)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():
            return
        found = self._comment_at(event.position())
        if found >= 0:
            self.highlight(found)
            self.comment_activated.emit(found)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._shown is not None and not self._is_setting:
            self._is_setting = True  # the frame's own style sheet is a change of style too
            self._frame()
            self._is_setting = False
            self._set(keep_place=True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_lines()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in self._visible_marks():
            self._paint_mark(painter, index)
        painter.end()

    def _set(self, *, keep_place: bool) -> None:
        shown = self._shown
        if shown is None:
            return
        self._return_to = self.verticalScrollBar().value() if keep_place else 0
        paper = Paper(theme_now(), struck=shown.struck)
        blocks = blocks_of(shown.body, shown.people, shown.library, struck=shown.struck, in_home=shown.in_home)
        self._paper, self._steps = paper, paper.steps(blocks)
        paper.document.setParent(self)
        self._write(FIRST_SLICE)
        self._places = paper.places
        self._is_setting = True
        old, self._document = self._document, paper.document
        self.setDocument(paper.document)
        if old is not None:
            old.deleteLater()
        self._active = -1
        self._fit_lines()
        self.verticalScrollBar().setValue(self._return_to)
        self._is_setting = False
        self._pin()
        self._on_cursor()

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
            self._places = self._paper.places
        self._pin()
        if self.verticalScrollBar().value() < self._return_to:
            self.verticalScrollBar().setValue(self._return_to)

    def _pin(self) -> None:
        self._ranges = [self._places.range_of(comment.anchor) for comment in self._comments]
        if self._active >= len(self._comments):
            self._active = -1
        self._mark()

    def _mark(self) -> None:
        """Ground and underline: two signs, so that colour is not the only one; the active one is heavier."""
        theme = theme_now()
        colours = theme.palette.tones[Tone.WAITING]
        selections = []
        for index, where in enumerate(self._ranges):
            if where is not None:
                form = QTextCharFormat()
                form.setBackground(QColor(colours.line if index == self._active else colours.ground))
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                form.setUnderlineColor(QColor(colours.ink))
                selection = QTextEdit.ExtraSelection()
                selection.cursor = self._cursor_over(*where)
                selection.format = form
                selections.append(selection)
        self.setExtraSelections(selections)
        self.viewport().update()

    def _cursor_over(self, first: int, last: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _bring(self, position: int) -> None:
        """Scroll so that a position stands in the upper third, without moving the cursor."""
        at = self.cursorRect(self._cursor_over(position, position))
        bar = self.verticalScrollBar()
        if (
            not self.viewport()
            .rect()
            .adjusted(0, Space.XL, 0, -Space.XL * 2)
            .contains(QPoint(Space.XL, at.center().y()))
        ):
            bar.setValue(bar.value() + at.top() - self.viewport().height() // 3)

    def _step(self, step: int) -> None:
        pinned = [index for index, where in enumerate(self._ranges) if where is not None]
        if not pinned:
            return
        ordered = sorted(pinned, key=lambda index: self._ranges[index] or (0, 0))
        now = ordered.index(self._active) if self._active in ordered else (-1 if step > 0 else 0)
        chosen = ordered[(now + step) % len(ordered)]
        self.highlight(chosen)
        self.comment_activated.emit(chosen)

    def _on_cursor(self) -> None:
        if self._is_setting:
            return
        found = self._anchor_now()
        if found != self._anchor:
            self._anchor = found
            self.anchor_chosen.emit(found)

    def _anchor_now(self) -> Anchor | None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return self._places.passage(cursor.selectionStart(), cursor.selectionEnd())
        part = self._places.part_at(cursor.position())
        return self._places.whole(part) if part.startswith("response/") else None

    def _comment_at(self, point: QPointF) -> int:
        for index in self._visible_marks():
            if self._mark_area(index).contains(point):
                return index
        position = self.cursorForPosition(point.toPoint()).position()
        inside = (index for index, where in enumerate(self._ranges) if where and where[0] <= position < where[1])
        return next(inside, -1)

    def _visible_marks(self) -> list[int]:
        height = self.viewport().height()
        top = self.cursorForPosition(QPoint(0, 0)).position()
        bottom = self.cursorForPosition(QPoint(self.viewport().width(), height)).position()
        return [index for index, where in enumerate(self._ranges) if where and top <= where[0] <= bottom]

    def _mark_area(self, index: int) -> QRectF:
        where = self._ranges[index] or (0, 0)
        line = self.cursorRect(self._cursor_over(where[0], where[0]))
        size = theme_now().px(MARK)
        beside = [
            other for other in range(index) if self._ranges[other] and self._line_of(other) == self._line_of(index)
        ]
        left = max(2, theme_now().px(Space.S) - 2 - 3 * len(beside))
        return QRectF(left + 5 * len(beside), line.center().y() - size / 2, size, size)

    def _line_of(self, index: int) -> int:
        where = self._ranges[index] or (0, 0)
        return self.cursorRect(self._cursor_over(where[0], where[0])).top()

    def _paint_mark(self, painter: QPainter, index: int) -> None:
        """The number of the comment in the margin, as it stands in the list of comments."""
        theme = theme_now()
        colours = theme.palette.tones[Tone.WAITING]
        area = self._mark_area(index)
        is_active = index == self._active
        painter.setPen(QColor(colours.ink))
        painter.setBrush(QColor(colours.ink if is_active else colours.ground))
        painter.drawEllipse(area)
        painter.setPen(QColor(colours.ground if is_active else colours.ink))
        painter.setFont(body_font(theme, TextSize.CAPTION, strong=True))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(index + 1))

    def _fit_lines(self) -> None:
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), theme_now().px(LINE_LIMIT)))

    def _frame(self) -> None:
        colours = theme_now().palette
        self.setStyleSheet(
            f"VisitReader {{ background: {colours.surface}; border: 1px solid {colours.line};"
            f" border-radius: {RADIUS}px; padding: 0; }}"
            f"VisitReader:focus {{ border: 2px solid {colours.focus}; padding: 0; }}"
        )
