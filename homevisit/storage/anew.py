"""Laptops that were set back to an older disk and began another epoch: what they may lack, who hears of one's own.

Whatever such a laptop had acknowledged, signed or passed on before may be gone there, and only others have it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from homevisit.storage.driver import KeyedDatabase

KnownHeads = tuple[tuple[str, str, int, str], ...]
BEGUN = """INSERT OR REPLACE INTO begun_anew (device, epoch, packages, entries, untold)
SELECT ?, ?, coalesce((SELECT max(rowid) FROM outbox), 0), coalesce((SELECT max(n) FROM entry), 0), 1"""
SENT_SINCE = """SELECT DISTINCT r.device FROM outbox o JOIN outbox_recipient r ON r.package = o.id
WHERE o.device = ? AND o.epoch = ?"""
TELL = "tell_anew"


@dataclass(frozen=True, slots=True)
class Anew:
    """By device: the epoch it is in ("" if not known), and the last entry that was here when another was noticed."""

    begun: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def holds(self, device: str, *, epoch: str, n: int) -> bool:
        """Whether a device still has entry number ``n``, which it signed or sent in this epoch."""
        if device not in self.begun:
            return True
        present, before = self.begun[device]
        return n > before and present in ("", epoch)

    def may_lack(self, device: str, *, signed_on: str, epoch: str, n: int) -> bool:
        """Whether an entry may be gone on a laptop of its author, who signed it there or on another one."""
        if device != signed_on:
            return device in self.begun and n <= self.begun[device][1]
        return not self.holds(device, epoch=epoch, n=n)


class AnewBox:
    """What is kept of it."""

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database

    def known(self) -> Anew:
        """As it stands now."""
        rows = self._database.rows_of("SELECT device, epoch, entries FROM begun_anew")
        return Anew({device: (epoch, entries) for device, epoch, entries in rows})

    def notice(self, device: str, epoch: str) -> None:
        """A package of this epoch arrived: another than before means that the laptop was set back.

        Packages made for it until now count for nothing, and every entry is examined again by the rules as they stand.
        """
        known = {found for (found,) in self._database.rows_of("SELECT epoch FROM arrival WHERE device = ?", (device,))}
        if epoch in known:
            return
        signed = "SELECT 1 FROM entry WHERE device = ? AND epoch <> ?"
        if known or self._database.row_of(signed, (device, epoch)):
            self._database.change(BEGUN, (device, epoch))
            self._database.change("DELETE FROM told_device WHERE device = ?", (device,))
            self._examine_again()

    def correct(self, device: str, epoch: str, heads: KnownHeads) -> None:
        """Who names a chain of theirs as an earlier one has not begun it later: a package of that came late."""
        if self._database.row_of("SELECT 1 FROM begun_anew WHERE device = ?", (device,)) is None:
            return
        begun = {head[1] for head in heads if head[0] == device}
        self._correct(device, epoch, "epoch IN (SELECT value FROM json_each(?))", json.dumps(sorted(begun)))

    def answered(self, device: str, epoch: str, *, package: int) -> None:
        """In this epoch a device took in the package with this row number: it is the present one, if made since."""
        self._correct(device, epoch, "packages < ?", package)

    def _correct(self, device: str, epoch: str, condition: str, value: str | int) -> None:
        """Two epochs may arrive in either order; no clock decides which is the later one."""
        query = f"SELECT 1 FROM begun_anew WHERE device = ? AND epoch <> ? AND {condition}"  # noqa: S608 - our own words
        if self._database.row_of(query, (device, epoch, value)):
            self._database.change("UPDATE begun_anew SET epoch = ? WHERE device = ?", (epoch, device))
            self._examine_again()

    def to_be_told(self, device: str, epoch: str) -> tuple[str, ...] | None:
        """Devices that have nothing yet of the epoch that this one (``device``) began; None: all were told.

        That is every card: an older disk need not know who has had something from here, or sent something.
        """
        if self._database.row_of("SELECT 1 FROM meta WHERE name = ?", (TELL,)) is None:
            return None
        told = {found for (found,) in self._database.rows_of(SENT_SINCE, (device, epoch))}
        everybody = self._database.rows_of("SELECT device FROM card ORDER BY device")
        return tuple(found for (found,) in everybody if found not in told)

    def told(self) -> None:
        """Everybody who can be told has been sent something."""
        self._database.change("DELETE FROM meta WHERE name = ?", (TELL,))

    def _examine_again(self) -> None:
        self._database.change("UPDATE meta SET value = '0' WHERE name = 'sync_examined'")
