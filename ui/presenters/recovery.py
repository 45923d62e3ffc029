"""What a crash or a flat battery left behind: announced at start, compared on request, never restored silently."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.domain.summaries import VisitDraft
from homevisit.errors import HomeVisitError
from ui.bridge import Bridge
from ui.presenters.visit_changes import Change, changes_between
from ui.presenters.visit_state import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A draft that was not left properly; ``changes`` are against what it was when it last was."""

    visit: str
    family: str
    family_name: str = field(repr=False)
    saved_at: datetime
    has_earlier: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryState:
    """``found`` is what still waits for a decision; ``compared`` is the one on the page."""

    phase: Phase = Phase.BUSY
    found: tuple[Recovered, ...] = ()
    compared: Recovered | None = None
    problem: HomeVisitError | None = None


class RecoveryPresenter(QObject):
    """Looks for recovered drafts and carries out what the person decides; ``decided`` carries the visit's id."""

    state_changed = Signal(object)
    decided = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._wanted = ""
        self._state = RecoveryState()

    @property
    def state(self) -> RecoveryState:
        return self._state

    def look(self, compare: str = "") -> None:
        """Find what was not left properly; ``compare`` is the visit to show side by side."""
        self._wanted = compare
        self._bridge.run(self._find, self._on_found, self._on_problem, owner=self)

    def keep(self, visit: str) -> None:
        """What was recovered is the draft."""
        self._bridge.run(
            lambda: self._services.drafting.settle(visit),
            lambda _: self._on_decided(visit),
            self._on_problem,
            owner=self,
        )

    def go_back(self, visit: str) -> None:
        """The draft as it was when it was last left properly; the newer words are dropped on purpose."""
        self._bridge.run(
            lambda: self._services.drafting.revert(visit),
            lambda _: self._on_decided(visit),
            self._on_problem,
            owner=self,
        )

    def _find(self) -> tuple[Recovered, ...]:
        return tuple(self._read(draft) for draft in self._services.drafting.recovered())

    def _read(self, draft: VisitDraft) -> Recovered:
        brief = self._services.families.brief(draft.body.family)
        earlier = draft.earlier
        library = self._services.library
        return Recovered(
            visit=draft.visit,
            family=draft.body.family,
            family_name=brief.details.name,
            saved_at=draft.saved_at,
            has_earlier=earlier is not None,
            changes=changes_between(earlier, draft.body, brief.people, library) if earlier else (),
        )

    def _on_found(self, found: tuple[Recovered, ...]) -> None:
        compared = next((item for item in found if item.visit == self._wanted), None)
        self._put(RecoveryState(phase=Phase.READY, found=found, compared=compared))

    def _on_decided(self, visit: str) -> None:
        left = tuple(item for item in self._state.found if item.visit != visit)
        self._put(replace(self._state, found=left, compared=None, problem=None))
        self.decided.emit(visit)

    def _on_problem(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, problem=error))

    def _put(self, state: RecoveryState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
