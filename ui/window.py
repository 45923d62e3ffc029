"""The one top-level window: the unlock screen, then the desk, and in front of both the cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from ui.cover import Cover
from ui.keyboard_kept import KeyboardKept
from ui.keys_elsewhere import KeysElsewhere
from ui.preferences import Preferences
from ui.shortcuts import Shortcuts

if TYPE_CHECKING:
    from ui.desk import DeskView

DESK_NAME = "desk"
"""The desk is told by its name: importing its class would import every screen before the first paint."""
USUAL_SIZE = (1180, 720)
SMALLEST = (640, 480)


class MainWindow(QMainWindow):
    """Layers, exactly one of which is visible: what stands behind the cover is hidden, so none of its shortcuts acts.

    The title never carries a name. ``closing`` fires once; the one who wired it saves, then calls ``finish_closing``.
    """

    covered = Signal(bool)
    closing = Signal()

    def __init__(self, preferences: Preferences, shortcuts: Shortcuts) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Homevisit")
        self.setMinimumSize(*SMALLEST)
        self._preferences = preferences
        self._shortcuts = shortcuts
        self._layers = QStackedWidget()
        self._cover = Cover()
        self._layers.addWidget(self._cover)
        self._behind: QWidget | None = None
        self._had_focus: QWidget | None = None
        self._hidden: list[QWidget] = []
        self._handed: QWidget | None = None
        self._handed_from: QWidget | None = None
        self._may_close = False
        self._is_asking = False
        self.setCentralWidget(self._layers)
        self._cover_key = self._bind_cover()
        acts = {"cover": self.toggle_cover, "lock": self._lock_from_elsewhere}
        self._elsewhere = KeysElsewhere(self, shortcuts, acts)
        if isinstance(application := QApplication.instance(), QApplication):
            self._keyboard = KeyboardKept(self, application)
        self._place()

    @property
    def is_covered(self) -> bool:
        return self._layers.currentWidget() is self._cover

    @property
    def cover_screen(self) -> Cover:
        return self._cover

    @property
    def content(self) -> QWidget | None:
        """What is shown, or what stands behind the cover and behind a screen that is in somebody else's hands."""
        shown = self._behind if self.is_covered else self._layers.currentWidget()
        return self._handed_from if self._handed is not None and shown is self._handed else shown

    @property
    def desk(self) -> DeskView | None:
        content = self.content
        return cast("DeskView", content) if content is not None and content.objectName() == DESK_NAME else None

    def show_content(self, content: QWidget) -> None:
        """Put another screen into the window; the one before it is destroyed."""
        old = self.content
        self.keep_hidden(content)
        if self.is_covered and self._behind is not None:
            self._behind = content
        else:
            self._layers.setCurrentWidget(content)
        if old is not None and old is not content and old is not self._cover:
            self._layers.removeWidget(old)
            old.deleteLater()

    def keep_hidden(self, content: QWidget) -> None:
        """Take in a screen that is not shown yet, in the size in which it will be."""
        if self._layers.indexOf(content) < 0:
            content.resize(self._layers.size())
            self._layers.addWidget(content)

    def hand_over(self, screen: QWidget) -> None:
        """Put a screen in front of the desk, over the whole display: the desk is hidden, so none of its keys acts."""
        if self._handed is not None:
            return
        self._handed, self._handed_from = screen, self._layers.currentWidget()
        self._layers.addWidget(screen)
        self._layers.setCurrentWidget(screen)
        self.setWindowState(self.windowState() | Qt.WindowState.WindowFullScreen)
        screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """The desk again, as it was; the screen that was handed over is destroyed."""
        screen, behind = self._handed, self._handed_from
        if screen is None or behind is None:
            return
        if self.is_covered:
            self._behind, self._had_focus = behind, None
        else:
            self._layers.setCurrentWidget(behind)
        self._handed = self._handed_from = None
        self._layers.removeWidget(screen)
        screen.deleteLater()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)

    def go(self, page: str, arg: str = "") -> None:
        """Go to a page of the desk."""
        if self.desk is not None:
            self.desk.go(page, arg)

    def toggle_cover(self) -> None:
        """F12."""
        if self.is_covered:
            self.uncover()
        else:
            self.cover(self._shortcuts.shown("cover"))

    def cover(self, uncover_keys: str = "") -> None:
        """Cover everything at once, other windows of the program too. Without keys only the program itself uncovers."""
        if not self.is_covered:
            self._elsewhere.close_popups()  # first: the keyboard goes back to what it came from
            self._behind = self._layers.currentWidget()
            self._had_focus = QApplication.focusWidget()
            self._hide_others()
        self._cover.show_hint(uncover_keys)
        self._cover_key.setEnabled(bool(uncover_keys))
        self._layers.setCurrentWidget(self._cover)
        self._cover.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cover.repaint()
        self.covered.emit(True)

    def uncover(self) -> None:
        """Show what was behind the cover, with the focus where it was."""
        if not self.is_covered or self._behind is None:
            return
        self._layers.setCurrentWidget(self._behind)
        self._cover_key.setEnabled(True)
        for other in self._hidden:
            other.show()
        self._hidden = []
        if self._had_focus is not None and self._had_focus.isVisible():
            self._had_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._behind = self._had_focus = None
        self.covered.emit(False)

    def finish_closing(self) -> None:
        """Really close now; within ``closing`` or any time later."""
        self._may_close = True
        if not self._is_asking:
            self.close()

    def remember_place(self) -> None:
        """Keep where the window is and how large."""
        frame = self.normalGeometry()
        window = (frame.x(), frame.y(), frame.width(), frame.height())
        self._preferences.change(window=window, maximised=self.isMaximized())
        self._preferences.write()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.desk is not None and not self._may_close:
            self._is_asking = True
            self.closing.emit()
            self._is_asking = False
        if self.desk is None or self._may_close:
            self.remember_place()
            event.accept()
        else:
            event.ignore()

    def _bind_cover(self) -> QShortcut:
        key = QShortcut(QKeySequence(self._shortcuts.keys("cover")), self)
        key.setObjectName("shortcut.cover")
        key.activated.connect(self.toggle_cover)
        return key

    def _lock_from_elsewhere(self) -> None:
        if self.desk is not None and not self.is_covered:
            self.desk.lock_asked.emit()

    def _hide_others(self) -> None:
        others = [other for other in QApplication.topLevelWidgets() if other is not self and other.isVisible()]
        for other in others:
            other.hide()
        self._hidden = others

    def _place(self) -> None:
        settings = self._preferences.settings
        frame = QRect(*settings.window) if len(settings.window) == 4 else QRect()
        screens = QGuiApplication.screens()
        if frame.isValid() and any(screen.availableGeometry().intersects(frame) for screen in screens):
            self.setGeometry(frame)
        else:
            self.resize(*USUAL_SIZE)
        if settings.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)
