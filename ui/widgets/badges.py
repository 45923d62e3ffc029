"""States and marks: always an icon and a word, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from homevisit.domain.visit import RecordState
from ui.icons import pixmap
from ui.theme import Theme, body_font, theme_now
from ui.tokens import Space, TextSize, Tone
from ui.words import tr

BADGE_ICON = 14


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge shows."""

    text: str
    icon: str
    tone: Tone


def state_badge(state: RecordState) -> Badge:
    """The badge of a record's true state."""
    words = {
        RecordState.DRAFT: Badge(tr("state", "Draft"), "pencil", Tone.NEUTRAL),
        RecordState.SIGNED: Badge(tr("state", "Signed"), "signature", Tone.INFO),
        RecordState.WAITING: Badge(tr("state", "Waiting to send"), "hourglass", Tone.WAITING),
        RecordState.SENT: Badge(tr("state", "Sent"), "send", Tone.INFO),
        RecordState.DELIVERED: Badge(tr("state", "Delivered"), "mail-check", Tone.INFO),
        RecordState.REVIEWED: Badge(tr("state", "Reviewed"), "check-check", Tone.GOOD),
        RecordState.SENT_BACK: Badge(tr("state", "Sent back"), "undo-2", Tone.ALERT),
        RecordState.WITHDRAWN: Badge(tr("state", "Entered in error"), "ban", Tone.NEUTRAL),
    }
    return words[state]


def badge_size(badge: Badge, theme: Theme) -> QSize:
    """How large a badge is painted; delegates lay out with it."""
    return QSize(_text_width(badge.text, theme) + theme.px(BADGE_ICON) + Space.XS + 2 * Space.S, theme.px(22))


def paint_badge(painter: QPainter, area: QRectF, badge: Badge, theme: Theme) -> None:
    """Paint a badge into an area of ``badge_size``: used by StateBadge and by list rows alike."""
    colours = theme.palette.tones[badge.tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.ground))
    frame = area.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
    size = theme.px(BADGE_ICON)
    top = area.top() + (area.height() - size) / 2
    painter.drawPixmap(int(area.left() + Space.S), round(top), pixmap(badge.icon, colours.ink, size))
    painter.setPen(QColor(colours.ink))
    painter.setFont(body_font(theme, TextSize.CAPTION, strong=True))
    words = area.adjusted(Space.S + size + Space.XS, 0, -Space.S, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, badge.text)
    painter.restore()


class Pill(QWidget):
    """A badge as a widget: an icon, a word and a tone."""

    def __init__(
        self, text: str = "", icon: str = "info", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._badge = Badge(text, icon, tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_badge(self._badge)

    @property
    def badge(self) -> Badge:
        return self._badge

    def show_badge(self, badge: Badge) -> None:
        self._badge = badge
        self.setAccessibleName(badge.text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return badge_size(self._badge, theme_now())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()), self._badge, theme_now())
        painter.end()


class StateBadge(Pill):
    """The true state of a record."""

    def __init__(self, state: RecordState = RecordState.DRAFT, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.show_state(state)

    def show_state(self, state: RecordState) -> None:
        self.show_badge(state_badge(state))


def _text_width(text: str, theme: Theme) -> int:
    return QFontMetrics(body_font(theme, TextSize.CAPTION, strong=True)).horizontalAdvance(text) + 1
