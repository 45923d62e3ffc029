"""A table of words that is as high as they need: it scrolls with its page and is walked through with the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from ui.models.word_table import CELL_ROLE, Cell, WordTableModel
from ui.theme import Theme, body_font, theme_now
from ui.tokens import FOCUS_WIDTH, Space, TextSize

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALLEST = 100_000


class CellDelegate(QStyledItemDelegate):
    """Paints a Cell with its words wrapped."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, cell = theme_now(), index.data(CELL_ROLE)
        width = max(40, option.rect.width() - 2 * Space.S)
        font = QFontMetrics(_font(cell, theme))
        words = font.boundingRect(QRect(0, 0, width, _TALLEST), int(_WRAPPED), cell.words).height()
        return QSize(width, words + _mark_height(cell, theme) + 2 * Space.S)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, cell = theme_now(), index.data(CELL_ROLE)
        painter.save()
        area = QRectF(option.rect)
        _paint_ground(painter, area, option.state, cell, theme)
        inner = area.adjusted(Space.S, Space.S, -Space.S, -Space.S)
        if cell.mark:
            painter.setFont(body_font(theme, TextSize.CAPTION, strong=True))
            painter.setPen(QColor(theme.palette.accent))
            painter.drawText(inner, int(_WRAPPED), cell.mark)
            inner.setTop(inner.top() + _mark_height(cell, theme))
        painter.setFont(_font(cell, theme))
        painter.setPen(QColor(_colour(cell, theme)))
        painter.drawText(inner, int(_WRAPPED), cell.words)
        painter.restore()


class WordTable(QTableView):
    """``opened`` carries the place of a row and a column: Enter, or a double click. ``label_share`` is how much of
    the width the first column takes, in percent.
    """

    opened = Signal(int, int)

    def __init__(self, name: str, *, label_share: int = 30, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label_share = label_share
        self.words = WordTableModel(self)
        self.setModel(self.words)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._set_headers()
        self.activated.connect(self._on_activated)

    def show_cells(self, heads: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> None:
        if self.words.show(heads, rows):
            self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "words"):
            self._fit()

    def _set_headers(self) -> None:
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _fit(self) -> None:
        """Share the width, give every row the height of its words, and be as high as all rows together."""
        count = self.words.columnCount()
        if count < 2:
            return
        whole = self.viewport().width()
        label = whole * self._label_share // 100
        share = (whole - label) // (count - 1)
        self.setColumnWidth(0, whole - share * (count - 1))
        for column in range(1, count):
            self.setColumnWidth(column, share)
        self.resizeRowsToContents()
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + self.verticalHeader().length() + 2 * self.frameWidth())

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(index.row(), index.column())


def _font(cell: Cell, theme: Theme) -> QFont:
    if cell.is_heading:
        return body_font(theme, strong=True)
    return body_font(theme, TextSize.CAPTION if cell.is_label or cell.quiet else TextSize.BODY)


def _colour(cell: Cell, theme: Theme) -> str:
    colours = theme.palette
    if cell.quiet:
        return colours.ink_faint
    return colours.ink_soft if cell.is_label or cell.is_heading else colours.ink


def _mark_height(cell: Cell, theme: Theme) -> int:
    return theme.px(17) if cell.mark else 0


def _paint_ground(painter: QPainter, area: QRectF, state: QStyle.StateFlag, cell: Cell, theme: Theme) -> None:
    colours = theme.palette
    if cell.is_heading:
        painter.fillRect(area, QColor(colours.sunken))
    elif cell.mark:
        painter.fillRect(area.adjusted(1, 1, -1, -1), QColor(colours.accent_soft))
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(colours.focus), FOCUS_WIDTH))
        painter.drawRect(area.adjusted(1, 1, -1, -2))
