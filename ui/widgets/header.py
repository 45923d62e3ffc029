"""The head of a page: what this is, one line about it, and what can be done with all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.tokens import Space
from ui.widgets.surface import column, row
from ui.widgets.text import Heading, WrappedText


class PageHeader(QWidget):
    """Title, subtitle, and actions at the right (the primary one last)."""

    def __init__(self, title: str = "", subtitle: str = "", *actions: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Heading(title)
        self._title.setObjectName("page_header.title")
        self._subtitle = WrappedText(subtitle, "soft")
        self._subtitle.setObjectName("page_header.subtitle")
        self._actions = row(*actions)
        line = row(gap=Space.L)
        line.addLayout(column(self._title, self._subtitle, gap=2), 1)
        line.addLayout(self._actions)
        line.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self._subtitle.setHidden(not subtitle)

    def show_text(self, title: str, subtitle: str = "") -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_action(self, action: QWidget) -> None:
        self._actions.addWidget(action)
