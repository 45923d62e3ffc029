"""The look as one value: which palette and which text size are in force, and how the application puts them on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.resource_files import resource_path
from ui.stylesheet import stylesheet
from ui.tokens import PALETTES, TARGET, Mode, Palette, TextSize

FONT_FAMILY = "Inter"
_FONT_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf")
_PROPERTY = "homevisitTheme"


@dataclass(frozen=True, slots=True)
class Theme:
    """A resolved look: never ``Mode.SYSTEM``; ``scale`` is the text size in percent, 100 to 200."""

    mode: Mode = Mode.LIGHT
    scale: int = 100

    @property
    def palette(self) -> Palette:
        return PALETTES[self.mode]

    def px(self, size: int) -> int:
        """A length that follows the text size."""
        return round(size * self.scale / 100)

    @property
    def target(self) -> int:
        """Least height of anything that can be pressed."""
        return max(TARGET, self.px(TARGET))


def resolve(mode: Mode, scale: int) -> Theme:
    """The look for a chosen mode; SYSTEM asks the desktop whether it is dark."""
    scale = min(200, max(100, scale))
    if mode is not Mode.SYSTEM:
        return Theme(mode, scale)
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Theme(Mode.DARK if dark else Mode.LIGHT, scale)


def theme_now() -> Theme:
    """The look in force, kept on the application object as QApplication keeps its palette.

    Widgets that paint or tint read it in ``paintEvent`` or on ``QEvent.StyleChange``; nobody keeps a copy.
    """
    app = QCoreApplication.instance()
    found = app.property(_PROPERTY) if app else None
    return found if isinstance(found, Theme) else Theme()


def apply(app: QApplication, theme: Theme) -> None:
    """Put a look on the whole application; every widget hears of it by ``QEvent.StyleChange``."""
    if app.property(_PROPERTY) == theme:
        return
    if app.property(_PROPERTY) is None:
        app.setStyle("Fusion")
        load_fonts()
    app.setProperty(_PROPERTY, theme)
    app.setFont(body_font(theme))
    app.setPalette(_qt_palette(theme.palette))
    app.setStyleSheet(stylesheet(theme.palette, theme.px, theme.target))


def load_fonts() -> None:
    """Make the bundled font known; a missing file leaves the system's font, which is legible too."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFontFromData(resource_path("fonts", name).read_bytes())


def body_font(theme: Theme, size: TextSize = TextSize.BODY, *, strong: bool = False) -> QFont:
    """A font of the type scale, for painting; widgets get theirs from the stylesheet."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(theme.px(size))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _qt_palette(colours: Palette) -> QPalette:
    """What Fusion draws by itself (menus, check marks, native dialogs) in our colours."""
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in (
        (roles.Window, colours.canvas),
        (roles.WindowText, colours.ink),
        (roles.Base, colours.surface),
        (roles.AlternateBase, colours.canvas),
        (roles.Text, colours.ink),
        (roles.Button, colours.surface),
        (roles.ButtonText, colours.ink),
        (roles.BrightText, colours.danger),
        (roles.ToolTipBase, colours.ink),
        (roles.ToolTipText, colours.surface),
        (roles.PlaceholderText, colours.ink_faint),
        (roles.Highlight, colours.selection),
        (roles.HighlightedText, colours.on_selection),
        (roles.Link, colours.accent),
        (roles.LinkVisited, colours.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.ink_faint))
    return palette
