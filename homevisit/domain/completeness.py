"""What is missing before a visit is signed. Impossible times and an open safety panel block; all else may be left
with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from homevisit.domain.family import CARERS, Person, Role
from homevisit.domain.moments import local_moment
from homevisit.domain.visit import Asked, Attendance, Section, VisitBody

Gaps = Mapping[str, tuple[int, tuple[str, ...]]]
MUST_SETTLE = frozenset({"safety"})
LATEST_AHEAD = timedelta(minutes=5)
EXPECTED_SECTIONS = (Section.FACTS, Section.BABY, Section.ANALYSIS, Section.PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is missing or wrong.

    ``what`` is a stable code such as ``note.baby`` or ``child.seen/<person>`` (words are in the ui); ``blocking`` ones
    cannot be left with a reason; ``reason`` is the reason already given.
    """

    what: str
    blocking: bool = False
    reason: str = ""


def missing_from(
    body: VisitBody,
    people: Sequence[Person],
    gaps: Gaps,
    now: datetime,
) -> tuple[Missing, ...]:
    """Everything that is missing, in the order of the visit's steps.

    Args:
        body: the visit as drafted.
        people: the people of the family.
        gaps: per response key, how many required prompts have no answer, and codes of what practice asks for besides.
        now: the present moment, for times that lie ahead.
    """
    reasons = {omission.what: omission.reason for omission in body.omissions}
    found = [*_times(body, now), *_contact(body, people), *_note(body), *_responses(gaps)]
    return tuple(
        Missing(what=item.what, blocking=item.blocking, reason=reasons.get(item.what, "").strip()) for item in found
    )


def stops_signing(missing: Sequence[Missing]) -> bool:
    """Whether something is still open: blocking, or left without a reason."""
    return any(item.blocking or not item.reason for item in missing)


def _times(body: VisitBody, now: datetime) -> list[Missing]:
    start = local_moment(body.started)
    if start is None:
        return [Missing(what="time.start", blocking=True)]
    found = []
    if start > now + LATEST_AHEAD:
        found.append(Missing(what="time.future", blocking=True))
    end = local_moment(body.ended) if body.ended else None
    if body.ended and (end is None or end < start):
        found.append(Missing(what="time.end", blocking=True))
    return found


def _contact(body: VisitBody, people: Sequence[Person]) -> list[Missing]:
    if body.attendance is not Attendance.SEEN:
        return []
    found = [] if body.present else [Missing(what="present")]
    for person in people:
        if person.details.role is Role.CHILD:
            found += _child(body, person.id)
    present = {presence.person for presence in body.present}
    for person in people:
        if person.details.role in CARERS and person.id in present:
            found += _alone(body, person.id)
    return found


def _child(body: VisitBody, person: str) -> list[Missing]:
    seen = next((item for item in body.children if item.person == person), None)
    if seen is None or seen.seen is Asked.NOT_ANSWERED:
        return [Missing(what=f"child.seen/{person}")]
    if seen.seen is Asked.NO and not seen.reason.strip():
        return [Missing(what=f"child.reason/{person}")]
    if seen.seen is Asked.YES and seen.awake is Asked.NOT_ANSWERED:
        return [Missing(what=f"child.awake/{person}")]
    return []


def _alone(body: VisitBody, person: str) -> list[Missing]:
    alone = next((item for item in body.alone if item.person == person), None)
    if alone is None or alone.alone is Asked.NOT_ANSWERED:
        return [Missing(what=f"alone/{person}")]
    return []


def _note(body: VisitBody) -> list[Missing]:
    expected = EXPECTED_SECTIONS if body.attendance is Attendance.SEEN else (Section.FACTS, Section.PLAN)
    return [Missing(what=f"note.{section.value}") for section in expected if not body.note.get(section, "").strip()]


def _responses(gaps: Gaps) -> list[Missing]:
    found = []
    for key, (unanswered, codes) in sorted(gaps.items()):
        found += [Missing(what=f"response/{key}")] if unanswered else []
        found += [Missing(what=f"gap.{code}/{key}", blocking=code in MUST_SETTLE) for code in codes]
    return found
