"""Families: found while one types; whatever answer belongs to older words is dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.changes import Changes
from homevisit.domain.summaries import FamilyRow
from homevisit.errors import HomeVisitError
from homevisit.services.families import Families
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell

PAUSE_MS = 80
RECENT_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FamiliesState:
    """``rows`` fit ``found_for``; ``rows`` is None until they were read. ``recent`` are those opened last."""

    words: str = ""
    found_for: str = ""
    rows: tuple[FamilyRow, ...] | None = None
    recent: tuple[FamilyRow, ...] = ()
    count: int = 0
    today: date = date.min
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    words: str
    rows: tuple[FamilyRow, ...]
    recent: tuple[str, ...]


class FamiliesPresenter(QObject):
    """Searches at a pause in typing; the newest words win."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = FamiliesState()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.open)

    @property
    def state(self) -> FamiliesState:
        return self._state

    def open(self) -> None:
        """Read the families that fit the words as they are now."""
        families, words = self._shell.services.families, self._state.words
        self._shell.bridge.run(lambda: _find(families, words), self._on_found, self._on_failed)

    def search(self, words: str) -> None:
        """The words changed."""
        self._put(replace(self._state, words=words))
        self._pause.start()

    def search_now(self) -> None:
        """Enter: do not wait for a pause."""
        self._pause.stop()
        self.open()

    def refresh(self, changes: Changes) -> None:
        if changes & (Changes.FAMILIES | Changes.VISITS | Changes.DRAFTS | Changes.INBOX):
            self.open()

    def _on_found(self, found: _Found) -> None:
        if found.words != self._state.words:
            return
        if found.words.strip():
            self._put(replace(self._state, rows=found.rows, found_for=found.words, notice=None))
            return
        known = {row.id: row for row in found.rows}
        self._put(
            replace(
                self._state,
                rows=found.rows,
                found_for=found.words,
                recent=tuple(known[family] for family in found.recent if family in known),
                count=len(found.rows),
                today=self._shell.clock.now().astimezone().date(),
                notice=None,
            )
        )

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, notice=notice_of(error)))

    def _put(self, state: FamiliesState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _find(families: Families, words: str) -> _Found:
    return _Found(words, families.list(words), families.recent(RECENT_SHOWN))
