"""Rows of visits with their true state: signed, waiting, sent, delivered, reviewed, sent back or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.review import Decision
from homevisit.domain.summaries import VisitRow
from homevisit.domain.visit import Attendance, Contact, RecordState
from homevisit.storage.driver import KeyedDatabase, Row
from homevisit.storage.names import Names

# One query for any list of visits. The review that counts is the latest of the version shown; reviews of earlier
# versions give ``reviewed_version`` only, since a review never moves to another version, nor to one that stands beside
# it. Nobody reviews what he or she signed.
SELECT = """
SELECT v.id, v.family, coalesce(f.name, ''), v.contact, v.attendance, v.started, v.recorded_at, v.author,
  v.head, v.heads, v.version, v.withdrawn, v.summary,
  (SELECT decision FROM review r WHERE r.visit = v.id AND r.withdrawn = 0 AND r.version = v.head
   AND r.reviewer <> v.author ORDER BY r.hlc DESC, r.id DESC LIMIT 1),
  (SELECT max(n.number) FROM review r JOIN visit_version n ON n.entry = r.version
   WHERE r.visit = v.id AND r.withdrawn = 0 AND n.visit = v.id
   AND r.reviewer <> (SELECT author FROM entry WHERE id = r.version) AND (n.entry = v.head OR n.number < v.version)),
  (SELECT coalesce(sum(r.comments), 0) FROM review r WHERE r.visit = v.id AND r.withdrawn = 0),
  (SELECT group_concat(DISTINCT o.state) FROM outbox_entry e JOIN outbox o ON o.id = e.package WHERE e.entry = v.head)
FROM visit v LEFT JOIN family f ON f.id = v.family"""

UNREVIEWED = """
SELECT v.id, v.recorded_at FROM visit v
WHERE v.author = ? AND v.withdrawn = 0 AND v.recorded_at < ? AND NOT EXISTS (SELECT 1 FROM review r
  WHERE r.visit = v.id AND r.withdrawn = 0 AND r.version = v.head AND r.reviewer <> v.author)
ORDER BY v.recorded_at, v.id"""


class VisitRows:
    """Lists of visits by any condition of ours."""

    def __init__(self, database: KeyedDatabase, names: Names) -> None:
        self._database = database
        self._names = names

    def where(self, condition: str, values: Sequence[object], *, limit: int = -1) -> tuple[VisitRow, ...]:
        """Visits that fit, the newest first."""
        rows = self._database.rows_of(
            f"{SELECT} WHERE {condition} ORDER BY v.started DESC, v.recorded_at DESC, v.id LIMIT ?",
            (*values, limit),
        )
        return self._named(rows)

    def recent(self, limit: int) -> tuple[VisitRow, ...]:
        """The visits that were signed last."""
        return self._named(self._database.rows_of(f"{SELECT} ORDER BY v.recorded_at DESC LIMIT ?", (limit,)))

    def unreviewed(self, author: str, before: str) -> list[str]:
        """Ids of the visits of an author whose version shown was signed before a moment and has no review."""
        return [identifier for identifier, _ in self._database.rows_of(UNREVIEWED, (author, before))]

    def _named(self, rows: Sequence[Row]) -> tuple[VisitRow, ...]:
        names = {author: self._names.name(author) for author in {row[7] for row in rows}}
        return tuple(_visit_row(row, names[row[7]]) for row in rows)


def _visit_row(row: Row, author_name: str) -> VisitRow:
    (identifier, family, family_name, contact, attendance, started, recorded_at, author) = row[:8]
    (head, heads, version, withdrawn, summary, decision, reviewed, comments, sent) = row[8:]
    return VisitRow(
        id=identifier,
        family=family,
        family_name=family_name,
        contact=Contact(contact),
        attendance=Attendance(attendance),
        started=started,
        recorded_at=recorded_at,
        author=author,
        author_name=author_name,
        state=_state(bool(withdrawn), decision, set((sent or "").split(","))),
        head=head,
        heads=heads,
        version=version,
        reviewed_version=reviewed or 0,
        summary=summary,
        comments=comments,
    )


def _state(withdrawn: bool, decision: str | None, sent: set[str]) -> RecordState:
    if withdrawn:
        return RecordState.WITHDRAWN
    if decision:
        return RecordState.SENT_BACK if decision == Decision.SEND_BACK else RecordState.REVIEWED
    for state in (RecordState.DELIVERED, RecordState.SENT):
        if state.value in sent:
            return state
    return RecordState.WAITING if "waiting" in sent else RecordState.SIGNED
