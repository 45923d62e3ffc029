"""What a visit gives to the expressions of its prompt sets: whom a set is asked about, and the contact itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import BABIES, Person, parse_date
from homevisit.prompts.running import Context


def given_in_visit(people: Sequence[Person], about: str, *, started: datetime) -> Context:
    """``about`` is the id of a person; "" stands for the visit, whose patient is the baby where there is but one."""
    babies = [person for person in people if person.details.role in BABIES]
    named = [person for person in people if person.id == about]
    chosen = named or (babies if len(babies) == 1 and not about else [])
    given: dict[str, JsonObject] = {"encounter": _encounter(started)}
    if chosen:
        given["patient"] = _patient(chosen[0])
    return Context(now=started, given=given)


def _patient(person: Person) -> JsonObject:
    details = person.details
    known: JsonObject = {"resourceType": "Patient", "id": person.id, "name": [{"text": details.name}]}
    if parse_date(details.birth_date) is not None:
        known["birthDate"] = details.birth_date
    if details.sex in ("male", "female"):
        known["gender"] = details.sex
    return known


def _encounter(started: datetime) -> JsonObject:
    system = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
    return {
        "resourceType": "Encounter",
        "status": "in-progress",
        "class": {"system": system, "code": "HH"},
        "period": {"start": started.date().isoformat()},
    }
