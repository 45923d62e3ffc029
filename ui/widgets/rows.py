"""Lists of records: two lines, a time and a state per row, painted from immutable values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from ui.icons import pixmap
from ui.theme import Theme, body_font, theme_now
from ui.tokens import FOCUS_WIDTH, RADIUS, Space, TextSize
from ui.widgets.badges import Badge, badge_size, paint_badge
from ui.widgets.long_rows import LongRows

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole
ICON_SIZE = 20
LAID_OUT_AT_ONCE = 400
"""Rows of a long list; the window answers between two such portions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. ``meta`` stands at the right (a date, an age); ``struck`` is for what was entered in error.

    A ``heading`` row groups those below it and cannot be chosen.
    """

    id: str
    title: str = field(repr=False)
    subtitle: str = field(default="", repr=False)
    meta: str = ""
    badge: Badge | None = None
    icon: str = ""
    struck: bool = False
    heading: bool = False

    def spoken(self) -> str:
        """What a screen reader says for the row."""
        parts = (self.title, self.subtitle, self.meta, self.badge.text if self.badge else "")
        return ", ".join(part for part in parts if part)


class RowsModel(QAbstractListModel):
    """Adapts a tuple of rows; ``show`` keeps what did not change, so that the selection stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] | LongRows = ()
        self._count = 0

    def row_at(self, position: int) -> Row:
        return self._rows[position]

    def place_of(self, row_id: str) -> int:
        """Where the row with this id stands, -1 where there is none."""
        if isinstance(self._rows, LongRows):
            return self._rows.place_of(row_id)
        return next((place for place, row in enumerate(self._rows) if row.id == row_id), -1)

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows with the fewest changes at the front and the end; those of long lists are not compared."""
        if isinstance(rows, LongRows) or isinstance(self._rows, LongRows):
            self._exchange(rows if isinstance(rows, LongRows) else tuple(rows))
            return
        new = tuple(rows)
        same_head = _same(self._rows, new)
        rest = min(len(self._rows), len(new)) - same_head
        same_tail = min(rest, _same(self._rows[::-1], new[::-1]))
        self._replace(new, same_head, same_tail)

    def _exchange(self, new: tuple[Row, ...] | LongRows) -> None:
        before, after = self._count, len(new)
        if before > after:
            self.beginRemoveRows(ROOT, after, before - 1)
            self._count = after
            self.endRemoveRows()
        self._rows = new
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))
        if after > before:
            self.beginInsertRows(ROOT, before, after - 1)
            self._count = after
            self.endInsertRows()

    def _replace(self, new: tuple[Row, ...], head: int, tail: int) -> None:
        old_end, new_end = len(self._rows) - tail, len(new) - tail
        shared = min(old_end, new_end)
        if old_end > shared:
            self.beginRemoveRows(ROOT, shared, old_end - 1)
            self._hold((*self._rows[:shared], *self._rows[old_end:]))
            self.endRemoveRows()
        elif new_end > shared:
            self.beginInsertRows(ROOT, shared, new_end - 1)
            self._hold((*self._rows[:shared], *new[shared:new_end], *self._rows[shared:]))
            self.endInsertRows()
        self._hold(new)
        if shared > head:
            self.dataChanged.emit(self.index(head), self.index(shared - 1))

    def _hold(self, rows: tuple[Row, ...]) -> None:
        self._rows, self._count = rows, len(rows)

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self._count:
            return None
        if role == Qt.ItemDataRole.SizeHintRole:
            return _size_of(theme_now(), *self._outline(index.row()))
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._outline(index.row())[0]:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren

    def _outline(self, place: int) -> tuple[bool, bool]:
        """Whether a row is a heading, and whether it has two lines."""
        if isinstance(self._rows, LongRows):
            return self._rows.is_heading(place), True
        return self._rows[place].heading, bool(self._rows[place].subtitle)


@lru_cache(maxsize=16)
def _size_of(theme: Theme, heading: bool, two_lines: bool) -> QSize:
    if heading:
        return QSize(120, theme.px(20) + Space.L)
    lines = theme.px(20) + (theme.px(18) if two_lines else 0)
    return QSize(160, max(theme.target, lines + 2 * Space.S))


class RowDelegate(QStyledItemDelegate):
    """Paints a Row. How large it is says the model: asked of the delegate, a long list is twice as slow to lay out."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = theme_now(), _row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        if row.heading:
            _paint_heading(painter, area, row, theme)
        else:
            _paint_ground(painter, area, option.state, theme)
            _paint_row(painter, area.adjusted(Space.M, Space.S, -Space.M, -Space.S), row, theme)
        painter.restore()


