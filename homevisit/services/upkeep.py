"""Looking after a store: checking it, rebuilding its read models, backups and the restore drill."""

from __future__ import annotations

from pathlib import Path

from homevisit.clock import Clock
from homevisit.paths import Home
from homevisit.storage.access import AccessAct
from homevisit.storage.backup import Backup, list_backups, make_backup, make_backup_when_due
from homevisit.storage.health import Finding as HealthFinding
from homevisit.storage.health import check as check_store
from homevisit.storage.store import Store


class Upkeep:
    """Acts on the whole store."""

    def __init__(self, store: Store, home: Home, clock: Clock) -> None:
        self._store = store
        self._home = home
        self._clock = clock

    def check(self) -> tuple[HealthFinding, ...]:
        """Everything that is wrong with the store; nothing for a sound one."""
        return check_store(self._store)

    def rebuild(self) -> None:
        """Drop the read models and the search index and fold every entry again."""
        self._store.rebuild()

    def catch_up(self) -> bool:
        """One short step of what the database put off while somebody waited; says whether there is more."""
        return self._store.catching_up.step()

    def backup(self) -> Path:
        """Make a verified backup now; returns its folder."""
        made = make_backup(self._store, clock=self._clock)
        self._store.access.record(AccessAct.BACKED_UP)
        return made

    def backup_when_due(self) -> Path | None:
        """The backup of the day, if there is none yet; safe on any thread. Say so by :meth:`note_backup` afterwards."""
        return make_backup_when_due(self._store)

    def note_backup(self) -> None:
        """Write the backup that was just made into the access log."""
        self._store.access.record(AccessAct.BACKED_UP)

    def noticed_at_start(self) -> tuple[str, ...]:
        """Codes of what was wrong with the store's files when it was opened; nothing for a sound one."""
        return tuple(finding.code for finding in self._store.start_report.findings)

    def backups(self) -> tuple[Backup, ...]:
        """The backups of this home, newest first."""
        return list_backups(self._home)
