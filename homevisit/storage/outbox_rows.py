"""The outbox as a person reads it: to whom, what is inside, where it stands, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from homevisit.domain.summaries import OutboxRow, PackageState, is_given_up
from homevisit.domain.sync_summary import NextAction
from homevisit.storage.driver import KeyedDatabase, Row

OUTBOX = """
SELECT id, name, kind, state, made_at, sent_at, place, code, owner,
  (SELECT count(*) FROM outbox_entry WHERE package = outbox.id),
  (SELECT count(DISTINCT visit) FROM outbox_entry JOIN visit_version USING (entry) WHERE package = outbox.id)
FROM outbox"""
# Trying again by itself does not help: somebody has to do something about the place.
_FAULTS = """
wrong_credentials denied expired certificate read_only full missing configuration settings insecure kind clock too_large
"""
MENDABLE = frozenset(f"place.{fault}" for fault in _FAULTS.split())


class OutboxRows:
    """Reads only; ``name_of`` gives the name on a person's card."""

    def __init__(self, database: KeyedDatabase, name_of: Callable[[str], str]) -> None:
        self._database = database
        self._name_of = name_of

    def where(self, condition: str, values: tuple[str, ...]) -> tuple[OutboxRow, ...]:
        """The packages that a condition of ours names, newest first."""
        rows = self._database.rows_of(f"{OUTBOX} WHERE {condition} ORDER BY made_at DESC, seq DESC", values)
        people = self._recipients(condition, values) if rows else {}
        problems = self._problems() if any(row[3] == PackageState.WAITING for row in rows) else []
        return tuple(self._outbox_row(row, people.get(row[0], []), problems) for row in rows)

    def _recipients(self, condition: str, values: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for package, person, delivered_at in self._database.rows_of(
            f"SELECT package, person, delivered_at FROM outbox_recipient WHERE package IN"  # noqa: S608
            f" (SELECT id FROM outbox WHERE {condition})",
            values,
        ):
            found.setdefault(package, []).append((person, delivered_at))
        return found

    def _problems(self) -> list[Row]:
        """How each place failed last: (code, tries, not before); nothing where there is no place at all."""
        return self._database.rows_of(
            "SELECT coalesce(l.code, ''), coalesce(l.tries, 0), coalesce(l.not_before, '')"
            " FROM (SELECT id FROM place UNION SELECT place FROM place_log) p"
            " LEFT JOIN place_log l ON l.place = p.id ORDER BY l.not_before"
        )

    def _outbox_row(self, row: Row, people: list[tuple[str, str]], problems: list[Row]) -> OutboxRow:
        identifier, name, kind, state, made_at, sent_at, place, code, owner, entries, visits = row
        failed = (problems or [("", 0, "")])[0] if state == PackageState.WAITING else ("", 0, "")
        return OutboxRow(
            id=identifier,
            name=name,
            kind=kind,
            recipients=self._names(person for person, _ in people),
            outstanding=self._names(person for person, at in people if not at),
            state=PackageState(state),
            made_at=made_at,
            sent_at=sent_at,
            entries=entries,
            visits=visits,
            place=place,
            next_action=_next_action(PackageState(state), kind=kind, code=code, problems=problems),
            code=code or failed[0],
            tries=failed[1],
            not_before=failed[2],
            owner=owner,
        )

    def _names(self, people: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(self._name_of(person) for person in set(people)))


def _next_action(state: PackageState, *, kind: str, code: str, problems: list[Row]) -> NextAction:
    if state is PackageState.WAITING:
        return _waiting_action(problems)
    if state is PackageState.CONFIRMED:
        return NextAction.NOTHING if kind == "receipt" else NextAction.AWAIT_RECEIPT
    if state is PackageState.REFUSED and not is_given_up(state, code):
        return NextAction.ASK_RECIPIENT
    return NextAction.HAND_OVER if state is PackageState.SENT else NextAction.NOTHING


def _waiting_action(problems: list[Row]) -> NextAction:
    if not problems:
        return NextAction.ADD_PLACE
    code = problems[0][0]
    if not code:
        return NextAction.RUN
    return NextAction.MEND_PLACE if code in MENDABLE else NextAction.WAIT
