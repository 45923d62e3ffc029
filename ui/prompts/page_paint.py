"""What a page paints by itself: the cards under its rows, and the words of rows whose widgets are still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.prompts.rows import Ground, PromptRow, RowKind
from ui.prompts.stacking import Spot
from ui.theme import body_font, theme_now
from ui.tokens import RADIUS, TextSize

_WORDLESS = (RowKind.ADD, RowKind.REMOVED, RowKind.TIMER, RowKind.LOOK, RowKind.PRIVATE)


def paint_cards(painter: QPainter, cards: Sequence[tuple[Ground, Spot]], area: QRect) -> None:
    """The grounds, outer ones first."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme_now().palette
    for ground, spot in sorted(cards, key=lambda card: -card[1].width):
        if spot.top > area.bottom() or spot.bottom < area.top():
            continue
        tone = colours.tones[ground.tone] if ground.tone is not None else None
        painter.setBrush(QColor(tone.ground if tone else colours.surface))
        painter.setPen(QPen(QColor(tone.line if tone else colours.line), 1))
        painter.drawRoundedRect(
            QRectF(spot.left + 0.5, spot.top + 0.5, spot.width - 1, spot.height - 1), RADIUS, RADIUS
        )


def paint_words(painter: QPainter, row: PromptRow, spot: Spot) -> None:
    """The words of a row where they will stand once it is built."""
    if row.kind in _WORDLESS or not row.item.label:
        return
    theme = theme_now()
    painter.setFont(body_font(theme, TextSize.BODY, strong=row.kind is RowKind.PROMPT))
    painter.setPen(QColor(theme.palette.ink_faint))
    place = QRect(spot.left, spot.top, spot.width, spot.height)
    painter.drawText(place, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, row.item.label)
