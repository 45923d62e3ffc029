"""Lists inside cards: as high as their rows, up to a few; the rest scrolls."""

from __future__ import annotations

from ui.tokens import Space
from ui.widgets.rows import RowList

MOST_ROWS = 5


def fit_height(rows: RowList, *, most: int = MOST_ROWS) -> None:
    """Let the list be as high as what it shows."""
    shown = min(most, rows.rows.rowCount())
    height = sum(max(0, rows.sizeHintForRow(position)) for position in range(shown))
    more = Space.L if rows.rows.rowCount() > most else 0
    rows.setFixedHeight(height + more + Space.XS)
    rows.setVisible(bool(shown))
