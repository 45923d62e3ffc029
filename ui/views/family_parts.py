"""Parts that Today, Family, Search and Settings share: columns that fold, lists as tall as they are, ticks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from homevisit.domain.summaries import ActionRow
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.buttons import QuietButton
from ui.widgets.fields import CheckBox
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import Card, boxed, column, row
from ui.widgets.text import Caption, SectionTitle, TextLabel, WrappedText
from ui.words import tr

Item = TypeVar("Item")
FOLD_BELOW = 860
ROWS_FIRST = 12
ACTIONS_FIRST, ACTIONS_MORE = 6, 12


class Fold(QWidget):
    """Two columns side by side, one under the other where the width does not carry both at this text size."""

    def __init__(self, left: QWidget, right: QWidget, *, shares: tuple[int, int] = (3, 2)) -> None:
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(Space.L)
        self._shares = shares
        for part, share in zip((left, right), shares, strict=True):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._line.addWidget(part, share)
            self._line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._line)

    @override
    def minimumSizeHint(self) -> QSize:
        """Only the width: the height follows from it, and a guess for the narrowest would leave a gap below."""
        return QSize(super().minimumSizeHint().width(), 1)

    @property
    def is_folded(self) -> bool:
        return self._line.direction() is QBoxLayout.Direction.TopToBottom

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme_now().px(FOLD_BELOW)
        if narrow != self.is_folded:
            way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            self._line.setDirection(way)
            for place, share in enumerate(self._shares):
                self._line.setStretch(place, 0 if narrow else share)


class FittedList(RowList):
    """A list of rows that is as tall as its rows; the page scrolls, not the list."""

    def __init__(self, name: str) -> None:
        super().__init__(name, flat=True, one_click=True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def show_rows(self, rows: Sequence[Row]) -> None:
        super().show_rows(rows)
        self.fit()

    def fit(self) -> None:
        """Take the height of the rows."""
        height = sum(self.sizeHintForRow(place) for place in range(self.rows.rowCount()))
        self.setFixedHeight(height + 2)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self.fit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())


class ListCard(Card):
    """A titled list with a sentence for when it is empty; long ones show their beginning until asked for all."""

    opened = Signal(str)

    def __init__(self, title: str, name: str, *, empty: str = "", first: int = ROWS_FIRST) -> None:
        super().__init__(name=title)
        self.setObjectName(name)
        self._first = first
        self._all_shown = False
        self._count_of = 0
        self._row_at: Callable[[int], Row] = lambda place: Row(id=str(place), title="")
        self._count = TextLabel(style="caption")
        self.list = FittedList(title)
        self.list.setObjectName(f"{name}.list")
        self._empty = Caption(empty)
        self._more = QuietButton("")
        self._more.setObjectName(f"{name}.more")
        head = row(SectionTitle(title), gap=Space.S)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.body.setContentsMargins(Space.XS, Space.L, Space.XS, Space.S)
        self.body.addLayout(inset(head))
        self.body.addWidget(self.list)
        self.body.addLayout(inset(row(self._empty)))
        self.body.addWidget(self._more)
        self.list.opened.connect(self.opened)
        self._more.clicked.connect(self._on_more)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the rows, or the sentence for none."""
        self.show_items(rows, lambda row: row)

    def show_items(self, items: Sequence[Item], row_of: Callable[[Item], Row]) -> None:
        """Show a row of each item; a row that is not shown costs nothing."""
        self._count_of, self._row_at = len(items), lambda place: row_of(items[place])
        self._render()

    def _on_more(self) -> None:
        self._all_shown = not self._all_shown
        self._render()

    def _render(self) -> None:
        count = self._count_of
        shown = [self._row_at(place) for place in range(count if self._all_shown else min(count, self._first))]
        self.list.show_rows(shown)
        self.list.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        self._count.setText(str(count) if count > 1 else "")
        self._more.setVisible(count > self._first)
        more = tr("list", "Show all {count}", count=count)
        self._more.setText(tr("list", "Show fewer") if self._all_shown else more)


