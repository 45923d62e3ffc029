"""Families, people, ties and what was planned, out of the read models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from homevisit.domain.codec import family_from_fields, person_from_fields
from homevisit.domain.family import CARERS, FamilyDetails, Person, Relation, Role, Tie
from homevisit.domain.summaries import ActionRow, FamilyRow, FieldConflict
from homevisit.lazily import Lazily
from homevisit.storage.driver import KeyedDatabase, Row, kept_json
from homevisit.storage.names import Names

PERSON = "SELECT id, family, fields FROM person"
# The merged date comes last: a change of the date is in the action's own record.
FAMILY_ACTIONS = """
SELECT p.id, p.family, p.visit, p.what, p.owner, p.due, p.outcome, a.fields, a.done, a.done_at,
  CASE WHEN a.id IS NULL THEN p.due ELSE coalesce(json_extract(a.fields, '$.due'), p.due) END
FROM planned_action p LEFT JOIN action a ON a.id = p.id AND a.family = p.family
WHERE coalesce(a.withdrawn, 0) = 0 AND p.family = ?
UNION ALL
SELECT a.id, a.family, '', '', '', '', '', a.fields, a.done, a.done_at, coalesce(json_extract(a.fields, '$.due'), '')
FROM action a WHERE a.withdrawn = 0 AND a.family = ? AND a.id NOT IN (SELECT id FROM planned_action)
  AND json_extract(a.fields, '$.what') IS NOT NULL"""
# Of what is still to be done nearly all was planned in a visit and never touched since: it stands in one index.
PLANNED_COLUMNS = "id, family, visit, what, owner, due, outcome, NULL, NULL, NULL, due"
PLANNED = """planned_action p INDEXED BY planned_action_open WHERE due BETWEEN '0' AND :until
  AND NOT EXISTS (SELECT 1 FROM action a WHERE a.id = p.id AND a.family = p.family)"""
TOUCHED = """
SELECT p.id, p.family, p.visit, p.what, p.owner, p.due, p.outcome, a.fields, a.done, a.done_at,
  coalesce(json_extract(a.fields, '$.due'), p.due)
FROM action a INDEXED BY action_open CROSS JOIN planned_action p INDEXED BY planned_action_id
  ON p.id = a.id AND p.family = a.family
