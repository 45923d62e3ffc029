"""Check I'm ready: honest facts about this laptop before somebody drives to a place without a network."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field

from homevisit.paths import Home
from homevisit.prompts.library import Library
from homevisit.storage.backup import list_backups
from homevisit.storage.store import Store

SPACE_NEEDED = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedSet:
    """A prompt set that can be used offline."""

    title: str
    version: str
    checked_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What there is now; moments are instants, "" for never. ``free`` is in bytes, None where nobody can tell."""

    families: int
    drafts: int
    unsent: int
    refused: int
    prompt_sets: tuple[ShippedSet, ...]
    supervisors: tuple[str, ...] = field(default=(), repr=False)
    last_exchange: str = ""
    last_backup: str = ""
    free: int | None = None
    findings: tuple[str, ...] = ()

    @property
    def has_space(self) -> bool:
        return self.free is None or self.free >= SPACE_NEEDED


class Readiness:
    """Counts, never guesses: a fact that cannot be found out is not claimed."""

    def __init__(self, store: Store, home: Home, library: Library) -> None:
        self._store = store
        self._home = home
        self._library = library

    def check(self) -> Ready:
        """Everything a person wants to know before leaving."""
        store, me = self._store, self._store.identity.card
        backups = list_backups(self._home)
        return Ready(
            families=len(store.views.families()),
            drafts=sum(draft.record.startswith("visit/") for draft in store.drafts.all()),
            unsent=store.packages.unsent(me.person),
            refused=store.packages.refused_count(),
            prompt_sets=tuple(
                ShippedSet(title=each.title, version=each.version, checked_on=each.checked_on)
                for each in self._library.sets
            ),
            supervisors=tuple(sorted(kept.card.name for kept in store.cards.all() if kept.card.role != me.role)),
            last_exchange=self._last_exchange(),
            last_backup=backups[0].made_at if backups else "",
            free=self._free(),
            findings=tuple(finding.code for finding in store.start_report.findings),
        )

    def _last_exchange(self) -> str:
        sent = (row.sent_at for row in self._store.packages.outbox())
        received = (row.received_at for row in self._store.packages.inbox() if not row.code)
        return max((*sent, *received), default="")

    def _free(self) -> int | None:
        try:
            return shutil.disk_usage(self._home.root).free
        except OSError:
            return None