class ActionLine(QWidget):
    """One thing that was said would be done, with its tick; shows another in its place when it is told to."""

    ticked = Signal(object, bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._action: ActionRow | None = None
        self._tick = CheckBox("")
        self._tick.setObjectName(name)
        self._tick.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._tick.answered.connect(self._on_answered)
        self._what = _still("", "body")
        self._words = _still("", "caption")
        body = row(gap=Space.S)
        body.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(column(self._what, self._words, gap=0), 1)
        body.setContentsMargins(0, Space.XS, 0, Space.XS)
        self.setLayout(body)

    def show_action(self, action: ActionRow, words: str) -> None:
        """Show an action and the words under it."""
        self._action = action
        self._tick.setAccessibleName(tr("actions", "Done: {what}", what=action.what))
        self._tick.setAccessibleDescription(words)
        self._tick.show_value(action.done)
        self._what.setText(action.what)
        self._what.restyle("done" if action.done else "body")
        self._words.setText(words)
        self._words.setHidden(not words)

    def _on_answered(self, done: bool) -> None:
        self.ticked.emit(self._action, done)


class ActionRows(QWidget):
    """What we said we would do, each with its tick. ``ticked`` carries the action and whether it is done now.

    Lines are kept and filled anew: making one takes longer than filling it.
    """

    ticked = Signal(object, bool)
    opened = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._lines: list[ActionLine] = []
        self._shown: list[tuple[ActionRow, str]] = []
        self._count = 0
        self._told: Callable[[int], tuple[ActionRow, str]] = lambda place: self._shown[place]
        self._most = ACTIONS_FIRST
        self._body = column(gap=Space.XS)
        self._more = QuietButton("")
        self._more.setObjectName(f"{name}.more")
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        whole = column(gap=Space.XS)
        whole.addLayout(self._body)
        whole.addWidget(self._more)
        self.setLayout(whole)

    def show_actions(self, items: Sequence[Item], told: Callable[[Item], tuple[ActionRow, str]]) -> None:
        """Show the action of each item with the words under it; nothing is touched where nothing changed."""
        shown = [told(item) for item in items[: self._most]]
        self._told = lambda place: told(items[place])
        if shown != self._shown or len(items) != self._count:
            self._count = len(items)
            self._render(shown)

    def _render(self, shown: list[tuple[ActionRow, str]]) -> None:
        self._shown = shown
        self._make_lines(len(shown))
        for line, (action, words) in zip(self._lines, shown, strict=False):
            line.show_action(action, words)
        for place, line in enumerate(self._lines):
            line.setHidden(place >= len(shown))
        left = self._count - len(shown)
        self._more.setVisible(left > 0)
        self._more.setText(tr("actions", "Show {count} more", count=min(left, ACTIONS_MORE)))

    def _make_lines(self, count: int) -> None:
        """A line is made of several widgets: a thousand of them at once would stop the window for good."""
        lines = [ActionLine(f"{self.objectName()}.{place}") for place in range(len(self._lines), count)]
        if lines:
            for line in lines:
                line.hide()
                line.ticked.connect(self.ticked)
            self._lines += lines
            self._body.addWidget(boxed(column(*lines, gap=Space.XS)))  # as one, so that the page is laid out once

    def _on_more(self) -> None:
        self._most += ACTIONS_MORE
        self._render([self._told(place) for place in range(min(self._most, self._count))])


def _still(text: str, style: str) -> WrappedText:
    """A text of a line: one whose words can be selected keeps a document of its own, and laying it out costs thrice."""
    made = WrappedText(text, style)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return made


def inset(layout: QBoxLayout) -> QBoxLayout:
    """A line of a card whose lists reach its edges: it begins where the words of the rows begin."""
    layout.setContentsMargins(Space.M, 0, Space.M, 0)
    return layout


def plain_label(text: str) -> str:
    """Words for a button, where an ampersand would be read as a shortcut."""
    return text.replace("&", "&&")


def emptied(layout: QBoxLayout) -> None:
    """Take every widget out of a layout and destroy it."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
