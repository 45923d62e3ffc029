"""A sheet inside the window instead of a dialog: dims what is behind, keeps the focus, Esc closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.surface import Card, row

_DIM = QColor(10, 18, 20, 110)


class Overlay(QWidget):
    """Lies over its host; put widgets in with ``overlay.card.body``. ``closed`` fires however it went away."""

    closed = Signal()

    def __init__(self, host: QWidget, name: str, *, width: int = 560) -> None:
        super().__init__(host)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # no stop for Tab; it takes the keyboard only when it opens
        self._host = host
        self.card = Card(name=name)
        self._width = width
        self.card.setMinimumWidth(min(width, 320))
        self._came_from: QWidget | None = None
        line = row(margin=Space.XL)
        line.addStretch(1)
        line.addWidget(self.card, 100, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        line.setContentsMargins(Space.XL, 56, Space.XL, Space.XL)
        self.setLayout(line)
        self.hide()

    def open_over(self) -> None:
        """Come to the front and take the focus."""
        self._came_from = QApplication.focusWidget()
        self.card.setMaximumWidth(theme_now().px(self._width))
        self.setGeometry(self._host.rect())
        self._host.installEventFilter(self)  # only while it is open: a filter is asked about every event of the desk
        self.raise_()
        self.show()

    def close_over(self) -> None:
        """Go away and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        self._host.removeEventFilter(self)
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.closed.emit()

    def first_focus(self) -> QWidget:
        """Where the focus goes on opening."""
        return self

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.first_focus().setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self.setGeometry(self._host.rect())
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_over()
        else:
            super().keyPressEvent(event)
            event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_over()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self and not self.isAncestorOf(focus):
            self.first_focus().setFocus(Qt.FocusReason.TabFocusReason)
        return moved

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _DIM)
        painter.end()
