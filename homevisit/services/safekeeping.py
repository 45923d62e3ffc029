"""What a person may do about the store itself: read who opened what, change the passphrase or the recovery code."""

from __future__ import annotations

from dataclasses import dataclass, field

from homevisit.clock import Clock
from homevisit.paths import Home
from homevisit.storage.access import Access, AccessAct
from homevisit.storage.homes import change_passphrase, confirm_passphrase, make_recovery
from homevisit.storage.keys import ESCROW, RECOVERY
from homevisit.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine:
    """One line of the access log with what it was about by name; ``name`` is "" where the thing has none."""

    at: str
    act: str
    kind: str = ""
    subject: str = ""
    name: str = field(default="", repr=False)
    detail: str = ""


class Safekeeping:
    """The access log is only ever read here; every service writes its own lines."""

    def __init__(self, store: Store, home: Home, clock: Clock) -> None:
        self._store = store
        self._home = home
        self._clock = clock

    def access(self, most: int = 200) -> tuple[AccessLine, ...]:
        """The last lines of the access log, newest first."""
        names = self._store.views.family_names()
        return tuple(self._line(line, names) for line in self._store.access.recent(most))

    def confirm(self, passphrase: str) -> None:
        """Whether it is the practitioner who is there: ``store.wrong_passphrase``, or ``store.wait`` after several."""
        confirm_passphrase(self._home, passphrase, clock=self._clock)

    @property
    def is_opened_by_code(self) -> bool:
        """Whether a code opened this store: the passphrase is forgotten, and a new one is set without it."""
        return self._store.opened_by in (RECOVERY, ESCROW)

    @property
    def is_opened_by_organisation(self) -> bool:
        """Whether it was the code that the organisation read out: it opens this store no more."""
        return self._store.opened_by == ESCROW

    def change_passphrase(self, present: str, new: str) -> None:
        """Wrap the key for another passphrase; refused like :meth:`confirm` unless the present one is given.

        Where a code opened the store there is none to give: whoever had the code could open everything anyway.
        """
        if not self.is_opened_by_code:
            self.confirm(present)
        change_passphrase(self._home, self._store, new)

    def make_recovery(self, present: str) -> str:
        """A new recovery code, from now on the only one; refused like :meth:`confirm`."""
        self.confirm(present)
        return make_recovery(self._home, self._store)

    def note_recovery_shown(self) -> None:
        """The code of a new store is on the screen, and nobody has said yet that it is kept."""
        self._store.access.record(AccessAct.MADE_RECOVERY)

    def note_recovery_kept(self) -> None:
        """The newest code was typed again from a copy."""
        self._store.access.record(AccessAct.CONFIRMED_RECOVERY)

    def is_recovery_unkept(self) -> bool:
        """Whether the newest code was shown here and never typed again: perhaps nobody has it."""
        last = self._store.access.last(AccessAct.MADE_RECOVERY, AccessAct.CONFIRMED_RECOVERY)
        return last is not None and last.act is AccessAct.MADE_RECOVERY

    def _line(self, line: Access, names: dict[str, str]) -> AccessLine:
        kind, _, subject = line.subject.partition("/")
        return AccessLine(
            at=line.at,
            act=line.act.value,
            kind=kind,
            subject=subject,
            name=self._name(kind, subject, names),
            detail=line.detail,
        )

    def _name(self, kind: str, subject: str, names: dict[str, str]) -> str:
        if kind == "family":
            return names.get(subject, "")
        if kind == "visit":
            row = self._store.views.visit_row(subject)
            return row.family_name if row else ""
        if kind == "person":
            return next((kept.card.name for kept in self._store.cards.all() if kept.card.person == subject), "")
        if kind == "pack":
            packs = self._store.prompt_packs.packs()
            return next((str(each.manifest["name"]) for each in packs if each.id == subject), "")
        return ""
