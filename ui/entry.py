"""From starting the program to an open store: looks at the folder and puts the right screen into the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from homevisit.clock import Clock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from ui.bridge import Bridge
from ui.homes import Homes
from ui.presenters.first_run import FirstRunPresenter
from ui.presenters.unlock import UnlockPresenter
from ui.printing import print_text
from ui.views.first_run import FirstRunView
from ui.views.unlock import UnlockView
from ui.views.unlock_trouble import UnlockTroubleView
from ui.window import MainWindow
from ui.words import tr

CODES = {"unreadable": "store.unreadable", "newer": "store.newer", "foreign": "store.foreign"}


class Entry(QObject):
    """``opened`` carries the services of the store that was unlocked or made."""

    opened = Signal(object)

    def __init__(self, window: MainWindow, home: Home, homes: Homes, bridge: Bridge, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._home = home
        self._homes = homes
        self._bridge = bridge
        self._clock = clock
        self._shown = ""

    def start(self) -> None:
        """Show what most likely fits the folder, told by two file names, so that the window is painted at once."""
        home = self._home
        self._show("ready" if home.keys.exists() or home.database.exists() else "empty")

    def look(self) -> None:
        """Find out what the folder really holds; another screen is shown only if the first one was wrong."""
        home, homes = self._home, self._homes
        self._bridge.run(lambda: str(homes.state(home)), self._show, owner=self)

    def _show(self, state: str) -> None:
        if state == self._shown:
            return
        self._shown = state
        if state in CODES:
            self._show_trouble(CODES[state])
        elif state == "empty":
            self._show_first_run()
        else:
            self._show_unlock()

    def _show_unlock(self) -> None:
        view, presenter = UnlockView(), UnlockPresenter(self._home, self._homes, self._bridge, self._clock)
        presenter.setParent(view)
        presenter.state_changed.connect(view.render_state)
        presenter.unlocked.connect(self.opened)
        presenter.unusable.connect(self._on_unusable)
        view.tried.connect(presenter.unlock)
        view.recovery_asked.connect(presenter.use_recovery)
        view.render_state(presenter.state)
        self._window.show_content(view)

    def _show_first_run(self) -> None:
        view, presenter = FirstRunView(), FirstRunPresenter(self._home, self._homes, self._bridge, self._clock)
        presenter.setParent(view)
        presenter.state_changed.connect(view.render_state)
        presenter.finished.connect(self.opened)
        _wire_steps(view, presenter)
        view.recovery.print_asked.connect(lambda: print_text(view, presenter.sheet_text()))
        view.recovery.save_asked.connect(lambda: _ask_file(view, presenter))
        view.render_state(presenter.state)
        self._window.show_content(view)

    def _show_trouble(self, code: str) -> None:
        view = UnlockTroubleView(HomeVisitError(code), str(self._home.root))
        view.retry_asked.connect(self.look)
        view.set_aside_asked.connect(lambda: self._set_aside(code))
        self._window.show_content(view)

    def _set_aside(self, code: str) -> None:
        home, homes = self._home, self._homes
        self._bridge.run(lambda: homes.set_aside(home, code), self._on_set_aside, owner=self)

    def _on_set_aside(self, _: Path) -> None:
        self.look()

    def _on_unusable(self, code: str) -> None:
        self._show(code.removeprefix("store."))


def _wire_steps(view: FirstRunView, presenter: FirstRunPresenter) -> None:
    view.went_on.connect(presenter.go_on)
    view.went_back.connect(presenter.back)
    view.person.changed.connect(lambda name, value: presenter.change_person(**{name: value}))
    view.passphrase.typed.connect(presenter.type_passphrase)
    view.passphrase.repeated.connect(presenter.repeat_passphrase)
    view.passphrase.suggestion_asked.connect(presenter.suggest)
    view.recovery.retyped.connect(presenter.retype)


def _ask_file(view: FirstRunView, presenter: FirstRunPresenter) -> None:
    """No modal: the dialog is opened, and answers by signal."""
    dialog = QFileDialog(view, tr("first_run", "Save the recovery code"), "", tr("first_run", "Text (*.txt)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("txt")
    dialog.selectFile("homevisit-recovery-code.txt")
    dialog.fileSelected.connect(lambda name: presenter.save_code(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
