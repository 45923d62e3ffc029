"""How strong a passphrase is: in words, with a bar of four parts beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme import theme_now
from ui.tokens import Space, Tone
from ui.widgets.surface import row
from ui.widgets.text import TextLabel
from ui.words import tr

if TYPE_CHECKING:
    from homevisit.services.homes import Strength

_PARTS = 4


class StrengthMeter(QWidget):
    """Shows a Strength; None is "nothing typed", or "working it out" while one is awaited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first_run.strength")
        self._bar = _Bar()
        self._words = TextLabel(style="strong")
        line = row(self._bar, self._words, gap=Space.M)
        line.addStretch(1)
        self.setLayout(line)

    def show_strength(self, strength: Strength | None, *, is_waiting: bool = False) -> None:
        words = "" if strength is None else _words(strength.score)
        shown = words or (tr("strength", "Working out how strong…") if is_waiting else "")
        self._words.setText(shown)
        self._words.restyle("strong" if words else "caption")
        self._bar.show_parts(
            0 if strength is None else max(1, strength.score), accepted=bool(strength and strength.accepted)
        )
        self._bar.setVisible(bool(shown))
        self.setAccessibleName(
            tr("strength", "Strength: {words}", words=shown) if shown else tr("strength", "Strength")
        )


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._parts, self._accepted = 0, False

    def show_parts(self, parts: int, *, accepted: bool) -> None:
        self._parts, self._accepted = parts, accepted
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 8)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme_now().palette
        full = colours.tones[Tone.GOOD if self._accepted else Tone.WAITING].ink
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - (_PARTS - 1) * Space.XS) / _PARTS
        for part in range(_PARTS):
            painter.setBrush(QColor(full if part < self._parts else colours.line))
            painter.drawRoundedRect(QRectF(part * (width + Space.XS), self.height() / 2 - 3, width, 6), 3, 3)
        painter.end()


def _words(score: int) -> str:
    return (
        tr("strength", "Very weak"),
        tr("strength", "Weak"),
        tr("strength", "Not strong enough yet"),
        tr("strength", "Strong"),
        tr("strength", "Very strong"),
    )[score]
