"""Passes one prompt set of a visit out of the practitioner's hands and takes it back."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Signal

from ui.code_notices import handing_needs_passphrase
from ui.handover.presenter import HandOverPresenter
from ui.handover.screen import HandOverScreen
from ui.presenters.visit import VisitPresenter
from ui.shell import Shell


class Passing(QObject):
    """``returned`` says that the practitioner has the screen again. Answers are saved as they are given, like any."""

    returned = Signal()

    def __init__(self, shell: Shell, presenter: VisitPresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        self._screen: HandOverScreen | None = None

    def hand(self, key: str) -> None:
        """Put the questions of a response into somebody else's hands."""
        session, shell = self._presenter.session(key), self._shell
        if session is None:
            return
        if shell.services.safekeeping.is_opened_by_code:
            shell.announce(handing_needs_passphrase())
            return
        self._presenter.answers.handed.hand(key)
        self._presenter.handed_changed(key)
        asking = HandOverPresenter(session, shell.bridge, shell.services.safekeeping.confirm)
        screen = HandOverScreen(asking, shortcuts=shell.shortcuts, now=shell.clock.now)
        screen.answered.connect(lambda: self._presenter.response_changed(key))
        screen.returned.connect(lambda: self._on_returned(key))
        self._screen = screen
        shell.handed.emit(screen)

    def open_answers(self, key: str) -> None:
        """The practitioner looks at what was answered."""
        self._presenter.answers.handed.open(key)
        self._presenter.handed_changed(key)

    def flush(self) -> None:
        """Take over what the other person typed and did not yet finish."""
        if self._screen is not None and shiboken6.isValid(self._screen):
            self._screen.flush()

    def _on_returned(self, key: str) -> None:
        self.flush()
        self._screen = None
        if self._presenter.answers.is_untouched(key):
            self.open_answers(key)  # nothing was answered, so there is nothing to open
        self.returned.emit()
