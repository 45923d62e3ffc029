"""Today: one look at the day, what is in progress, what needs attention, and whether this laptop is ready to go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.changes import Changes
from homevisit.domain.lateness import LateReviews
from homevisit.domain.summaries import ActionRow
from homevisit.errors import HomeVisitError
from homevisit.services.readiness import Ready
from homevisit.services.today import Agenda
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr

ROOM = "today"
UNDO = "undo-action"
RELOAD = "reload"
_Looked = tuple[Agenda, int | None, int, int]
CONCERNS = Changes.FAMILIES | Changes.VISITS | Changes.DRAFTS | Changes.REVIEWS | Changes.OUTBOX | Changes.INBOX


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayState:
    """``agenda`` is None until the day was read; ``ready`` is None while the check is closed or still counting.

    ``unsent`` is None wherever it is not known just now, ``unfiled`` where no server is set up to file visits at.
    """

    agenda: Agenda | None = None
    unsent: int | None = None
    unfiled: int | None = None
    late: LateReviews | None = None
    families: int = 0
    supervisors: int = 0
    ready_open: bool = False
    ready: Ready | None = None
    notice: Notice | None = None

    @property
    def is_empty(self) -> bool:
        return self.agenda is not None and not self.families and not self.agenda.drafts


class TodayPresenter(QObject):
    """Reads the agenda anew whenever something it shows was written."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = TodayState()
        self._ticked: ActionRow | None = None
        shell.counted.connect(self._on_counted)

    @property
    def state(self) -> TodayState:
        return self._state

    def open(self) -> None:
        """Read the day."""
        services = self._shell.services
        self._shell.bridge.run(lambda: _look(services), self._on_read, self._on_failed)
        self._shell.bridge.run(services.today.late, self._on_late, owner=self)

    def refresh(self, changes: Changes) -> None:
        if changes & CONCERNS:
            self.open()

    def check_ready(self) -> None:
        """Open the panel and count."""
        self._put(replace(self._state, ready_open=True, ready=None))
        self._shell.bridge.run(self._shell.services.readiness.check, self._on_ready, self._on_failed)

    def close_ready(self) -> None:
        self._put(replace(self._state, ready_open=False, ready=None))

    def tick(self, action: ActionRow) -> None:
        """What was planned is done; it can be taken back from the bar."""
        self._ticked = action
        self._complete(action, done=True)

    def act(self, action: str) -> None:
        """The button of the notice was pressed."""
        self._put(replace(self._state, notice=None))
        if action == UNDO and self._ticked is not None:
            ticked, self._ticked = self._ticked, None
            self._complete(ticked, done=False)
        elif action == RELOAD:
            self.open()

    def _complete(self, action: ActionRow, *, done: bool) -> None:
        families = self._shell.services.families
        self._shell.bridge.run(
            lambda: families.complete_action(action, done=done),
            lambda _: self._on_completed(action, done),
            self._on_failed,
            owner=self,
        )

    def _on_completed(self, action: ActionRow, done: bool) -> None:
        if done:
            said = Notice(
                sentence=tr(ROOM, "Done: {what}", what=action.what),
                tone=Tone.GOOD,
                action=UNDO,
                action_label=tr(ROOM, "Take back"),
            )
            self._put(replace(self._state, notice=said))
        self._shell.tell(Changes.FAMILIES)

    def _on_read(self, looked: _Looked) -> None:
        agenda, unfiled, families, supervisors = looked
        self._put(replace(self._state, agenda=agenda, unfiled=unfiled, families=families, supervisors=supervisors))

    def _on_late(self, late: LateReviews | None) -> None:
        self._put(replace(self._state, late=late))

    def _on_counted(self, count: int | None) -> None:
        self._put(replace(self._state, unsent=count))

    def _on_ready(self, ready: Ready) -> None:
        if self._state.ready_open:
            self._put(replace(self._state, ready=ready))

    def _on_failed(self, error: HomeVisitError) -> None:
        notice = notice_of(error, action=RELOAD, action_label=tr(ROOM, "Try again"))
        self._put(replace(self._state, notice=notice))

    def _put(self, state: TodayState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _look(services: Services) -> _Looked:
    supervisors = len(services.cards.supervisors())
    return services.today.agenda(), services.filing.unfiled(), services.families.count(), supervisors