class RowList(QListView):
    """A list of rows. ``opened`` (Enter, double click, or one click with ``one_click``) and ``chosen`` carry the id."""

    opened = Signal(str)
    chosen = Signal(str)
    left_upwards = Signal()

    def __init__(
        self, name: str, *, flat: bool = False, one_click: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("flat", flat)
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setBatchSize(LAID_OUT_AT_ONCE)
        (self.clicked if one_click else self.doubleClicked).connect(self._on_open)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the chosen one stays chosen while it is among them."""
        kept = self.chosen_id()
        is_long = isinstance(rows, LongRows) and len(rows) > LAID_OUT_AT_ONCE
        self.setLayoutMode(QListView.LayoutMode.Batched if is_long else QListView.LayoutMode.SinglePass)
        self.rows.show(rows)
        if kept and kept != self.chosen_id():
            self.choose(kept)

    def chosen_id(self) -> str:
        index = self.currentIndex()
        return self.rows.row_at(index.row()).id if index.isValid() else ""

    def choose(self, row_id: str) -> None:
        """Make a row the current one, if it is there."""
        place = self.rows.place_of(row_id)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))

    def choose_first(self) -> None:
        """Make the first row that can be chosen the current one."""
        for position in range(self.rows.rowCount()):
            if not self.rows.row_at(position).heading:
                self.setCurrentIndex(self.rows.index(position))
                return

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.chosen_id())
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()

    def _on_open(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if not row.heading:
            self.opened.emit(row.id)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.row_at(index.row()).id)


def _same(first: Sequence[Row], second: Sequence[Row]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _row_of(index: Index) -> Row:
    return cast(Row, index.data(ROW_ROLE))


def _paint_heading(painter: QPainter, area: QRectF, row: Row, theme: Theme) -> None:
    painter.setFont(body_font(theme, TextSize.CAPTION, strong=True))
    painter.setPen(QColor(theme.palette.ink_faint))
    inner = area.adjusted(Space.M, Space.S, -Space.M, -Space.XS)
    room = inner.width() - painter.fontMetrics().horizontalAdvance(row.meta) - (Space.S if row.meta else 0)
    title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, int(room))
    painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, title)
    painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, row.meta)


def _paint_ground(painter: QPainter, area: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    colours = theme.palette
    inner = area.adjusted(2, 1, -2, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(QColor(colours.accent_soft))
        painter.drawRoundedRect(inner, RADIUS, RADIUS)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(inner, RADIUS, RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.focus), FOCUS_WIDTH))
        painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)


def _paint_row(painter: QPainter, area: QRectF, row: Row, theme: Theme) -> None:
    area = _paint_right(painter, area, row, theme)
    colours = theme.palette
    if row.icon:
        size = theme.px(ICON_SIZE)
        top = area.top() + (area.height() - size) / 2
        painter.drawPixmap(int(area.left()), round(top), pixmap(row.icon, colours.ink_faint, size))
        area.setLeft(area.left() + size + Space.M)
    first = QRectF(area.left(), area.top(), area.width(), theme.px(20) if row.subtitle else area.height())
    font = body_font(theme, strong=True)
    font.setStrikeOut(row.struck)
    _paint_line(painter, first, row.title, colours.ink, font)
    if row.subtitle:
        second = QRectF(area.left(), area.top() + theme.px(20), area.width(), theme.px(18))
        _paint_line(painter, second, row.subtitle, colours.ink_soft, body_font(theme, TextSize.CAPTION))


def _paint_right(painter: QPainter, area: QRectF, row: Row, theme: Theme) -> QRectF:
    """The badge and the meta text from the right; gives the area that is left."""
    right = area.right()
    if row.badge:
        size = badge_size(row.badge, theme)
        top = area.top() + (area.height() - size.height()) / 2
        paint_badge(painter, QRectF(right - size.width(), round(top), size.width(), size.height()), row.badge, theme)
        right -= size.width() + Space.M
    if row.meta:
        font = body_font(theme, TextSize.CAPTION)
        width = QFontMetrics(font).horizontalAdvance(row.meta) + 2
        line = QRectF(right - width, area.top(), width, area.height())
        _paint_line(painter, line, row.meta, theme.palette.ink_soft, font)
        right -= width + Space.M
    return QRectF(area.left(), area.top(), max(0.0, right - area.left()), area.height())


def _paint_line(painter: QPainter, area: QRectF, text: str, colour: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
