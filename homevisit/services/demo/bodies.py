"""The facts of a contact as stories tell them in a word or two: who was there, who was seen, who was seen alone."""

from __future__ import annotations

from collections.abc import Mapping

from homevisit.domain.visit import Asked, Attendance, ChildSeen, Contact, Mode, Presence, SeenAlone, VisitBody
from homevisit.services.demo.story import VisitStory


def body_of(visit: VisitStory, *, family: str) -> VisitBody:
    """The kind of contact, without people and times."""
    return VisitBody(
        family=family,
        contact=Contact(visit.contact),
        mode=Mode(visit.mode),
        attendance=Attendance(visit.attendance),
    )


def presence(who: str, ids: Mapping[str, str]) -> Presence:
    """A person of the family, or a visitor who is written ``+Name``."""
    return Presence(name=who[1:]) if who.startswith("+") else Presence(person=ids[who])


def child_seen(person: str, said: str) -> ChildSeen:
    """``awake``, ``asleep`` or ``not seen: why``."""
    if said in {"awake", "asleep"}:
        return ChildSeen(person=person, seen=Asked.YES, awake=Asked.YES if said == "awake" else Asked.NO)
    return ChildSeen(person=person, seen=Asked.NO, reason=said.partition(": ")[2])


def asked_alone(person: str, said: str) -> SeenAlone:
    """``yes``, or ``no: why``."""
    answer, _, reason = said.partition(": ")
    return SeenAlone(person=person, alone=Asked(answer), reason=reason)
