"""How much waits to be sent, counted anew after whatever may have changed it: "Everything sent" is never a memory."""

from __future__ import annotations

from PySide6.QtCore import QObject

from homevisit.changes import Changes
from homevisit.errors import HomeVisitError
from ui.shell import Shell

CONCERNS = (
    Changes.FAMILIES
    | Changes.VISITS
    | Changes.REVIEWS
    | Changes.OUTBOX
    | Changes.INBOX
    | Changes.CARDS
    | Changes.PLACES
)
CHANGES_ONLY = -1
"""Every visit and review was sent, but not every change to a family."""


class UnsentCount(QObject):
    """Between a write and its count nothing is said; nor where counting failed."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.count: int | None = None
        self._would_send = False
        shell.changed.connect(self._on_changed)
        self._count()

    @property
    def could_be_sent(self) -> bool:
        """Something would go now, and there is somewhere to send it: what waits for a consent would not."""
        return bool(self.count) and self._would_send

    def _on_changed(self, changes: Changes) -> None:
        if changes & CONCERNS:
            self._note(None)
            self._count()

    def _count(self) -> None:
        self._shell.bridge.run(self._read, self._on_counted, self._on_failed)

    def _read(self) -> tuple[int, bool]:
        services = self._shell.services
        records = services.sending.unsent()
        left = CHANGES_ONLY if services.syncing.left() and not records else records
        return left, bool(services.places.all()) and services.syncing.would_send()

    def _on_counted(self, found: tuple[int, bool]) -> None:
        count, self._would_send = found
        self._note(count)

    def _on_failed(self, _: HomeVisitError) -> None:
        self._note(None)

    def _note(self, count: int | None) -> None:
        self.count = count
        self._shell.note_waiting(count)
