"""The frame of every screen before a store is open: the name of the program, one card in the middle, nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget
from typing_extensions import override

from ui.icons import pixmap
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.surface import Card, boxed, column, row
from ui.widgets.text import TextLabel


class EntryFrame(QScrollArea):
    """Put widgets in with ``frame.card.body``; scrolls where the window is small or the text large."""

    def __init__(self, *, width: int = 440, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._width = width
        self._mark = QLabel()
        self.card = Card()
        self.card.body.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        self.card.body.setSpacing(Space.L)
        brand = row(self._mark, TextLabel("Homevisit", "brand"), gap=Space.S)
        brand.addStretch(1)
        middle = column(gap=Space.M)
        middle.addStretch(2)
        middle.addLayout(brand)
        middle.addWidget(self.card)
        middle.addStretch(3)
        self._column = boxed(middle)
        across = row(margin=Space.XL)
        across.addStretch(1)
        across.addWidget(self._column, 100)
        across.addStretch(1)
        self.setWidget(boxed(across, ground="canvas"))
        self._restyle()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.widget() is not None:
            self._restyle()

    def _restyle(self) -> None:
        theme = theme_now()
        self._column.setMaximumWidth(theme.px(self._width))
        self._mark.setPixmap(pixmap("house", theme.palette.accent, theme.px(20)))
