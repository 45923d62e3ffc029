"""A real desk over a real store, which can be left and opened again as after a restart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from homevisit import settings
from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.jobs import InlineLane
from homevisit.paths import Home
from homevisit.services import homes
from tests.desks import PASSPHRASE
from ui.bridge import Bridge
from ui.desk import DeskView
from ui.preferences import Preferences
from ui.prompts.form import PromptForm
from ui.shell import Shell
from ui.shortcuts import Shortcuts
from ui.views.visit import VisitPage
from ui.widgets.fields import LineText, SearchBox
from ui.widgets.growing import GrowingTextEdit
from ui.wiring import announce, empty_desk

LOOKS = 4
Box = LineText | GrowingTextEdit


class Screens:
    """One person at one desk."""

    def __init__(self, qtbot: QtBot, home: Home) -> None:
        self._qtbot = qtbot
        self._home = home
        self.start()

    def start(self) -> None:
        """Unlock and show the desk."""
        self.services: Services = homes.unlock(self._home, PASSPHRASE, clock=SystemClock())
        self.bridge = Bridge(InlineLane(), InlineLane())
        shortcuts = Shortcuts({})
        self.shell = Shell(
            services=self.services, bridge=self.bridge, clock=SystemClock(), desk=Desk.PRACTITIONER, shortcuts=shortcuts
        )
        self.desk: DeskView = empty_desk(self.shell, Preferences(self._home, settings.Settings(), self.bridge))
        announce(self.shell)
        self._qtbot.addWidget(self.desk)
        self.desk.resize(1366, 768)
        self.desk.show()
        self.desk.start()
        self.settle()

    def restart(self) -> None:
        """Leave properly, then start anew from what is on the disk."""
        for write in self.shell.flush():
            write.result()
        self.settle()
        self.bridge.shutdown(self.services.close)
        self.desk.close()
        self.start()

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self.bridge.is_idle)

    def go(self, page: str, arg: str = "") -> QWidget:
        self.shell.go(page, arg)
        self.settle()
        assert self.desk.page is not None
        self._wait_for_boxes(self.desk.page)
        return self.desk.page

    def step(self, name: str) -> QWidget:
        """Show a step of the visit that is on the screen."""
        page = self.desk.page
        assert isinstance(page, VisitPage)
        page._presenter.go(name)
        self.settle()
        if name.startswith("prompts/"):
            self._wait_for_boxes(page.findChild(PromptForm, f"visit.prompts.form.{name.removeprefix('prompts/')}"))
        return page

    def _wait_for_boxes(self, root: QWidget) -> None:
        """A form is shown bit by bit; it is all there once several looks see the same."""
        looks: list[list[str]] = []

        def is_still() -> bool:
            looks.append(list(boxes(root)))
            return bool(looks[-1]) and looks[-LOOKS:] == [looks[-1]] * LOOKS

        self._qtbot.waitUntil(is_still)

    def paste(self, box: Box, text: str) -> None:
        """As Ctrl+V does; into one line as a keyboard does that sends it whole (an input method)."""
        box.setFocus()
        box.clear()
        if isinstance(box, QPlainTextEdit):
            data = QMimeData()
            data.setText(text)
            box.insertFromMimeData(data)
        else:
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text)
            QApplication.sendEvent(box, key)
        self.settle()


def boxes(root: QWidget) -> dict[str, Box]:
    """Every text box that can be seen and typed into, by name; what one searches for is nothing to keep."""
    found: list[Box] = [*root.findChildren(LineText), *root.findChildren(GrowingTextEdit)]
    written = [box for box in found if not isinstance(box, SearchBox)]
    usable = [box for box in written if box.isVisible() and box.isEnabled() and not box.isReadOnly()]
    return {f"{box.objectName()}#{place}": box for place, box in enumerate(usable)}


def values(root: QWidget) -> list[tuple[str, str]]:
    """What the boxes hold; an empty one may come and go (a list offers one more line)."""
    return sorted((name.rpartition("#")[0], box.value()) for name, box in boxes(root).items() if box.value())
