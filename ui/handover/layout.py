"""How the handed-over screen stands: parts in the middle, no wider than is good to read."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.tokens import Space
from ui.widgets.surface import boxed, column, row

READING_WIDTH = 820


def centred(*parts: QWidget) -> QWidget:
    """Parts one below the other in the middle of the screen."""
    inner = boxed(column(*parts, gap=Space.L))
    inner.setMaximumWidth(READING_WIDTH)
    line = row()
    line.addStretch(1)
    line.addWidget(inner, 4)
    line.addStretch(1)
    whole = column(margin=Space.XL)
    whole.addStretch(1)
    whole.addLayout(line)
    whole.addStretch(2)
    return boxed(whole)
