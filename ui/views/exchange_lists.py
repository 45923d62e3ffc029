"""Lists inside cards: as high as their rows, up to a few; the rest scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from typing_extensions import override

from ui.tokens import Space
from ui.widgets.rows import RowList

MOST_ROWS = 8


class CardList(RowList):
    """Stays as high as its rows when the text size is changed."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows") and self.rows.rowCount():
            fit_height(self)


def fit_height(rows: RowList, *, most: int = MOST_ROWS) -> None:
    """Let the list be as high as what it shows."""
    shown = min(most, rows.rows.rowCount())
    height = sum(max(0, rows.sizeHintForRow(position)) for position in range(shown))
    more = Space.L if rows.rows.rowCount() > most else 0
    rows.setFixedHeight(height + more + Space.XS)
    rows.setVisible(bool(shown))
