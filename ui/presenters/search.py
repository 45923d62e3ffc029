"""Search everything: the newest words win, and each find knows where it leads."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.changes import Changes
from homevisit.domain.card import Desk
from homevisit.domain.summaries import HitKind, SearchHit, VisitRow
from homevisit.errors import HomeVisitError
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr

PAUSE_MS = 100
MOST = 40
ORDER = (HitKind.FAMILY, HitKind.PERSON, HitKind.NOTE, HitKind.ANSWER, HitKind.ACTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchState:
    """``hits`` fit ``found_for``; they are None until something was looked for."""

    words: str = ""
    found_for: str = ""
    hits: tuple[SearchHit, ...] | None = None
    notice: Notice | None = None

    @property
    def is_full(self) -> bool:
        """There may be more than is shown."""
        return self.hits is not None and len(self.hits) >= MOST

    def groups(self) -> tuple[tuple[HitKind, tuple[SearchHit, ...]], ...]:
        """The finds by kind: names first, then what was written."""
        hits = self.hits or ()
        grouped = ((kind, tuple(hit for hit in hits if hit.kind is kind)) for kind in ORDER)
        return tuple(group for group in grouped if group[1])


class SearchPresenter(QObject):
    """Searches at a pause in typing."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = SearchState()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._find)

    @property
    def state(self) -> SearchState:
        return self._state

    def search(self, words: str) -> None:
        """The words changed."""
        self._put(replace(self._state, words=words))
        self._pause.start()

    def search_now(self) -> None:
        """Enter: do not wait for a pause."""
        self._pause.stop()
        self._find()

    def refresh(self, changes: Changes) -> None:
        if changes & (Changes.FAMILIES | Changes.VISITS | Changes.INBOX):
            self.look_again()

    def look_again(self) -> None:
        """What was found before may have changed since."""
        if self._state.found_for:
            self._find()

    def open(self, place: str) -> None:
        """Go where a find was made; ``place`` is ``<kind>/<record>``."""
        found = next((hit for hit in self._state.hits or () if key_of(hit) == place), None)
        if found is None:
            return
        if self._shell.desk is Desk.SUPERVISOR:
            self._open_for_review(found)
        elif found.kind in (HitKind.NOTE, HitKind.ANSWER):
            self._shell.go("signed", found.record)
        else:
            self._shell.go("family", found.family)

    def _open_for_review(self, found: SearchHit) -> None:
        """A supervisor reads visits: a find among names leads to the family's latest one."""
        if found.kind in (HitKind.NOTE, HitKind.ANSWER):
            self._shell.go("review", found.record)
            return
        families = self._shell.services.families
        self._shell.bridge.run(lambda: families.timeline(found.family), self._on_timeline, self._on_failed)

    def _on_timeline(self, visits: tuple[VisitRow, ...]) -> None:
        if visits:
            self._shell.go("review", visits[0].id)
        else:
            said = Notice(sentence=tr("search", "No visit of this family has arrived yet."), tone=Tone.INFO)
            self._put(replace(self._state, notice=said))

    def _find(self) -> None:
        words, finding = self._state.words, self._shell.services.finding
        self._shell.bridge.run(lambda: (words, finding.search(words, most=MOST)), self._on_found, self._on_failed)

    def _on_found(self, found: tuple[str, tuple[SearchHit, ...]]) -> None:
        words, hits = found
        if words == self._state.words:
            shown = hits if words.strip() else None
            self._put(replace(self._state, found_for=words, hits=shown, notice=None))

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, notice=notice_of(error)))

    def _put(self, state: SearchState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def key_of(hit: SearchHit) -> str:
    """What names a find in a list."""
    return f"{hit.kind.value}/{hit.record}"
