"""Words on the screen. All labels are plain text: what a person typed is never read as markup."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import theme_now

_NEW_LOOK = (QEvent.Type.FontChange, QEvent.Type.StyleChange)
WIDTHS_KEPT = 32


class TextLabel(QLabel):
    """A label in one of the text styles of ``ui/stylesheet.py``."""

    def __init__(self, text: str = "", style: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("text_style", style)

    def restyle(self, style: str) -> None:
        """Change the text style."""
        if self.property("text_style") != style:
            self.setProperty("text_style", style)
            self.style().unpolish(self)
            self.style().polish(self)


class WrappedText(TextLabel):
    """A paragraph: wraps, and can be selected and copied.

    Layouts ask for its height at one width dozens of times before a page is painted; breaking the lines each time was
    half of what showing a page took. A height is kept until text or look change.
    """

    def __init__(self, text: str = "", style: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, style, parent)
        self._measured = text
        self._heights: dict[int, int] = {}
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def heightForWidth(self, width: int) -> int:
        text = self.text()
        if text != self._measured:
            self._heights.clear()
            self._measured = text
        height = self._heights.get(width)
        if height is None:
            if len(self._heights) >= WIDTHS_KEPT:  # a window that is being drawn wider
                self._heights.clear()
            height = self._heights[width] = super().heightForWidth(width)
        return height

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _NEW_LOOK:
            self._heights.clear()


class Heading(WrappedText):
    """The title of a page (24 px)."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "title", parent)


class SectionTitle(WrappedText):
    """The title of a section or a card (18 px)."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "section", parent)


class BodyText(WrappedText):
    """A paragraph; ``soft`` for what explains."""

    def __init__(self, text: str = "", *, soft: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, "soft" if soft else "body", parent)


class Caption(WrappedText):
    """Small print: times, sources, credits (12 px)."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "caption", parent)


class SideLabel(Caption):
    """What a line is about, at its left; as wide as ``width`` at 100 %, so that lines below each other are aligned."""

    def __init__(self, text: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._width = width
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_width"):
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme_now().px(self._width))


class ElidedLabel(TextLabel):
    """One line that ends in … where it does not fit; the whole text is in the tooltip and the accessible name."""

    def __init__(self, text: str = "", style: str = "body", parent: QWidget | None = None) -> None:
        super().__init__("", style, parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        line = " ".join(self._whole.split())
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, max(0, self.width()))
        self.setToolTip(self._whole if shown != line else "")
        self.setText(shown)
