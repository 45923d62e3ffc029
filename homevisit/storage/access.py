"""Who opened, printed, exported or imported what, and when: append-only, with ids and counts but no words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from homevisit.clock import Clock, instant
from homevisit.storage.driver import KeyedDatabase


class AccessAct(StrEnum):
    """What was done."""

    UNLOCKED = "unlocked"
    FAILED_UNLOCK = "failed-unlock"
    LOCKED = "locked"
    OPENED = "opened"
    PRINTED = "printed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    CONFIRMED_CARD = "confirmed-card"
    INSTALLED_PACK = "installed-pack"
    REMOVED_PACK = "removed-pack"
    SHARED = "shared"
    ENDED_SHARE = "ended-share"
    AGREED = "agreed-to-send"
    STOPPED = "stopped-sending"
    TOOK_TEAM = "took-team-file"
    LEFT_TEAM = "left-team"
    LOST_LAPTOP = "lost-laptop"
    FOUND_LAPTOP = "found-laptop"
    ADDED_LAPTOP = "added-laptop"
    ADDED_PLACE = "added-place"
    REMOVED_PLACE = "removed-place"
    CHANGED_PASSPHRASE = "changed-passphrase"  # noqa: S105 - an act, not a secret
    MADE_RECOVERY = "made-recovery"
    CONFIRMED_RECOVERY = "confirmed-recovery"
    MADE_ESCROW = "made-escrow"
    ENDED_ESCROW = "ended-escrow"
    UNLOCKED_BY_ESCROW = "unlocked-by-escrow"
    BACKED_UP = "backed-up"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the log. ``subject`` is ``<kind>/<id>``, ``detail`` holds counts and codes."""

    at: str
    act: AccessAct
    subject: str
    detail: str


class AccessLog:
    """Only ever added to: triggers refuse anything else."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, act: AccessAct, subject: str = "", detail: str = "") -> None:
        """Add a line."""
        self._database.change(
            "INSERT INTO access_log (at, act, subject, detail) VALUES (?, ?, ?, ?)",
            (instant(self._clock.now()), act.value, subject, detail),
        )

    def recent(self, limit: int = 100) -> tuple[Access, ...]:
        """The last lines, newest first."""
        return self._lines("1", (), limit)

    def of(self, subject: str, limit: int = 1000) -> tuple[Access, ...]:
        """The lines about one thing, newest first."""
        return self._lines("subject = ?", (subject,), limit)

    def last(self, *acts: AccessAct) -> Access | None:
        """The newest line about one of these acts."""
        marks = ", ".join("?" for _ in acts)
        return next(iter(self._lines(f"act IN ({marks})", tuple(act.value for act in acts), 1)), None)

    def _lines(self, condition: str, values: tuple[str, ...], limit: int) -> tuple[Access, ...]:
        rows = self._database.rows_of(
            f"SELECT at, act, subject, detail FROM access_log WHERE {condition} ORDER BY n DESC LIMIT ?",  # noqa: S608
            (*values, limit),
        )
        return tuple(Access(at, AccessAct(act), subject, detail) for at, act, subject, detail in rows)
