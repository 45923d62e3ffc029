"""The head of a page: what this is, one line about it, and what can be done with all of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ui.prompts.flow import flowing
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.surface import column, row
from ui.widgets.text import Heading, WrappedText

ROOM_FOR_TITLE = 240


class PageHeader(QWidget):
    """Title, subtitle, and actions at the right (the primary one last); below the title where both do not fit."""

    def __init__(self, title: str = "", subtitle: str = "", *actions: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Heading(title)
        self._title.setObjectName("page_header.title")
        self._subtitle = WrappedText(subtitle, "soft")
        self._subtitle.setObjectName("page_header.subtitle")
        self._actions = flowing(*actions, gap=Space.S)
        self._line = row(gap=Space.L)
        self._line.addLayout(column(self._title, self._subtitle, gap=2), 1)
        self._line.addWidget(self._actions)
        self.setLayout(self._line)
        self._subtitle.setHidden(not subtitle)

    def show_text(self, title: str, subtitle: str = "") -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_action(self, action: QWidget) -> None:
        layout = self._actions.layout()
        if layout is not None:
            layout.addWidget(action)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and hasattr(self, "_line"):
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        left = self.width() - self._actions.sizeHint().width() - Space.L
        is_narrow = left < theme_now().px(ROOM_FOR_TITLE)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != direction:
            self._line.setDirection(direction)
            self._line.setSpacing(Space.S if is_narrow else Space.L)
