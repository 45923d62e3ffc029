"""What must leave, for which device, and is in no package yet: found out once for each entry, not by searching."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from homevisit.domain.entry import Kind
from homevisit.storage.driver import KeyedDatabase, Row
from homevisit.storage.sharing import CONCERN

SLICE = 500
MARK = "sync_examined"
STAMP = "sync_facts"
# An own entry, a share or a family's first entry may change who gets what others wrote before it. The plus sign makes
# SQLite go by the numbers, which are few, and not by an author with ten thousand entries.
AGAIN = f"""SELECT e.n, e.device, e.epoch, {CONCERN} FROM entry e WHERE e.n <= ?1 AND e.record IN
  (SELECT record FROM entry WHERE n > ?1 AND n <= ?2 AND +author = ?3) AND e.author <> ?3
UNION SELECT e.n, e.device, e.epoch, {CONCERN} FROM entry e WHERE e.n <= ?1 AND e.family IN
  (SELECT family FROM entry WHERE n > ?1 AND n <= ?2 AND kind IN ('share', 'family') AND family <> '')"""  # noqa: S608
FRESH = f"SELECT e.n, e.device, e.epoch, {CONCERN} FROM entry e WHERE e.n > ?1 AND e.n <= ?2"  # noqa: S608
LEFT = """SELECT count(*) FROM (SELECT entry FROM owed WHERE code = '' OR gone = 0 UNION
  SELECT entry FROM outbox_entry WHERE package IN (SELECT id FROM outbox WHERE state = 'waiting'))"""
# The last entry that each package brought, and how many new ones.
SPANS = "SELECT last_n, new, device, epoch FROM inbox WHERE last_n > ? AND new > 0 ORDER BY last_n"
PACKED = """SELECT r.device, r.person, o.owner, e.entry FROM outbox_entry e JOIN outbox o ON o.id = e.package
JOIN outbox_recipient r ON r.package = e.package
WHERE o.rowid > coalesce((SELECT packages FROM begun_anew WHERE device = r.device), 0)
AND e.entry IN"""


@dataclass(frozen=True, slots=True)
class Due:
    """An entry to be examined: its number, the device and epoch that signed it, and what the rules look at."""

    n: int
    device: str
    epoch: str
    concern: Row


@dataclass(frozen=True, slots=True)
class Owing:
    """``device`` is to get an entry; ``code`` says why it is held, "" if it is to go. Both ids are "" for nobody."""

    device: str
    person: str
    code: str = ""


class Owed:
    """Kept in step by :mod:`homevisit.services.choosing`."""

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database
        self._spans: list[Row] = []
        self._spans_after = sys.maxsize

    def stamp(self) -> str:
        """What the answers rested on besides the entries."""
        return self._meta(STAMP)

    def begin_again(self, stamp: str) -> None:
        """Cards, consent or a team changed: every entry is to be examined again."""
        with self._database.atomic():
            self._set_meta(STAMP, stamp)
            self._set_meta(MARK, "0")

    def examined(self) -> int:
        """The number of the last entry that was examined."""
        return int(self._meta(MARK) or 0)

    def begins_again(self) -> bool:
        """Whether every entry is to be examined again."""
        return self.examined() == 0 < self.newest()

    def newest(self) -> int:
        """The number of the last entry there is."""
        return int(self._database.value_of("SELECT coalesce(max(n), 0) FROM entry"))

    def due(self, *, me: str) -> tuple[Due, ...]:
        """The next entries to examine, with those before them that they may concern."""
        start = self.examined()
        span = (start, min(start + SLICE, self.newest()))
        if start == span[1]:
            return ()
        self._spans, self._spans_after = self._database.rows_of(SPANS, (start,)), start
        rows = self._database.rows_of(FRESH, span) + (self._database.rows_of(AGAIN, (*span, me)) if start else [])
        return tuple(
            Due(n, device, epoch, (found, record, Kind(kind), *rest))
            for n, device, epoch, found, record, kind, *rest in rows
        )

    def came_from(self, n: int) -> tuple[str, str]:
        """The device, with its epoch then, whose package brought an entry; "" for one that was signed here."""
        if n > self._spans_after:
            place = bisect_left(self._spans, n, key=itemgetter(0))
            row = self._spans[place] if place < len(self._spans) else None
        else:
            row = self._database.row_of(f"{SPANS} LIMIT 1", (n - 1,))
        return (row[2], row[3]) if row and n > row[0] - row[1] else ("", "")

    def keep(self, found: Sequence[tuple[Due, Sequence[Owing]]], *, upto: int) -> None:
        """What these entries are owed to whom, but for devices that a package is made for already."""
        entries = [due.concern[0] for due, owing in found if owing]
        packed = self._packed(entries)
        with self._database.atomic():
            self._database.change_among("DELETE FROM owed WHERE entry IN", [due.concern[0] for due, _ in found])
            self._database.change_all(
                "INSERT OR REPLACE INTO owed (entry, device, person, n, code, gone) VALUES (?, ?, ?, ?, ?, ?)",
                (row for due, owing in found for row in _lacking(due, owing, packed.get(due.concern[0], {}))),
            )
            self._set_meta(MARK, str(upto))

    def ready(self) -> list[tuple[str, str, str]]:
        """Everything that is to go, as (entry, its author, device), in the order the entries came."""
        return self._database.rows_of(
            "SELECT o.entry, e.author, o.device FROM owed o JOIN entry e ON e.id = o.entry WHERE o.code = ''"
            " ORDER BY o.n, o.entry, o.device"
        )

    def drop(self, entries: Iterable[str]) -> None:
        """These are not to go after all: their words were erased, and only their author may say so."""
        for entry in entries:
            self._database.change("DELETE FROM owed WHERE entry = ?", (entry,))

    def held(self) -> list[tuple[str, str, int]]:
        """What is held: (code, person, how many entries that went to nobody else)."""
        return self._database.rows_of(
            "SELECT code, person, count(*) FROM owed WHERE code <> '' AND gone = 0 GROUP BY code, person"
        )

    def left(self) -> int:
        """Entries that should leave and are confirmed nowhere: owed, held and gone to nobody, in waiting packages."""
        return int(self._database.value_of(LEFT))

    def _packed(self, entries: Sequence[str]) -> dict[str, dict[str, tuple[str, bool]]]:
        """By entry and device: the person it is sealed for, and whether that is somebody else."""
        found: dict[str, dict[str, tuple[str, bool]]] = {}
        for device, person, owner, entry in self._database.rows_among(PACKED, entries):
            found.setdefault(entry, {})[device] = (person, person != owner)
        return found

    def _meta(self, name: str) -> str:
        return str(self._database.value_of("SELECT value FROM meta WHERE name = ?", (name,)) or "")

    def _set_meta(self, name: str, value: str) -> None:
        self._database.change("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))


def _lacking(
    due: Due, owing: Sequence[Owing], packed: dict[str, tuple[str, bool]]
) -> list[tuple[str, str, str, int, str, int]]:
    """The rows of one entry; ``gone`` says that it went to somebody besides one's own laptops."""
    people = {person for person, _ in packed.values()}
    gone = any(is_other for _, is_other in packed.values())
    return [
        (due.concern[0], each.device, each.person, due.n, each.code, int(gone))
        for each in owing
        if not (each.device in packed if each.device else each.person in people or (gone and not each.person))
    ]
