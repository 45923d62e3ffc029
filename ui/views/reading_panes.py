"""A visit as it reads with what belongs to it beside it; in a narrow window that comes under the text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme import theme_now
from ui.widgets.surface import SplitPanes


class ReadingPanes(SplitPanes):
    """Folds by its own width; the widths are those at 100 % text."""

    def __init__(self, reading: QWidget, side: QWidget, *, read_width: int, side_width: int) -> None:
        super().__init__(reading, side)
        self._side = side
        self._read_width, self._side_width = read_width, side_width
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px, width, height = theme_now().px, event.size().width(), event.size().height()
        beside = width >= px(self._side_width) + px(self._read_width)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.orientation() != wanted:
            self.setOrientation(wanted)
        self._side.setMinimumWidth(px(self._side_width) if beside else 0)
        if beside:
            self.setSizes([width - px(self._side_width), px(self._side_width)])
        else:
            self.setSizes([height * 2 // 3, height // 3])
