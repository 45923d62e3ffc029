"""``visits queue``: what a supervisor has to read, late visits first, for people and for machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call
from homevisit.cli.wording import counted, visits

if TYPE_CHECKING:
    from homevisit.domain.lateness import LateVisits
    from homevisit.domain.summaries import VisitRow


def show(call: Call) -> int:
    """Visits of others whose newest version nobody has reviewed."""
    with call.unlocked() as services:
        queue = services.reviews.queue()
    rows = [row for row in queue.rows if row.reviewed_version != row.version]
    documents = [_document(row, queue.late) for row in rows]
    call.answer(documents, [_head(len(rows), len(queue.late.days)), *(_line(row, queue.late) for row in rows)])
    return DONE


def _document(row: VisitRow, late: LateVisits) -> dict[str, object]:
    days = late.days.get(row.id)
    asked = {} if days is None else {"days_waited": days, "asked_within_days": late.within}
    return {**asdict(row), "late": days is not None, **asked}


def _head(waiting: int, late: int) -> str:
    if not waiting:
        return "Everything is reviewed."
    said = f"{visits(waiting)} to read"
    return f"{said}, {late} of them late" if late else said


def _line(row: VisitRow, late: LateVisits) -> str:
    when = row.started.replace("T", " ")
    line = f"{row.id}  {when:<16}  {row.contact.value:<11}  {row.author_name}: {row.family_name}"
    days = late.days.get(row.id)
    if days is None:
        return line
    waited, within = counted(days, "day", "days"), counted(late.within, "day", "days")
    return f"{line}\n  Late: has waited {waited}; your team asks for a review within {within}"
