"""One's own place in the ledger: epoch, last entry and logical time; where the next entry is linked on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from homevisit.clock import Clock, instant
from homevisit.domain.hlc import later
from homevisit.storage.anew import TELL
from homevisit.storage.driver import KeyedDatabase, kept_json
from homevisit.storage.head import Head


@dataclass(frozen=True, slots=True)
class Place:
    """The head of the chain and the greatest logical time seen."""

    head: Head
    hlc: str = ""

    def seen(self, hlc: str) -> Place:
        return replace(self, hlc=later(self.hlc, hlc))


class Chain:
    """Keeps the place in the ``meta`` table; it moves only with a transaction that was committed."""

    def __init__(self, database: KeyedDatabase, device: str) -> None:
        self._database = database
        self._device = device
        self.place = self.load()

    def load(self) -> Place:
        """The place as the ledger says it is."""
        epoch = str(self.meta("epoch"))
        row = self._database.row_of(
            "SELECT seq, id, envelope FROM entry WHERE device = ? AND epoch = ? ORDER BY seq DESC, n DESC LIMIT 1",
            (self._device, epoch),
        )
        seq, entry, envelope = row or (0, "", "")
        place = Place(Head(self._device, epoch, seq, entry), self.meta("hlc"))
        return place.seen(kept_json(envelope)["hlc"]) if envelope else place

    def keep(self, place: Place) -> None:
        """Write the logical time and the epoch inside the caller's transaction."""
        self.set_meta("hlc", place.hlc)
        self.set_meta("epoch", place.head.epoch)

    def renewed(self, place: Place) -> Place:
        """The same device in a new random epoch: a restored or rolled-back store never continues its old chain.

        Whoever sent something is acknowledged once more, in the new epoch, and everybody else whose card is
        here gets a receipt for nothing: so they learn that what came or was signed later is gone on this laptop.
        """
        self._database.change("UPDATE inbox SET receipt = 'owed' WHERE number > 0 AND code = ''")
        epoch = str(uuid4())
        self.set_meta(TELL, epoch)
        return Place(Head(self._device, epoch), place.hlc)

    def note_gap(self, missing: Head, clock: Clock) -> None:
        """Remember entries that the head file knew and the ledger no longer has."""
        self._database.change(
            "INSERT OR IGNORE INTO gap (device, epoch, seq, id, noticed_at) VALUES (?, ?, ?, ?, ?)",
            (missing.device, missing.epoch, missing.seq, missing.id, instant(clock.now())),
        )

    def meta(self, name: str) -> str:
        return str(self._database.value_of("SELECT value FROM meta WHERE name = ?", (name,)) or "")

    def set_meta(self, name: str, value: str) -> None:
        self._database.change("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