WHERE a.withdrawn = 0 AND coalesce(a.done, 0) = 0
UNION ALL
SELECT a.id, a.family, '', '', '', '', '', a.fields, a.done, a.done_at, coalesce(json_extract(a.fields, '$.due'), '')
FROM action a INDEXED BY action_open WHERE a.withdrawn = 0 AND coalesce(a.done, 0) = 0
  AND NOT EXISTS (SELECT 1 FROM planned_action p WHERE p.id = a.id) AND json_extract(a.fields, '$.what') IS NOT NULL"""
DUE = -1
"""Where the merged date stands in a row of an action."""
CARER_ROLES = tuple(role.value for role in CARERS)


class FamilyRows:
    """Every question about families that needs no visit's text."""

    def __init__(self, database: KeyedDatabase, names: Names) -> None:
        self._database = database
        self._names = names

    def families(self, words: str = "") -> tuple[FamilyRow, ...]:
        """Families by name; with words only those where each word begins a name or stands in the address."""
        babies, carers, known = self._people()
        visits = self._counted("SELECT family, count(*) FROM visit WHERE withdrawn = 0 GROUP BY family")
        last = self._counted("SELECT family, max(started) FROM visit WHERE withdrawn = 0 GROUP BY family")
        drafts = self._counted("SELECT family, count(*) FROM draft GROUP BY family")
        conflicts = self._counted("SELECT family, count(DISTINCT record || field) FROM field_conflict GROUP BY family")
        wanted = words.casefold().split()
        return tuple(
            FamilyRow(
                id=family,
                name=name,
                level=level,
                babies=tuple(babies[family]),
                carers=tuple(carers[family]),
                address=address,
                last_visit=str(last.get(family, "")),
                visits=int(visits.get(family, 0)),
                drafts=int(drafts.get(family, 0)),
                conflicts=int(conflicts.get(family, 0)),
            )
            for family, name, name_key, level, address in self._database.rows_of(
                "SELECT id, name, name_key, level, address FROM family WHERE withdrawn = 0 ORDER BY name_key, id"
            )
            if _fits(wanted, f" {name_key} {address.casefold()} {known[family]}")
        )

    def names(self) -> dict[str, str]:
        """The name of every family."""
        named: dict[str, str] = kept_json(self._database.value_of("SELECT json_group_object(id, name) FROM family"))
        return named

    def count(self) -> int:
        """How many families there are."""
        return int(self._database.value_of("SELECT count(*) FROM family"))

    def details(self, family: str) -> FamilyDetails | None:
        """The details of one family."""
        fields = self._database.value_of("SELECT fields FROM family WHERE id = ?", (family,))
        return family_from_fields(kept_json(fields)) if fields else None

    def people(self, family: str) -> tuple[Person, ...]:
        """The people of a family in the order of their roles: babies, carers, others."""
        found = _people(self._database.rows_of(f"{PERSON} WHERE family = ? AND withdrawn = 0", (family,)))
        return tuple(sorted(found, key=_place))

    def person(self, person: str) -> Person | None:
        """One person, also one that was entered in error."""
        found = _people(self._database.rows_of(f"{PERSON} WHERE id = ?", (person,)))
        return found[0] if found else None

    def ties(self, family: str) -> tuple[Tie, ...]:
        """How the people of a family relate."""
        rows = self._database.rows_of(
            "SELECT id, family, source, target, fields FROM tie WHERE family = ? AND withdrawn = 0 ORDER BY id",
            (family,),
        )
        return tuple(_tie(row) for row in rows)

    def actions(self, family: str) -> tuple[ActionRow, ...]:
        """What was planned with a family, open ones first, the soonest due first."""
        return _actions(self._database.rows_of(FAMILY_ACTIONS, (family, family)))

    def open_actions(self, until: str) -> Lazily[ActionRow]:
        """What is still to be done by a day, over all families; an action without a date is not among them."""
        planned = self._database.rows_at_once(PLANNED_COLUMNS, PLANNED, {"until": until})
        touched = [row for row in self._database.rows_of(TOUCHED) if "" < row[DUE] <= until]
        found = {row[0]: row for row in (*planned, *touched)}
        return Lazily(sorted(found.values(), key=itemgetter(DUE, 0)), _action)

    def conflicts(self, family: str) -> tuple[FieldConflict, ...]:
        """Fields of a family's records that people gave different values."""
        rows = self._database.rows_of(
            "SELECT record, field, entry, author, value, shown FROM field_conflict WHERE family = ?"
            " ORDER BY record, field, shown DESC, entry",
            (family,),
        )
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            grouped[row[0], row[1]].append(row)
        return tuple(
            FieldConflict(
                record=record,
                field_name=name,
                values=tuple((entry, self._names.name(author), value) for _, _, entry, author, value, _ in writes),
                shown=writes[0][4],
            )
            for (record, name), writes in grouped.items()
        )

    def _counted(self, statement: str) -> dict[str, str | int]:
        return dict(self._database.rows_of(statement))

    def _people(self) -> tuple[defaultdict[str, list[Baby]], defaultdict[str, list[str]], defaultdict[str, str]]:
        babies: defaultdict[str, list[Baby]] = defaultdict(list)
        carers: defaultdict[str, list[str]] = defaultdict(list)
        known: defaultdict[str, str] = defaultdict(str)
        rows = self._database.rows_of(
            "SELECT family, name, name_key, role, birth_date, due_date, gestation_days FROM person"
            " WHERE withdrawn = 0 ORDER BY birth_date, name_key, id"
        )
        for family, name, key, role, birth, due, gestation in rows:
            known[family] += f" {key}"
            if role in (Role.CHILD, Role.UNBORN):
                babies[family].append((name, birth, due, gestation))
            elif role in CARER_ROLES:
                carers[family].append(name)
        return babies, carers, known


Baby = tuple[str, str, str, int | None]
ORDER = {role: number for number, role in enumerate(Role)}


def _fits(wanted: Iterable[str], known: str) -> bool:
    return all(f" {word}" in known for word in wanted)


def _people(rows: Iterable[Row]) -> list[Person]:
    return [
        Person(id=key, family=family, details=person_from_fields(kept_json(fields))) for key, family, fields in rows
    ]


def _place(person: Person) -> tuple[int, str, str]:
    return ORDER[person.details.role], person.details.birth_date, person.id


def _tie(row: Row) -> Tie:
    identifier, family, source, target, fields = row
    known = kept_json(fields)
    return Tie(
        id=identifier,
        family=family,
        source=source,
        target=target,
        relation=Relation(known.get("relation", Relation.OTHER)),
        shares_home=known.get("shares_home", True),
        parental_responsibility=known.get("parental_responsibility", False),
    )


def _actions(rows: Sequence[Row]) -> tuple[ActionRow, ...]:
    found = {row[0]: _action(row) for row in rows}
    return tuple(sorted(found.values(), key=lambda action: (action.done, action.due or "9", action.id)))


def _action(row: Sequence[Any]) -> ActionRow:
    identifier, family, visit, what, owner, due, outcome, fields, done, done_at, _ = row
    planned = {"visit": visit, "what": what, "owner": owner, "due": due, "outcome": outcome}
    known: dict[str, str] = {**planned, **(kept_json(fields) if fields else {})}
    return ActionRow(
        id=identifier,
        family=family,
        visit=visit or known["visit"],
        what=known["what"],
        owner=known["owner"],
        due=known["due"],
        outcome=known["outcome"],
        done=bool(done),
        done_at=done_at or "",
    )
