"""Unsigned work on this device: the latest state of each part, and the state at the last proper leaving."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from homevisit.clock import Clock, instant, parse_instant
from homevisit.storage.driver import KeyedDatabase, kept_json

NOTHING = "null"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with its parts. ``settled`` is how the parts were at the last proper leaving, empty if there was none."""

    record: str
    parts: dict[str, object] = field(repr=False)
    settled: dict[str, object] = field(repr=False)
    family: str = ""
    base: str = ""
    started_at: datetime
    saved_at: datetime
    is_settled: bool


class Drafts:
    """Each save is one durable transaction. Texts go in as ASCII JSON: whatever a person types comes back."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def save(self, record: str, part: str, body: object, *, family: str = "", base: str = "") -> datetime:
        """Keep one part; returns when it was safe."""
        return self.save_all(record, {part: body}, family=family, base=base)

    def save_all(self, record: str, parts: Mapping[str, object], *, family: str = "", base: str = "") -> datetime:
        """Keep several parts in one transaction; a family or base that is "" leaves the one that stands."""
        now = self._clock.now()
        with self._database.atomic():
            self._database.change(
                "INSERT INTO draft (record, family, base, started_at, saved_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (record) DO UPDATE SET saved_at = excluded.saved_at,"
                " family = iif(excluded.family = '', family, excluded.family),"
                " base = iif(excluded.base = '', base, excluded.base)",
                (record, family, base, instant(now), instant(now)),
            )
            for part, body in parts.items():
                self._database.change(
                    "INSERT INTO draft_part (record, part, body) VALUES (?, ?, ?)"
                    " ON CONFLICT (record, part) DO UPDATE SET body = excluded.body",
                    (record, part, json.dumps(body, sort_keys=True)),
                )
        return now

    def exists(self, record: str) -> bool:
        return self._database.row_of("SELECT 1 FROM draft WHERE record = ?", (record,)) is not None

    def load(self, record: str) -> Draft | None:
        """The draft of a record."""
        row = self._database.row_of(
            "SELECT record, family, base, started_at, saved_at FROM draft WHERE record = ?", (record,)
        )
        return self._draft(*row) if row else None

    def all(self) -> tuple[Draft, ...]:
        """Every draft, by when it was started."""
        rows = self._database.rows_of(
            "SELECT record, family, base, started_at, saved_at FROM draft ORDER BY started_at, record"
        )
        return tuple(self._draft(*row) for row in rows)

    def settle(self, record: str) -> None:
        """The draft was properly left: what it holds now is what a later comparison starts from."""
        self._database.change("UPDATE draft_part SET settled = body WHERE record = ?", (record,))

    def discard(self, record: str) -> None:
        """Remove the draft: it was signed, or the person said so."""
        self._database.change("DELETE FROM draft WHERE record = ?", (record,))

    def _draft(self, record: str, family: str, base: str, started_at: str, saved_at: str) -> Draft:
        rows = self._database.rows_of(
            "SELECT part, body, settled FROM draft_part WHERE record = ? ORDER BY rowid", (record,)
        )
        return Draft(
            record=record,
            parts={part: kept_json(body) for part, body, _ in rows},
            settled={part: kept_json(settled) for part, _, settled in rows if settled is not None},
            family=family,
            base=base,
            started_at=parse_instant(started_at),
            saved_at=parse_instant(saved_at),
            is_settled=all(body == (settled or NOTHING) for _, body, settled in rows),
        )
