"""A new recovery code in Settings: made with the passphrase, shown once, and kept only when it was typed again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from homevisit.errors import HomeVisitError
from homevisit.services import homes
from ui.bridge import Where
from ui.messages import notice_of
from ui.notices import Notice
from ui.presenters.first_run_flow import FirstRunState, Step, problems_of
from ui.presenters.recovery_sheet import other_groups_notice, pick_groups, save_sheet, saved_notice, sheet_text
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr

ROOM = "settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeState:
    """``shown`` is the same step as in the first run, while there is a code; ``is_open`` asks for the passphrase."""

    is_open: bool = False
    busy: bool = False
    shown: FirstRunState | None = None
    notice: Notice | None = None


class RecoveryCodePresenter(QObject):
    """The passphrase is passed through and never kept; the code is forgotten once it was confirmed."""

    state_changed = Signal(object)

    def __init__(
        self,
        shell: Shell,
        parent: QObject | None = None,
        *,
        pick: Callable[[Sequence[int]], tuple[int, ...]] = pick_groups,
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._pick = pick
        self._state = RecoveryCodeState()

    @property
    def state(self) -> RecoveryCodeState:
        return self._state

    def begin(self, wanted: bool) -> None:
        """Ask for the passphrase, or close again."""
        self._put(replace(self._state, is_open=wanted, notice=None))

    def make(self, present: str) -> None:
        """Make the code; the one before opens the store no more."""
        if self._state.busy:
            return
        self._put(replace(self._state, busy=True, notice=None))
        safekeeping = self._shell.services.safekeeping
        self._shell.bridge.run(lambda: safekeeping.make_recovery(present), self._on_made, self._on_refused)

    def retype(self, position: int, text: str) -> None:
        """A group of the code was typed again."""
        shown = self._state.shown
        if shown is not None:
            retyped = {**shown.retyped, position: text}
            self._put(replace(self._state, shown=replace(shown, retyped=retyped, problems={}), notice=None))

    def confirm(self) -> None:
        """Compare what was typed; only then the code counts as kept."""
        shown = self._state.shown
        if shown is None:
            return
        problems = problems_of(shown)
        if problems:
            self._put(replace(self._state, shown=replace(shown, problems=problems)))
        elif homes.confirm_recovery(shown.recovery_code, {at: shown.retyped.get(at, "") for at in shown.ask}):
            self._shell.bridge.run(self._shell.services.safekeeping.note_recovery_kept)
            words = tr(ROOM, "The new recovery code is in your hands.")
            step = tr(ROOM, "Destroy the sheet with the old one: it opens only backups made before now.")
            self._put(RecoveryCodeState(notice=Notice(sentence=words, next_step=step, tone=Tone.GOOD)))
        else:
            self._put(replace(self._state, notice=other_groups_notice()))

    def save(self, path: Path) -> None:
        """Write the sheet to a file that the person chose."""
        text = self.sheet()
        self._shell.bridge.run(lambda: save_sheet(path, text), self._on_saved, self._on_refused, where=Where.WORKER)

    def sheet(self) -> str:
        """The sheet that is printed or saved."""
        groups = self._state.shown.groups if self._state.shown else ()
        return sheet_text(groups, self._shell.services.home.root.name, self._shell.clock.now().astimezone().date())

    def _on_made(self, code: str) -> None:
        ask = self._pick(range(len(code.split("-"))))
        self._put(RecoveryCodeState(shown=FirstRunState(step=Step.RECOVERY, recovery_code=code, ask=ask)))

    def _on_saved(self, _: None) -> None:
        self._put(replace(self._state, notice=saved_notice()))

    def _on_refused(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, busy=False, notice=notice_of(error)))

    def _put(self, state: RecoveryCodeState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
