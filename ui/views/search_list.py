"""The list of finds: like a list of records, but the words that were found stand out in the passage."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from ui.theme import Theme, body_font, theme_now
from ui.tokens import Space, TextSize
from ui.widgets.rows import ICON_SIZE, ROW_ROLE, Row, RowDelegate, RowList

Index = QModelIndex | QPersistentModelIndex
FOUND, END = "\ue000", "\ue001"
BLANK = " "
"""Makes room for a second line; the delegate below writes the passage there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find(Row):
    """One find; ``snippet`` marks the found words between U+E000 and U+E001."""

    snippet: str = field(default="", repr=False)

    @override
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, unmarked(self.snippet), self.meta) if part)


class FindDelegate(RowDelegate):
    """Paints a row, and the marked passage where its second line is."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        find, theme = index.data(ROW_ROLE), theme_now()
        if isinstance(find, Find) and find.snippet:
            painter.save()
            _paint_passage(painter, _second_line(QRectF(option.rect), find, theme), find.snippet, theme)
            painter.restore()


class FindList(RowList):
    """Rows with marked passages; ``opened`` carries the id of a find."""

    def __init__(self, name: str) -> None:
        super().__init__(name, one_click=True)
        self.setItemDelegate(FindDelegate(self))


def pieces(snippet: str) -> list[tuple[str, bool]]:
    """The passage cut into pieces, each with whether it was looked for."""
    first, *marked = " ".join(snippet.split()).split(FOUND)
    found = [(first, False)]
    for part in marked:
        word, _, rest = part.partition(END)
        found += [(word, True), (rest, False)]
    return [piece for piece in found if piece[0]]


def unmarked(snippet: str) -> str:
    """The passage without its marks."""
    return snippet.replace(FOUND, "").replace(END, "")


def _second_line(area: QRectF, find: Find, theme: Theme) -> QRectF:
    inner = area.adjusted(Space.M, Space.S, -Space.M, -Space.S)
    left = inner.left() + (theme.px(ICON_SIZE) + Space.M if find.icon else 0)
    meta = QFontMetricsF(body_font(theme, TextSize.CAPTION)).horizontalAdvance(find.meta)
    width = inner.right() - left - (meta + Space.M if find.meta else 0)
    return QRectF(left, inner.top() + theme.px(20), max(0.0, width), theme.px(18))


def _paint_passage(painter: QPainter, area: QRectF, snippet: str, theme: Theme) -> None:
    x = area.left()
    for text, is_found in pieces(snippet):
        font = body_font(theme, TextSize.CAPTION, strong=is_found)
        painter.setFont(font)
        painter.setPen(QColor(theme.palette.ink if is_found else theme.palette.ink_soft))
        metrics = QFontMetricsF(font)
        room = area.right() - x
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, area.top(), room, area.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        if shown != text:
            return
        x += metrics.horizontalAdvance(text)
