"""The queue of a supervisor: visits by why they are read, oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale

from homevisit.domain.family import parse_date
from homevisit.domain.lateness import LateVisits
from homevisit.domain.summaries import VisitRow
from homevisit.domain.visit import RecordState
from ui.presenters.review_state import Group, group_of
from ui.visit_words import contact_words
from ui.widgets.badges import state_badge
from ui.widgets.rows import Row
from ui.words import tr, tr_count

ROOM = "review"


def queue_rows(queue: Sequence[VisitRow], late: LateVisits) -> list[Row]:
    """Rows under the heading of their group; a group without visits has no heading."""
    # Two thousand visits can arrive at once: what many have in common is put into words once.
    contacts = {contact: contact_words(contact) for contact in {row.contact for row in queue}}
    days = {day: short_day(day) for day in {row.started[:10] for row in queue}}
    rows: list[Row] = []
    for group in Group:
        members = [row for row in queue if group_of(row, late) is group]
        if members:
            rows.append(Row(id=f"group/{group.value}", title=group_words(group), meta=str(len(members)), heading=True))
        for member in members:
            when = f"{days[member.started[:10]]} · {contacts[member.contact]}"
            rows.append(_row(member, waited_words(late.days[member.id]) if group is Group.LATE else when))
    return rows


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
