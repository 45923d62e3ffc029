"""A layout that puts widgets in rows and wraps them where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override

from ui.tokens import Space


class FlowLayout(QLayout):
    """Left to right (or right to left), then down; its height follows from its width."""

    def __init__(self, *widgets: QWidget, gap: int = Space.XS) -> None:
        super().__init__()
        self._entries: list[QLayoutItem] = []
        self._widest = 0
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def stand_upright(self, widest: int) -> None:
        """Put each widget into a line of its own, all as wide as there is room, up to ``widest``."""
        self._widest = widest
        for entry in self._entries:
            widget = entry.widget()
            if widget is not None:
                widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.invalidate()

    @override
    def addItem(self, entry: QLayoutItem) -> None:
        self._entries.append(entry)

    @override
    def count(self) -> int:
        return len(self._entries)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._entries[index] if 0 <= index < len(self._entries) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._entries.pop(index) if 0 <= index < len(self._entries) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    @override
    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._arrange(area, place=True)

    @override
    def sizeHint(self) -> QSize:
        shown = [entry.sizeHint() for entry in self._entries if not entry.isEmpty()]
        width = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for entry in self._entries:
            if not entry.isEmpty():
                size = size.expandedTo(entry.minimumSize())
        return size

    def _arrange(self, area: QRect, *, place: bool) -> int:
        y = 0
        for line in self._lines(area.width()):
            height = max(size.height() for _, _, size in line)
            for entry, x, size in line if place else ():
                spot = QRect(area.topLeft() + QPoint(x, y + (height - size.height()) // 2), size)
                entry.setGeometry(self._mirrored(spot, area))
            y += height + self.spacing()
        return max(0, y - self.spacing())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int, QSize]]]:
        """What stands in each line, with how far from its beginning."""
        lines: list[list[tuple[QLayoutItem, int, QSize]]] = []
        x = 0
        for entry in self._entries:
            if entry.isEmpty():
                continue
            size = entry.sizeHint()
            if self._widest:
                size = QSize(min(width, self._widest), size.height())
            if not lines or self._widest or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((entry, x, size))
            x += size.width() + self.spacing()
        return lines

    def _mirrored(self, spot: QRect, area: QRect) -> QRect:
        owner = self.parentWidget()
        if owner is not None and owner.isRightToLeft():
            spot.moveRight(area.right() - (spot.left() - area.left()))
        return spot


def flowing(*widgets: QWidget, gap: int = Space.XS) -> QWidget:
    """A widget whose parts flow."""
    box = QWidget()
    box.setLayout(FlowLayout(*widgets, gap=gap))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    return box
