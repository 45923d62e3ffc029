"""What a page paints by itself: the cards under its rows, and the words of rows whose widgets are still to come."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.prompts.rows import Ground, PromptRow, RowKind
from ui.prompts.stacking import Edges, Stack
from ui.theme import body_font, theme_now
from ui.tokens import RADIUS, TextSize

_WORDLESS = (RowKind.ADD, RowKind.REMOVED, RowKind.TIMER, RowKind.LOOK, RowKind.PRIVATE)


def paint_page(
    painter: QPainter, area: QRect, stack: Stack, rows: Sequence[PromptRow], built: Container[object]
) -> None:
    """The cards that touch an area, and the words of rows that are not built."""
    for ground, edges in stack.cards(area.top(), area.bottom()):
        _paint_card(painter, ground, edges)
    for number in stack.between(area.top(), area.bottom()):
        if rows[number].key not in built:
            _paint_words(painter, rows[number], stack.edges(number))


def _paint_card(painter: QPainter, ground: Ground, edges: Edges) -> None:
    """One ground, white or in a tone."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme_now().palette
    tone = colours.tones[ground.tone] if ground.tone is not None else None
    painter.setBrush(QColor(tone.ground if tone else colours.surface))
    painter.setPen(QPen(QColor(tone.line if tone else colours.line), 1))
    painter.drawRoundedRect(QRectF(QRect(*edges)).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def _paint_words(painter: QPainter, row: PromptRow, edges: Edges) -> None:
    """The words of a row where they will stand once it is built."""
    if row.kind in _WORDLESS or not row.item.label:
        return
    theme = theme_now()
    painter.setFont(body_font(theme, TextSize.BODY, strong=row.kind is RowKind.PROMPT))
    painter.setPen(QColor(theme.palette.ink_faint))
    painter.drawText(QRect(*edges), Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, row.item.label)
