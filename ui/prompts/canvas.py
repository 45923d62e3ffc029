"""The ground of a page: paints what is not built yet, and hears when a row wants another height."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Canvas(QWidget):
    """``grown`` says that some row on it asked to be laid out anew."""

    grown = Signal()

    def __init__(self, paint: Callable[[QPainter, QRect], None]) -> None:
        super().__init__()
        self._paint = paint

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.grown.emit()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint(painter, event.rect())
        painter.end()
