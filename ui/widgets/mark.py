"""An icon that stands by itself and stays in the look in force, whenever that is changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from ui.icons import pixmap
from ui.theme import theme_now
from ui.tokens import Tone


class Mark(QLabel):
    """``size`` is in pixels at 100 %; without a tone the icon is as faint as small print."""

    def __init__(self, icon: str = "", tone: Tone | None = None, *, size: int = 18) -> None:
        super().__init__()
        self._icon = icon
        self._tone = tone
        self._size = size
        self._tint()

    def show_mark(self, icon: str, tone: Tone | None = None) -> None:
        """Another icon."""
        self._icon, self._tone = icon, tone
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "_size"):
            self._tint()

    def _tint(self) -> None:
        if self._icon:
            theme = theme_now()
            colour = theme.palette.tones[self._tone].ink if self._tone else theme.palette.ink_faint
            self.setPixmap(pixmap(self._icon, colour, theme.px(self._size)))
