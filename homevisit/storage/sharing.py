"""Who looks after which family, as the ledger says, and what this person agreed to send to whom."""

from __future__ import annotations

import json
from collections.abc import Iterable

from homevisit.clock import Clock, instant
from homevisit.domain.entry import Kind
from homevisit.domain.sharing import Share
from homevisit.storage.driver import KeyedDatabase, Row
from homevisit.storage.ledger import SENT_TO

SHARES = "SELECT id, record, family, person, author, since, why, ended_at, enders, ended_why FROM share"
# Whoever entered the family: the entries of its record that build on nothing.
FOUNDERS = """SELECT DISTINCT author FROM entry WHERE record = ? AND kind = 'family'
AND json_array_length(envelope, '$.parents') = 0"""


# What was not sent to a person, of what the rules may let go there: one's own, and all of shared families.
CONCERN = """e.id, e.record, e.kind, e.family, e.author, coalesce(CASE e.kind
  WHEN 'review' THEN (SELECT version FROM review WHERE id = e.record)
  WHEN 'share' THEN (SELECT person FROM share WHERE record = e.record ORDER BY id LIMIT 1) END, '')"""
# The index of the ids is read first: a row of an entry is long, and most were sent.
UNSENT = f"""SELECT {CONCERN} FROM entry e WHERE e.n IN (SELECT n FROM entry WHERE id NOT IN
  (SELECT entry FROM outbox_entry JOIN outbox_recipient r USING (package) WHERE r.person = ?2))
AND (+e.author = ?1 OR ?2 = ?1 OR +e.family IN (SELECT value FROM json_each(?3)))"""  # noqa: S608 - our own columns
OWN_UNSENT = f"""SELECT {CONCERN}
FROM entry e WHERE e.n IN (SELECT n FROM entry WHERE id NOT IN ({SENT_TO})) AND +e.author = ?"""  # noqa: S608


class SharingBox:
    """Reads the shares that entries say, and keeps what was agreed; agreeing concerns this laptop only."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def shares(self, family: str = "") -> tuple[Share, ...]:
        """Every share of a family ("": of every family), ended ones too, the oldest first."""
        condition, values = ("family = ?", (family,)) if family else ("1", ())
        rows = self._database.rows_of(f"{SHARES} WHERE {condition} ORDER BY since, id", values)
        return tuple(_share(row) for row in rows)

    def founders(self, family: str) -> tuple[str, ...]:
        """The persons who entered a family."""
        return tuple(sorted(author for (author,) in self._database.rows_of(FOUNDERS, (family,))))

    def has_written(self, person: str, record: str) -> bool:
        """Whether somebody signed an entry of a record."""
        # The plus keeps the planner from reading everything that this person ever signed.
        query = "SELECT 1 FROM entry WHERE record = ? AND +author = ?"
        return self._database.row_of(query, (record, person)) is not None

    def author(self, version: str) -> str:
        """The author of an entry, "" where it is not here."""
        return str(self._database.value_of("SELECT author FROM entry WHERE id = ?", (version,)) or "")

    def authors(self) -> frozenset[str]:
        """Everybody who signed something that is here."""
        return frozenset(person for (person,) in self._database.rows_of("SELECT DISTINCT author FROM entry"))

    def unsent(self, person: str, *, me: str, shared: Iterable[str]) -> list[Row]:
        """Entries that were not sent to a person, as (id, record, kind, family, author, whom or what it is about)."""
        rows = self._database.rows_of(UNSENT, (me, person, json.dumps(sorted(shared))))
        return [(found, record, Kind(kind), *rest) for found, record, kind, *rest in rows]

    def own_unsent(self, me: str, *, device: str) -> list[Row]:
        """One's own entries that are in no package for a device, in the same form."""
        rows = self._database.rows_of(OWN_UNSENT, (device, me))
        return [(found, record, Kind(kind), *rest) for found, record, kind, *rest in rows]

    def agreed(self) -> frozenset[tuple[str, str]]:
        """Everything that was agreed to: person and scope."""
        return frozenset(self._database.rows_of("SELECT person, scope FROM agreed"))

    def agree(self, person: str, scopes: Iterable[str]) -> None:
        """Keep that what these scopes name may go to a person."""
        now = instant(self._clock.now())
        for scope in scopes:
            self._database.change(
                "INSERT OR IGNORE INTO agreed (person, scope, at) VALUES (?, ?, ?)", (person, scope, now)
            )

    def stop(self, person: str) -> None:
        """Nothing more goes to a person until it is agreed to again."""
        self._database.change("DELETE FROM agreed WHERE person = ?", (person,))


def _share(row: Row) -> Share:
    identifier, record, family, person, author, since, why, ended_at, enders, ended_why = row
    return Share(
        id=identifier,
        record=record,
        family=family,
        person=person,
        by=author,
        since=since,
        why=why,
        ended_at=ended_at,
        enders=tuple(enders.split()),
        ended_why=ended_why,
    )
