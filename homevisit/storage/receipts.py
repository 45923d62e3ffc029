"""What is to be acknowledged to whom, and what others acknowledged."""

from __future__ import annotations

from collections.abc import Iterable

from homevisit.clock import Clock, instant
from homevisit.domain.summaries import GIVEN_UP_HERE
from homevisit.storage.anew import AnewBox
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.numbering import Numbering

MOST = 5_000
Given = tuple[str, str, str]
"""Package, digest, and why it was refused."""


class ReceiptBox:
    """Receipts are owed to the device that sent a package, which knows it by id and digest."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._numbering = Numbering(database)

    def owed_to(self) -> tuple[str, ...]:
        """Devices that wait for a receipt."""
        rows = self._database.rows_of("SELECT DISTINCT device FROM inbox WHERE receipt = 'owed' ORDER BY device")
        return tuple(device for (device,) in rows)

    def owed(self, device: str) -> list[tuple[str, str, str]]:
        """What is to be acknowledged to a device: (package, digest, why it was refused)."""
        return self._database.rows_of(
            "SELECT package, digest, code FROM inbox WHERE receipt IN ('owed', 'along') AND device = ?"
            " ORDER BY receipt DESC, received_at LIMIT ?",
            (device, MOST),
        )

    def queued(self, digests: Iterable[str], *, receipt: str) -> None:
        """These are acknowledged by a receipt that was made: call it in the transaction that queues it."""
        for digest in digests:
            self._database.change(
                "UPDATE inbox SET receipt = ? WHERE digest = ? AND receipt IN ('owed', 'along')", (receipt, digest)
            )

    def owe_again(self, digest: str) -> bool:
        """A package came once more: its sender does not know. Says whether it had been taken in before."""
        known = self._database.row_of("SELECT 1 FROM inbox WHERE digest = ? AND code = ''", (digest,)) is not None
        self._database.change(
            "UPDATE inbox SET receipt = 'owed' WHERE digest = ? AND number > 0 AND kind <> 'receipt'", (digest,)
        )
        return known

    def acknowledged(self, given: Given, *, by: str, epoch: str) -> None:
        """A device says that it took a package in, or why not. It counts only for what was sealed for that device."""
        package, digest, code = given
        found = self._database.row_of(
            "SELECT o.rowid FROM outbox o JOIN outbox_recipient r ON r.package = o.id"
            " WHERE o.id = ? AND o.digest = ? AND r.device = ?",
            (package, digest, by),
        )
        if found is None:
            return
        taken = instant(self._clock.now()) if not code else ""
        self._database.change(
            "UPDATE outbox_recipient SET delivered_at = max(delivered_at, ?), code = ?"
            " WHERE package = ? AND device = ?",
            (taken, code, package, by),
        )
        if taken:
            self._numbering.knows_void(by, until=found[0])
            AnewBox(self._database).answered(by, epoch, package=found[0])
        self._judge(package)

    def _judge(self, package: str) -> None:
        """Delivered once every device has it; refused as long as one says so."""
        (lacking, code) = self._database.row_of(
            "SELECT sum(delivered_at = ''), max(CASE WHEN delivered_at = '' THEN code ELSE '' END)"
            " FROM outbox_recipient WHERE package = ?",
            (package,),
        ) or (0, "")
        state = "delivered" if not lacking else "refused" if code else ""
        self._database.change(
            "UPDATE outbox SET state = CASE WHEN ? <> '' THEN ? WHEN state = 'sent' THEN 'sent' ELSE 'confirmed' END,"
            " code = ? WHERE id = ? AND state <> 'waiting' AND code NOT LIKE ?",
            (state, state, code or "", package, f"{GIVEN_UP_HERE}%"),
        )
