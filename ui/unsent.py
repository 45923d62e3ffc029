"""How much waits to be sent, counted anew after whatever may have changed it: "Everything sent" is never a memory."""

from __future__ import annotations

from PySide6.QtCore import QObject

from homevisit.changes import Changes
from homevisit.errors import HomeVisitError
from ui.shell import Shell

CONCERNS = Changes.FAMILIES | Changes.VISITS | Changes.REVIEWS | Changes.OUTBOX | Changes.INBOX


class UnsentCount(QObject):
    """Between a write and its count nothing is said; nor where counting failed."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        shell.changed.connect(self._on_changed)
        self._count()

    def _on_changed(self, changes: Changes) -> None:
        if changes & CONCERNS:
            self._shell.note_waiting(None)
            self._count()

    def _count(self) -> None:
        self._shell.bridge.run(self._shell.services.sending.unsent, self._on_counted, self._on_failed)

    def _on_counted(self, count: int) -> None:
        self._shell.note_waiting(count)

    def _on_failed(self, _: HomeVisitError) -> None:
        self._shell.note_waiting(None)
