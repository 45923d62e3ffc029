"""What can be wrong with the details of a family or a person, named field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import nhs_number

from homevisit.domain.family import FamilyDetails, PersonDetails, Role, parse_date
from homevisit.errors import HomeVisitError

SHORTEST_GESTATION = 20 * 7
LONGEST_GESTATION = 44 * 7


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A field that cannot be signed as it stands, with the code of the reason."""

    field_name: str
    code: str


def family_problems(details: FamilyDetails) -> tuple[FieldProblem, ...]:
    """Problems of a family's details; a family needs a name to be found again."""
    return () if details.name.strip() else (FieldProblem("name", "family.name_needed"),)


def person_problems(details: PersonDetails) -> tuple[FieldProblem, ...]:
    """Problems of a person's details, each beside its field."""
    found = [] if details.name.strip() or details.role is Role.UNBORN else [FieldProblem("name", "person.name_needed")]
    found += [
        FieldProblem(name, "person.bad_date")
        for name, text in (("birth_date", details.birth_date), ("due_date", details.due_date))
        if text and not _possible(text)
    ]
    if code := nhs_number_problem(details.nhs_number):
        found.append(FieldProblem("nhs_number", code))
    if details.gestation_days is not None and not SHORTEST_GESTATION <= details.gestation_days <= LONGEST_GESTATION:
        found.append(FieldProblem("gestation_days", "person.bad_gestation"))
    return tuple(found)


def nhs_number_problem(text: str) -> str:
    """Why a text is no NHS number ("" when it is one, or when it is empty: the number is optional)."""
    if not text.strip():
        return ""
    digits = nhs_number.standardise_format(text)
    if not digits:
        return "person.nhs_number_length"
    if len(set(digits)) == 1:
        return "person.nhs_number_repeated"
    return "" if nhs_number.is_valid(digits) else "person.nhs_number_check_digit"


def plain_nhs_number(text: str) -> str:
    """The ten digits of a valid number, otherwise the text as it was typed."""
    return text if nhs_number_problem(text) else (nhs_number.standardise_format(text) or "")


def check_family(details: FamilyDetails) -> None:
    """Refuse details that have a problem."""
    for problem in family_problems(details):
        raise HomeVisitError(problem.code, field=problem.field_name)


def check_person(details: PersonDetails) -> None:
    """Refuse details that have a problem."""
    for problem in person_problems(details):
        raise HomeVisitError(problem.code, field=problem.field_name)


def _possible(text: str) -> bool:
    day = parse_date(text)
    return day is not None and date(1900, 1, 1) <= day <= date(2200, 1, 1)
