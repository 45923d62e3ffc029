"""The queue of a supervisor: visits by why they are read, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QDate, QLocale

from homevisit.domain.family import parse_date
from homevisit.domain.lateness import LateVisits
from homevisit.domain.summaries import VisitRow
from homevisit.domain.visit import RecordState
from ui.presenters.review_state import Group, group_of
from ui.visit_words import contact_words
from ui.widgets.badges import state_badge
from ui.widgets.long_rows import LongRows
from ui.widgets.rows import Row
from ui.words import tr, tr_count

ROOM = "review"


def queue_rows(queue: Sequence[VisitRow], late: LateVisits) -> LongRows:
    """Rows under the heading of their group, in the order of the queue; a group without visits has no heading."""
    lines: list[VisitRow | Row] = []
    headings: list[int] = []
    for group, found in groupby(queue, key=lambda row: group_of(row, late)):
        members = list(found)
        headings.append(len(lines))
        lines.append(Row(id=f"group/{group.value}", title=group_words(group), meta=str(len(members)), heading=True))
        lines += members
    ids = [line.id for line in lines]  # ten thousand visits may wait: one is put into words when it is painted
    return LongRows(ids, frozenset(headings), lambda place: _line(lines[place], late))


def _line(line: VisitRow | Row, late: LateVisits) -> Row:
    if isinstance(line, Row):
        return line
    if group_of(line, late) is Group.LATE:
        return _row(line, waited_words(late.days[line.id]))
    return _row(line, f"{short_day(line.started)} · {contact_words(line.contact)}")


def late_words(days: int, within: int) -> str:
    """The whole sentence, above a late visit."""
    waited = tr_count(ROOM, "Late: has waited {count} day;", "Late: has waited {count} days;", days)
    asked = tr_count(
        ROOM,
        "your team asks for a review within {count} day.",
        "your team asks for a review within {count} days.",
        within,
    )
    return f"{waited} {asked}"


def waited_words(days: int) -> str:
    """In a row of the queue."""
    return tr_count(ROOM, "Late: has waited {count} day", "Late: has waited {count} days", days)


def count_words(queue: Sequence[VisitRow], late: LateVisits) -> str:
    """Under the title of the page: how many are to be read, and how many of them are late."""
    unread = sum(row.reviewed_version != row.version for row in queue)
    if not unread:
        return tr(ROOM, "Everything is reviewed")
    said = tr_count(ROOM, "1 visit to read", "{count} visits to read", unread)
    if not late.days:
        return said
    return f"{said}, " + tr_count(ROOM, "1 of them late", "{count} of them late", len(late.days))


def group_words(group: Group) -> str:
    return {
        Group.LATE: tr(ROOM, "Late"),
        Group.TO_READ: tr(ROOM, "Not yet reviewed"),
        Group.AMENDED: tr(ROOM, "Amended since the review"),
        Group.REVIEWED: tr(ROOM, "Reviewed"),
    }[group]


def short_day(started: str) -> str:
    """16 Nov 2026, for the start of a visit as typed; a queue may go back over a new year."""
    day = parse_date(started[:10])
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy") if day else started


def _row(row: VisitRow, when: str) -> Row:
    plain = row.state in (RecordState.SIGNED, RecordState.WAITING, RecordState.SENT, RecordState.DELIVERED)
    return Row(
        id=row.id,
        title=row.family_name or tr(ROOM, "Family not here yet"),
        subtitle=f"{when} · {row.author_name}",
        badge=None if plain else state_badge(row.state),
        struck=row.state is RecordState.WITHDRAWN,
    )
