"""What happens by itself once a store is open: damage noticed at the start is said, and the day's backup is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from homevisit.assembly import Services
from homevisit.errors import HomeVisitError
from homevisit.services.escrow import EscrowStanding
from ui.bridge import Where
from ui.catching_up import CatchingUp
from ui.code_notices import escrow_untold, opened_by_code
from ui.messages import notice_of
from ui.network import Network
from ui.preferences import Preferences
from ui.settings_places import ACTION, PASSPHRASE, RECOVERY, settings_arg
from ui.shell import Shell
from ui.sync_schedule import SyncSchedule
from ui.unsent import UnsentCount
from ui.words import tr

BACKUP_AFTER_MS = 20_000
"""Long enough after unlocking that the first visit of the day is already open."""

WARM_AFTER_MS = 1_000


class AfterOpening(QObject):
    """Runs once per open store; a backup works on a connection of its own and never holds up what is being typed."""

    def __init__(self, shell: Shell, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._timer = QTimer(self, singleShot=True, interval=BACKUP_AFTER_MS)
        self._timer.timeout.connect(self.back_up)
        self._timer.start()
        shell.bridge.run(shell.services.upkeep.noticed_at_start, self._on_noticed)
        shell.bridge.run(shell.services.safekeeping.is_recovery_unkept, self._on_recovery)
        shell.bridge.run(lambda: _how_it_stands(shell.services), self._on_standing, owner=self)
        shell.acted.connect(self._on_acted)
        self.unsent = UnsentCount(shell, self)
        self.catching_up = CatchingUp(shell, self)
        self.schedule = SyncSchedule(shell, preferences, Network())
        QTimer.singleShot(WARM_AFTER_MS, self, self.warm_up)

    def warm_up(self) -> None:
        """Make the first search and the first worked-out answer as quick as the others, once Today is painted."""
        self._shell.bridge.run(self._shell.services.finding.read_ahead, where=Where.WORKER)
        self._shell.bridge.run(self._shell.services.finding.warm_up)
        self._shell.bridge.run(self._shell.services.prompt_library.warm_up, where=Where.WORKER)

    def back_up(self) -> None:
        """Make the day's backup if there is none."""
        upkeep = self._shell.services.upkeep
        self._shell.bridge.run(upkeep.backup_when_due, self._on_backup, where=Where.WORKER)

    def _on_noticed(self, codes: tuple[str, ...]) -> None:
        for code in codes:
            self._shell.announce(replace(notice_of(HomeVisitError(code)), kept=True))

    def _on_recovery(self, is_unkept: bool) -> None:
        if is_unkept:
            said = notice_of(
                HomeVisitError("recovery.not_kept"),
                action=ACTION + RECOVERY,
                action_label=tr("desk", "Go to Settings"),
            )
            self._shell.announce(replace(said, kept=True))

    def _on_standing(self, found: tuple[bool, bool, bool]) -> None:
        by_code, by_organisation, untold = found
        if by_code:
            self._shell.announce(opened_by_code(by_organisation))
        if by_organisation:  # locked again without a passphrase, everything would begin anew
            self._shell.go("settings", settings_arg(PASSPHRASE))
        if untold:
            self._shell.announce(escrow_untold())

    def _on_acted(self, action: str) -> None:
        if action.startswith(ACTION):
            self._shell.announce(None)
            self._shell.go("settings", settings_arg(action.removeprefix(ACTION)))

    def _on_backup(self, made: Path | None) -> None:
        if made is not None:
            self._shell.bridge.run(self._shell.services.upkeep.note_backup)


def _how_it_stands(services: Services) -> tuple[bool, bool, bool]:
    keeping, escrow = services.safekeeping, services.escrow
    untold = escrow.standing() is EscrowStanding.UNTOLD
    return keeping.is_opened_by_code, keeping.is_opened_by_organisation, untold
