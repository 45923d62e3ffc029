"""Comments beside the text: each with its number and the words it is pinned to; those of the draft can be written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.domain.review import Anchor
from homevisit.domain.visit import Section
from ui.presenters.review_state import Pinned, ReviewState
from ui.tokens import Space
from ui.visit_words import section_words
from ui.widgets.buttons import IconButton, SecondaryButton
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.surface import Card, Well, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, TextLabel
from ui.words import tr

ROOM = "review"
QUOTED = 90


class CommentsCard(Card):
    """``comment_written`` and ``comment_removed`` carry the place in the draft, ``comment_entered`` the number."""

    comment_asked = Signal()
    comment_written = Signal(int, str)
    comment_removed = Signal(int)
    comment_entered = Signal(int)
    writing_left = Signal()

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Comments"))
        self._boxes: list[CommentBox] = []
        self._about = Caption()
        self._about.setObjectName("review.comment.about")
        self._add = SecondaryButton(tr(ROOM, "Comment"), icon="message-square-text")
        self._add.setObjectName("review.comment.add")
        self._list = column(gap=Space.S)
        self._focus_seen = 0
        head = row(SectionTitle(tr(ROOM, "Comments")), gap=Space.S)
        head.setStretch(0, 1)
        head.addWidget(self._add)
        self.body.addLayout(head)
        self.body.addWidget(self._about)
        self.body.addLayout(self._list)
        self._add.clicked.connect(self.comment_asked)

    def render_state(self, state: ReviewState) -> None:
        self._add.setEnabled(state.can_write)
        self._about.setText(_about_words(state))
        self._about.setVisible(bool(self._about.text()))
        self._fit(state.comments)
        for number, (box, pinned) in enumerate(zip(self._boxes, state.comments, strict=True)):
            box.show_comment(pinned, number, is_active=number == state.active)
        if state.focus != self._focus_seen:
            self._focus_seen = state.focus
            if self._boxes:
                self._boxes[-1].focus_text()

    def _fit(self, comments: tuple[Pinned, ...]) -> None:
        """As many boxes as comments, of the right kind; a box in use is never made anew."""
        kinds = [pinned.place >= 0 for pinned in comments]
        while self._boxes and [box.is_mine for box in self._boxes] != kinds[: len(self._boxes)]:
            gone = self._boxes.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for is_mine in kinds[len(self._boxes) :]:
            self._boxes.append(self._new_box(is_mine))

    def _new_box(self, is_mine: bool) -> CommentBox:
        box = CommentBox(is_mine=is_mine)
        box.written.connect(self.comment_written)
        box.removed.connect(self.comment_removed)
        box.entered.connect(self.comment_entered)
        box.left.connect(self.writing_left)
        self._list.addWidget(box)
        return box


class CommentBox(Well):
    """One comment."""

    written = Signal(int, str)
    removed = Signal(int)
    entered = Signal(int)
    left = Signal()

    def __init__(self, *, is_mine: bool) -> None:
        super().__init__()
        self.is_mine = is_mine
        self._place, self._number = -1, 0
        self._title = TextLabel(style="strong")
        self._quote = Caption()
        self._words = BodyText()
        self._text = CommentText()
        self._remove = IconButton("trash-2", tr(ROOM, "Take this comment out"))
        head = row(self._title, gap=Space.S)
        head.addStretch(1)
        if is_mine:
            head.addWidget(self._remove)
        self.body.addLayout(head)
        for part in (self._quote, self._text if is_mine else self._words):
            self.body.addWidget(part)
        self._text.edited.connect(lambda: self.written.emit(self._place, self._text.value()))
        self._text.left.connect(self.left)
        self._text.entered.connect(lambda: self.entered.emit(self._number))
        self._remove.clicked.connect(lambda: self.removed.emit(self._place))

    def show_comment(self, pinned: Pinned, number: int, *, is_active: bool) -> None:
        self._place, self._number = pinned.place, number
        shown = tr(ROOM, "Comment {number}", number=number + 1)
        shown = f"{shown} · {pinned.by}" if pinned.by else shown
        self._title.setText(f"▸ {shown}" if is_active else shown)
        self._quote.setText(quote_words(pinned.comment.anchor))
        self._words.setText(pinned.comment.text)
        self._text.show_value(pinned.comment.text)
        self._text.setAccessibleName(tr(ROOM, "Comment {number}", number=number + 1))
        self._text.setAccessibleDescription(self._quote.text())
        self._text.setObjectName(f"review.comment.{number + 1}")
        self._remove.setObjectName(f"review.comment.{number + 1}.remove")
        self._remove.setAccessibleName(tr(ROOM, "Take comment {number} out", number=number + 1))

    def focus_text(self) -> None:
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entered.emit(self._number)


class CommentText(GrowingTextEdit):
    """The words of a comment; entering it shows its passage."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(placeholder=tr(ROOM, "What you want to say about it"), lines=2, parent=parent)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


def quote_words(anchor: Anchor) -> str:
    """What a comment is pinned to, in words."""
    if not anchor.part:
        return tr(ROOM, "On the whole visit")
    quote = " ".join(anchor.quote.split())
    short = f"{quote[:QUOTED]}…" if len(quote) > QUOTED else quote
    where = _part_words(anchor.part)
    return f"{where}: “{short}”" if short else where


def _part_words(part: str) -> str:
    kind, _, rest = part.partition("/")
    if kind == "note" and rest in tuple(Section):
        return section_words(Section(rest))
    return tr(ROOM, "Answer")


def _about_words(state: ReviewState) -> str:
    if not state.can_write:
        return "" if state.comments else tr(ROOM, "No comments.")
    if state.anchor is None:
        return tr(
            ROOM, "Select words or an answer, then press C. Without a selection the comment is on the whole visit."
        )
    return tr(ROOM, "C comments on {what}", what=quote_words(state.anchor))
