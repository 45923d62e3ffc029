"""Buttons by weight: one primary on a screen, the others secondary or quiet; danger only for what withdraws."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import ICON_SIZE, icon
from ui.theme import theme_now
from ui.tokens import FOCUS_WIDTH, RADIUS

ICON_GAP = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ICON_COLOURS = {"primary": "on_accent", "danger": "on_danger", "quiet": "accent", "icon": "ink_soft"}


class Button(QPushButton):
    """A push button of a kind, with an icon of the set that follows the theme, and a ring when it has the focus.

    Enter presses it as the space bar does; Qt would do that only for the default button of a dialog.
    """

    def __init__(
        self, text: str = "", *, kind: str = "secondary", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self._tinted: tuple[str, str, str, int, int] | None = None
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._tint()

    def show_icon(self, name: str) -> None:
        """Change the icon; "" takes it away."""
        self._icon_name = name
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._tint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in _ENTER or held:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():  # a key held too long must not press what has the focus next
            self.click()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus_ring(self)

    def _tint(self) -> None:
        if not self._icon_name:
            return
        theme = theme_now()
        role = _ICON_COLOURS.get(str(self.property("kind")), "ink_soft")
        size = theme.px(ICON_SIZE)
        colour = str(getattr(theme.palette, role))
        gap = ICON_GAP if self.text() else 0
        tint = (self._icon_name, colour, theme.palette.ink_faint, size, gap)
        if tint != self._tinted:  # Qt speaks of a new style many times while a window is put together
            self._tinted = tint
            self.setIcon(icon(self._icon_name, colour, size, disabled=theme.palette.ink_faint, gap=gap))
            self.setIconSize(QSize(size + gap, size))


class PrimaryButton(Button):
    """The one thing to do next."""

    def __init__(self, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind="primary", icon=icon, parent=parent)


class SecondaryButton(Button):
    """Another thing that can be done here."""

    def __init__(self, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind="secondary", icon=icon, parent=parent)


class QuietButton(Button):
    """Looks like a link; for what is rarely needed."""

    def __init__(self, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind="quiet", icon=icon, parent=parent)


class DangerButton(Button):
    """Withdraws, sets aside or discards; never the default."""

    def __init__(self, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind="danger", icon=icon, parent=parent)


class IconButton(Button):
    """Only an icon: the name is spoken and is the tooltip."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", kind="icon", icon=icon, parent=parent)
        self.setAccessibleName(name)
        self.setToolTip(name)


def paint_focus_ring(widget: QWidget, radius: int = RADIUS) -> None:
    """A ring inside the edge of a widget: the focus colour, then a hairline of the ground, so it shows on any fill."""
    colours = theme_now().palette
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for inset, width, colour in ((1.0, FOCUS_WIDTH, colours.focus), (2.5, 1, colours.surface)):
        painter.setPen(QPen(QColor(colour), width))
        rounding = max(1.0, radius - inset)
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset), rounding, rounding)
    painter.end()
