"""A visit as it reads on paper, with comments on the very passages they are pinned to. Nothing in it can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from homevisit.domain.family import Person
from homevisit.domain.review import Anchor, Comment
from homevisit.domain.visit import VisitBody
from homevisit.prompts.library import Library
from ui.theme import body_font, theme_now
from ui.tokens import Space, TextSize, Tone
from ui.views.reading_blocks import Block, blocks_of
from ui.views.reading_sheet import Sheet
from ui.words import tr

MARK = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What is on the paper, so that a new look can set it again."""

    body: VisitBody
    people: tuple[Person, ...] = ()
    library: Library = field(default_factory=lambda: Library(()))
    struck: bool = False
    in_home: bool = False


class VisitReader(Sheet):
    """Shows a VisitBody. N and P go through the comments; text can be selected with mouse or keyboard.

    ``anchor_chosen`` carries the Anchor of the selected passage or of the answer that the cursor is in, None where
    there is neither. ``comment_activated`` carries a comment's position in the sequence that was given.
    """

    anchor_chosen = Signal(object)
    comment_activated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: _Shown | None = None
        self._comments: tuple[Comment, ...] = ()
        self._ranges: list[tuple[int, int] | None] = []
        self._active = -1
        self._anchor: Anchor | None = None
        self.setAccessibleName(tr("reading", "The visit as it was written"))
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
            self.set_again(keep_place=is_same)
        self.show_comments(comments)

    def show_comments(self, comments: Sequence[Comment]) -> None:
        """Mark these comments on their passages."""
        if tuple(comments) != self._comments:
            self._comments = tuple(comments)
            self._pin()

    def hide_sensitive(self, hidden: bool) -> None:
        """In-home view: answers to sensitive prompts are not on the screen."""
        if self._shown is not None and self._shown.in_home != hidden:
            self._shown = replace(self._shown, in_home=hidden)
            self.set_again(keep_place=True)

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
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in self._visible_marks():
            self._paint_mark(painter, index)
        painter.end()

    @override
    def blocks(self) -> Iterable[Block] | None:
        shown = self._shown
        if shown is None:
            return None
        return blocks_of(shown.body, shown.people, shown.library, struck=shown.struck, in_home=shown.in_home)

    @override
    def is_struck(self) -> bool:
        return self._shown is not None and self._shown.struck

    @override
    def on_set(self) -> None:
        self._active = -1
        self._pin()
        self._on_cursor()

    @override
    def on_written(self) -> None:
        self._pin()

    def _pin(self) -> None:
        self._ranges = [self.places.range_of(comment.anchor) for comment in self._comments]
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
        if self.is_setting:
            return
        found = self._anchor_now()
        if found != self._anchor:
            self._anchor = found
            self.anchor_chosen.emit(found)

    def _anchor_now(self) -> Anchor | None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return self.places.passage(cursor.selectionStart(), cursor.selectionEnd())
        part = self.places.part_at(cursor.position())
        return self.places.whole(part) if part.startswith("response/") else None

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
