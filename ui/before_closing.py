"""Before the window closes: what was not sent is offered to be sent, once; closing again closes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from ui.dialogs.sending_sheet import SendingSheet
from ui.presenters.sync import SyncRuns
from ui.shell import Shell
from ui.unsent import UnsentCount
from ui.window import MainWindow


class BeforeClosing(QObject):
    """``close`` closes the program. It is called at once where there is nothing to offer: nothing was left behind,

    no place is known, somebody else holds the screen, or the computer itself is shutting down.
    """

    def __init__(self, window: MainWindow, shell: Shell, unsent: UnsentCount, close: Callable[[], None]) -> None:
        super().__init__(shell)
        self._window, self._shell, self._unsent, self._close = window, shell, unsent, close
        self._sheet: SendingSheet | None = None
        window.closing.connect(self.ask)
        shell.sync.state_changed.connect(self._on_run)
        shell.sync.ended.connect(self._on_ended)

    def ask(self) -> None:
        """Offer to send, or close."""
        if self._sheet is not None or not self._is_worth_asking():
            self._leave()
            return
        desk = self._window.desk
        if desk is not None:
            self._sheet = sheet = SendingSheet(desk, self._unsent.count or 0)
            sheet.send_asked.connect(self._on_send)
            sheet.close_asked.connect(self._leave)
            sheet.closed.connect(self._on_stay)
            sheet.open_over()

    def _is_worth_asking(self) -> bool:
        desk = self._window.desk
        is_seen = desk is not None and desk.isVisible() and not self._shell.privacy.in_home
        return is_seen and self._unsent.could_be_sent and not _is_shutting_down()

    def _on_send(self) -> None:
        self._shell.sync.start(asked=True)

    def _on_run(self, _: object) -> None:
        if self._sheet is not None and self._sheet.is_sending:
            self._sheet.show_run(self._shell.sync.state)

    def _on_ended(self, runs: SyncRuns) -> None:
        summary = runs.state.summary
        if self._sheet is None or not self._sheet.is_sending:
            return
        if summary is not None and summary.everything_sent:
            self._leave()
        else:
            self._sheet.show_end(runs.state)

    def _on_stay(self) -> None:
        """The person stays; a run that was begun goes on."""
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.deleteLater()

    def _leave(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.hide()
            sheet.deleteLater()
        self._close()


def _is_shutting_down() -> bool:
    """The computer is ending the person's session: nobody may hold that up."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
