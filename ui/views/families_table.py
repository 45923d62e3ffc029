"""The table of families: two lines per cell, painted from values, no widget per row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from homevisit.domain.summaries import FamilyRow
from ui.models.families import CELL_ROLE, Cell, Column, FamiliesModel
from ui.theme import Theme, body_font, theme_now
from ui.tokens import FOCUS_WIDTH, Space, TextSize, Tone
from ui.widgets.badges import Badge, badge_size, paint_badge
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
ROOM = "families"
_SHARES = {Column.FAMILY: 26, Column.BABIES: 26, Column.CARERS: 18, Column.LEVEL: 9, Column.LAST: 11, Column.STATE: 12}
_DROPPED_BELOW = ((Column.LEVEL, 900), (Column.CARERS, 760), (Column.STATE, 620))
_MARKS = {"draft": ("pencil", Tone.NEUTRAL), "conflict": ("git-branch", Tone.ALERT)}


class FamilyDelegate(QStyledItemDelegate):
    """Paints a Cell."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, row_height(theme_now()))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, cell = theme_now(), index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        area = QRectF(option.rect)
        painter.save()
        _paint_ground(painter, area, option.state, theme)
        inner = area.adjusted(Space.S, 0, -Space.XS, 0)
        if cell.mark:
            _paint_mark(painter, inner, cell, theme)
        else:
            _paint_words(painter, inner, cell, theme, strong=index.column() == Column.FAMILY)
        painter.restore()


class FamiliesTable(QTableView):
    """``opened`` carries a family's id: Enter, or one click. Columns that do not fit are left out, the last first."""

    opened = Signal(str)
    left_upwards = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.families = FamiliesModel(self)
        self.setModel(self.families)
        self.setObjectName("families.table")
        self.setAccessibleName(tr(ROOM, "Families"))
        self.setItemDelegate(FamilyDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._set_headers()
        self.clicked.connect(lambda index: self.opened.emit(self.families.family_at(index.row())))

    def show_families(self, rows: Sequence[FamilyRow], today: date) -> None:
        """Show other families; the chosen one stays chosen while it is among them."""
        kept = self.chosen()
        self.families.show(rows, today)
        place = self.families.place_of(kept) if kept else -1
        if place >= 0 and place != self.currentIndex().row():
            self.selectRow(place)

    def chosen(self) -> str:
        return self.families.family_at(self.currentIndex().row()) if self.currentIndex().isValid() else ""

    def choose_first(self) -> None:
        if not self.currentIndex().isValid() and self.families.rowCount():
            self.selectRow(0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen():
            self.opened.emit(self.chosen())
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "families"):
            self._fit_rows()
            self._share_width()

    def _set_headers(self) -> None:
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(row_height(theme_now()))
        self.verticalHeader().setDefaultSectionSize(row_height(theme_now()))

    def _share_width(self) -> None:
        width, scale = self.viewport().width(), theme_now().scale / 100
        hidden = {column for column, least in _DROPPED_BELOW if width < least * scale}
        shown = [column for column in Column if column not in hidden]
        whole = sum(_SHARES[column] for column in shown)
        used = 0
        for column in Column:
            self.setColumnHidden(column, column in hidden)
        for column in shown[1:]:
            share = width * _SHARES[column] // whole
            self.setColumnWidth(column, share)
            used += share
        self.setColumnWidth(shown[0], width - used)


def row_height(theme: Theme) -> int:
    """Two lines with room round them."""
    return max(theme.target, theme.px(38) + 2 * Space.XS)


def _paint_ground(painter: QPainter, area: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    colours = theme.palette
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, QColor(colours.accent_soft))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, QColor(colours.hover))
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(colours.focus), FOCUS_WIDTH))
        painter.drawRect(area.adjusted(1, 1, -1, -2))


def _paint_words(painter: QPainter, area: QRectF, cell: Cell, theme: Theme, *, strong: bool) -> None:
    line, soft = theme.px(20), theme.px(17)
    height = line + (soft if cell.more else 0)
    top = area.top() + (area.height() - height) / 2
    first = QRectF(area.left(), top, area.width(), line)
    _line(painter, first, cell.text, theme.palette.ink, body_font(theme, strong=strong))
    if cell.more:
        second = QRectF(area.left(), top + line, area.width(), soft)
        _line(painter, second, cell.more, theme.palette.ink_soft, body_font(theme, TextSize.CAPTION))


def _paint_mark(painter: QPainter, area: QRectF, cell: Cell, theme: Theme) -> None:
    icon, tone = _MARKS[cell.mark]
    badge = Badge(cell.text, icon, tone)
    size = badge_size(badge, theme)
    if size.width() > area.width():
        _paint_words(painter, area, Cell(cell.text), theme, strong=False)
        return
    top = area.top() + (area.height() - size.height()) / 2
    paint_badge(painter, QRectF(area.left(), round(top), size.width(), size.height()), badge, theme)


def _line(painter: QPainter, area: QRectF, text: str, colour: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    words = " ".join(text.split())
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
