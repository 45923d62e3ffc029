"""How packages are numbered for each device, and under which numbers nothing comes: so that a hole means something.

A number is given once, in the transaction that queues the package, before anything leaves; its row never goes. Where
a package is given up, its number is void, and the next package for that device says so until it was acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from homevisit.storage.driver import KeyedDatabase, Row

VoidRange = tuple[str, int, int]
"""Epoch, first and last number."""
MOST_TOLD = 300
ARRIVED = "SELECT count(DISTINCT number) FROM inbox WHERE device = ? AND epoch = ? AND number BETWEEN ? AND ?"
# Acknowledged later ones tell that a package was not there when they came. Those that a person handed over wait for no
# receipt, and one that was refused came.
OVERTAKEN = """SELECT DISTINCT o.id FROM outbox o JOIN outbox_recipient r ON r.package = o.id
WHERE o.state = 'confirmed' AND o.made_at < ?1 AND r.delivered_at = '' AND r.code = '' AND r.number > 0
AND EXISTS (SELECT 1 FROM outbox_recipient later JOIN outbox p ON p.id = later.package
  WHERE later.device = r.device AND later.delivered_at <> '' AND later.delivered_at < ?1 AND p.device = o.device
  AND EXISTS (SELECT 1 FROM outbox_place l WHERE l.package = p.id) AND """
IN_ITS_EPOCH = f"{OVERTAKEN} later.number > r.number AND p.epoch = o.epoch AND ?2 <> '')"
# An older disk forgot what was acknowledged in the epoch before; one of the present epoch is later than all of that.
IN_EARLIER_ONES = f"{OVERTAKEN} p.epoch = ?2) AND o.epoch <> ?2"
# A later number that is not void makes this one a hole there; a package made since fills it.
LATER = "SELECT 1 FROM outbox_recipient WHERE device = ? AND number > ? AND void_since = 0"
SINCE = "SELECT 1 FROM outbox o CROSS JOIN outbox_recipient r WHERE o.rowid > ? AND r.package = o.id AND r.device = ?"
BEFORE_ANEW = """SELECT o.epoch, 1, max(r.number) FROM begun_anew b JOIN outbox o ON o.rowid <= b.packages
JOIN outbox_recipient r ON r.package = o.id AND r.device = b.device
WHERE b.device = ? AND b.untold AND r.number > 0 GROUP BY o.epoch ORDER BY o.epoch"""


class Numbering:
    """The numbers of what leaves, and of what comes."""

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database

    def void_for(self, device: str) -> tuple[VoidRange, ...]:
        """The numbers for a device under which nothing comes any more, as far as it has not acknowledged to know it."""
        rows = self._database.rows_of(
            "SELECT o.epoch, r.number, r.number FROM outbox_recipient r JOIN outbox o ON o.id = r.package"
            " WHERE r.device = ? AND r.void_since > 0 ORDER BY r.void_since, r.number LIMIT ?",
            (device, MOST_TOLD),
        )
        return merged([*rows, *self._database.rows_of(BEFORE_ANEW, (device,))])

    def make_void(self, package: str) -> None:
        """Nobody waits for a package any longer: to be told to each device that has not acknowledged it."""
        self._database.change(
            "UPDATE outbox_recipient SET void_since = (SELECT max(rowid) FROM outbox)"
            " WHERE package = ? AND delivered_at = '' AND number > 0",
            (package,),
        )

    def knows_void(self, device: str, *, until: int) -> None:
        """A device has taken in the package with this row number, which said what was void when it was made.

        Where more is void than one package says, it is the oldest that was said.
        """
        self._database.change(
            "UPDATE outbox_recipient SET void_since = 0 WHERE device = ? AND void_since > 0 AND void_since < ?"
            " AND package IN (SELECT package FROM outbox_recipient WHERE device = ? AND void_since > 0"
            "  ORDER BY void_since, number LIMIT ?)",
            (device, until, device, MOST_TOLD),
        )
        self._database.change(
            "UPDATE begun_anew SET untold = 0 WHERE device = ? AND untold AND packages < ?", (device, until)
        )

    def untold(self) -> tuple[str, ...]:
        """Devices that may miss something under a void number and get no package by which they would be told."""
        rows = self._database.rows_of(
            "SELECT device, min(number), max(void_since) FROM outbox_recipient WHERE void_since > 0 GROUP BY device"
        )
        return tuple(
            device
            for device, number, since in rows
            if self._database.row_of(LATER, (device, number)) and not self._database.row_of(SINCE, (since, device))
        )

    def overtaken(self, *, before: str, epoch: str) -> tuple[str, ...]:
        """Packages that some device has not acknowledged although it did so for a later one, long enough ago.

        ``epoch`` is the present one.
        """
        found = [*self._database.rows_of(IN_ITS_EPOCH, (before, epoch))]
        found += self._database.rows_of(IN_EARLIER_ONES, (before, epoch))
        return tuple(dict.fromkeys(package for (package,) in found))

    def note_void(self, device: str, ranges: Iterable[VoidRange]) -> None:
        """A device says that nothing comes any more under these numbers of its own."""
        self._database.change_all(
            "INSERT OR IGNORE INTO void_number (device, epoch, first, last) VALUES (?, ?, ?, ?)",
            ((device, *each) for each in ranges),
        )

    def missing(self) -> list[tuple[str, str, int]]:
        """What was numbered for this device and is not here: (person, device, how many packages)."""
        found: dict[tuple[str, str], int] = {}
        for device, epoch, person, highest in self._database.rows_of(
            "SELECT device, epoch, person, highest FROM arrival WHERE highest > arrived"
        ):
            lacking = self._lacking(device, epoch, highest)
            found[person, device] = found.get((person, device), 0) + lacking
        refused = "SELECT count(*) FROM inbox WHERE code <> '' AND device = ?"
        counts = {key: count - int(self._database.value_of(refused, key[1:])) for key, count in found.items() if count}
        return [(person, device, count) for (person, device), count in sorted(counts.items()) if count > 0]

    def _lacking(self, device: str, epoch: str, highest: int) -> int:
        query = "SELECT epoch, first, last FROM void_number WHERE device = ? AND epoch = ?"
        void = merged(self._database.rows_of(query, (device, epoch)))
        # What came although it lies in a void range is counted with the range.
        arrived = self._arrived(device, epoch, 1, highest) - sum(self._arrived(device, *each) for each in void)
        return highest - arrived - sum(max(0, min(last, highest) - first + 1) for _, first, last in void)

    def _arrived(self, device: str, epoch: str, first: int, last: int) -> int:
        return int(self._database.value_of(ARRIVED, (device, epoch, first, last)))


def merged(ranges: Sequence[Row]) -> tuple[VoidRange, ...]:
    """The same numbers in as few ranges as they need."""
    found: list[VoidRange] = []
    for epoch, first, last in sorted(ranges):
        if found and found[-1][0] == epoch and first <= found[-1][2] + 1:
            found[-1] = (epoch, found[-1][1], max(last, found[-1][2]))
        else:
            found.append((epoch, first, last))
    return tuple(found)
