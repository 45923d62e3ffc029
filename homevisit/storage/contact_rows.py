"""Which contacts took place, and which children's dates are near one that did not, out of the read models."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from homevisit.domain.family import Role
from homevisit.domain.schedule import Born, Span
from homevisit.domain.visit import Attendance, Contact
from homevisit.storage.driver import KeyedDatabase

LACKING = """json_each(:spans) AS span CROSS JOIN person WHERE withdrawn = 0 AND role = '{role}'
  AND {dated} BETWEEN span.value ->> 1 AND span.value ->> 2
  AND NOT EXISTS (SELECT 1 FROM visit INDEXED BY visit_scheduled
    WHERE family = person.family AND contact = span.value ->> 0 AND attendance = 'seen' AND withdrawn = 0
      AND contact <> 'additional')"""
COLUMNS = "span.key, family, birth_date, due_date, person.id, name, gestation_days"
DATES = {Role.CHILD: "birth_date", Role.UNBORN: "due_date"}


class ContactRows:
    """What the schedule asks of everybody on this device."""

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database

    def kept(self, asked: Iterable[tuple[str, Contact]]) -> dict[str, frozenset[Contact]]:
        """Per family which of the kinds of contact that are asked for took place."""
        pairs = sorted((family, contact.value) for family, contact in asked)
        rows = self._database.rows_of(
            "SELECT value ->> 0 AS f, value ->> 1 AS c FROM json_each(?) WHERE EXISTS"
            " (SELECT 1 FROM visit WHERE family = f AND contact = c AND attendance = ? AND withdrawn = 0)",
            (json.dumps(pairs), Attendance.SEEN.value),
        )
        kept: dict[str, set[Contact]] = defaultdict(set)
        known = {contact.value: contact for contact in Contact}
        for family, contact in rows:
            kept[family].add(known[contact])
        return {family: frozenset(contacts) for family, contacts in kept.items()}

    def lacking(self, spans: Sequence[Span]) -> list[tuple[Born, Span]]:
        """Children whose date of birth (of the unborn: due date) lies in a span, and whose contact did not take place.

        A contact that is no part of a schedule (``additional``) is never asked for.
        """
        return [found for role in DATES for found in self._lacking(role, [span for span in spans if span.role is role])]

    def _lacking(self, role: Role, spans: Sequence[Span]) -> list[tuple[Born, Span]]:
        asked = json.dumps([(span.contact.value, span.earliest, span.latest) for span in spans])
        source = LACKING.format(role=role.value, dated=DATES[role])
        rows = self._database.rows_at_once(COLUMNS, source, {"spans": asked})
        return [(Born(family, role, *rest), spans[number]) for number, family, *rest in rows]
