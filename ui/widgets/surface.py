"""Grounds and containers: cards, wells, dividers, scrolling pages, panes."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from ui.tokens import Space

Box = TypeVar("Box", QVBoxLayout, QHBoxLayout)


def column(*widgets: QWidget, gap: int = Space.S, margin: int = 0) -> QVBoxLayout:
    """A vertical layout with token distances."""
    return _fill(QVBoxLayout(), widgets, gap, margin)


def row(*widgets: QWidget, gap: int = Space.S, margin: int = 0) -> QHBoxLayout:
    """A horizontal layout with token distances."""
    return _fill(QHBoxLayout(), widgets, gap, margin)


def boxed(layout: QLayout, *, ground: str = "clear") -> QWidget:
    """A plain widget around a layout; ``ground`` is "clear", "canvas", "surface" or "sunken"."""
    box = QWidget()
    box.setProperty("ground", ground)
    if ground != "clear":
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    box.setLayout(layout)
    return box


class Card(QFrame):
    """A white surface with a thin line round it; put widgets in with ``card.body.addWidget``."""

    def __init__(self, *widgets: QWidget, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        if name:
            self.setAccessibleName(name)
        self.body = column(*widgets, gap=Space.S, margin=Space.L)
        self.setLayout(self.body)


class Well(QFrame):
    """A sunken ground for what belongs to the thing above it (evidence under a need, a quote under a comment)."""

    def __init__(self, *widgets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "well")
        self.body = column(*widgets, gap=Space.XS, margin=Space.M)
        self.setLayout(self.body)


class Divider(QFrame):
    """A thin line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "divider")
        self.setFixedHeight(1)


class _Tall(QWidget):
    """What scrolls. Its height follows from its width; the least height of wrapped words, which Qt takes at their

    narrowest, would leave a gap below the last of them.
    """

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 1) if self.hasHeightForWidth() else least


class ScrollColumn(QScrollArea):
    """A column that scrolls up and down, never sideways; put widgets in with ``scroll.body.addWidget``.

    ``width_limit`` keeps lines readable: the column stays at the left and grows no wider.
    """

    def __init__(self, *, margin: int = Space.XL, width_limit: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = column(gap=Space.L)
        inner = boxed(self.body)
        outer = row(inner, margin=margin)
        if width_limit:
            inner.setMaximumWidth(width_limit)
            outer.setStretch(0, 1)
            outer.addStretch(0)
        tall = _Tall()
        tall.setProperty("ground", "clear")
        tall.setLayout(outer)
        self.setWidget(tall)

    def finish(self) -> None:
        """Push what was added to the top; call it once after the last ``addWidget``."""
        self.body.addStretch(1)


class SplitPanes(QSplitter):
    """Panes side by side with a thin handle; no pane can be dragged away."""

    def __init__(self, *panes: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane in panes:
            self.addWidget(pane)


def _fill(layout: Box, widgets: tuple[QWidget, ...], gap: int, margin: int) -> Box:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
