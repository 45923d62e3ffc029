"""The desk, put together empty while the passphrase is typed: after unlocking, only its words are left to fill in."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.card import Desk
from ui.desk import DeskView
from ui.session import Parts
from ui.shell import Shell
from ui.slices import Slices
from ui.wiring import empty_desk


class DeskAhead(QObject):
    """Makes a practitioner's desk, whose Today takes longest; a supervisor's is made once the store is open.

    Nothing secret can be in it, since nothing is open: locking goes on replacing the process. ``ready`` comes once.
    """

    ready = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._shell: Shell | None = None
        self._desk: DeskView | None = None
        self._steps = self._work()
        self._slices = Slices(self._steps, self)
        self._slices.done.connect(self.ready)

    def begin(self) -> None:
        """Work whenever the window has nothing else to do."""
        self._slices.begin()

    def take(self, desk: Desk) -> tuple[Shell, DeskView] | None:
        """Hand over what there is; None if it is not for this desk, or too little of it was made."""
        self._slices.stop()  # a rehearsal that is under way clears up
        self.deleteLater()
        if self._shell is None or self._desk is None:
            return None
        if desk is self._shell.desk:
            return self._shell, self._desk
        self._desk.deleteLater()
        self._shell.deleteLater()
        return None

    def _work(self) -> Generator[None]:
        parts = self._parts
        shell = Shell(bridge=parts.bridge, clock=parts.clock, desk=Desk.PRACTITIONER, shortcuts=parts.shortcuts)
        shell.setParent(parts.window)
        self._shell = shell
        self._desk = desk = empty_desk(shell, parts.preferences)  # never without an owner: it is taken, or destroyed
        yield
        parts.window.keep_hidden(desk)
        yield
        yield from desk.prepare()
        yield
        for part in desk.findChildren(QWidget):
            part.ensurePolished()
            yield
        yield from desk.rehearse()
