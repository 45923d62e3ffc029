"""Signed visits for tests of filing: a family, answers given through the real prompt sets, and a signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from homevisit.assembly import Services
from homevisit.domain.family import CARERS, Person, Role
from homevisit.domain.responses import key_of
from homevisit.domain.visit import Contact
from homevisit.services.demo.answers import Answers
from tests.desks import add_family, leave_out_the_rest, whole_draft

DAY = date(2026, 11, 22)
CONVERSATION: Mapping[str, object] = {
    "step1.consent": "given",
    "step1.q1.words": "Calm. Mine. Loud.",
    "step2.strength.what": "Looks when he is spoken to",
    "step2.strength.evidence": "Seen at the visit",
    "step2.need.what": "Sleep",
    "step3.outcome": "support",
    "step3.action.kind": "referred",
    "step3.action.what": "Infant feeding team",
    "step3.action.owner": "practitioner",
    "step3.action.due": 7,
    "step3.action.consent": "given",
}


def person_of(services: Services, family: str, role: Role) -> Person:
    return next(each for each in services.families.brief(family).people if each.details.role is role)


def answer(services: Services, visit: str, name: str, person: Person | None, given: Mapping[str, object]) -> str:
    """Answer a prompt set in a draft; gives the key of the response."""
    answers = Answers(services.library, name, person.id if person else "")
    for link, value in given.items():
        answers.given(link, value, DAY)
    response = answers.response()
    services.drafting.save_response(visit, key_of(response), response)
    return key_of(response)


def signed(services: Services, visit: str, reason: str = "") -> str:
    """Sign a draft whatever it misses; gives the id of the version."""
    leave_out_the_rest(services, visit)
    return services.signing.sign(visit, reason).id


def signed_visit(services: Services, words: str = "Seen and awake.", family: str = "") -> str:
    """A signed visit with a conversation with the mother."""
    family = family or add_family(services)
    visit = whole_draft(services, family, words)
    answer(services, visit, "three-step-conversation", person_of(services, family, Role.MOTHER), CONVERSATION)
    signed(services, visit)
    return visit


def amended(services: Services, visit: str, words: str, *, without: str = "") -> str:
    """Amend the analysis of a signed visit, and drop a response if one is named."""
    draft = services.drafting.amend(visit)
    section = next(iter(draft.body.note))
    services.drafting.save_section(visit, section, words)
    if without:
        services.drafting.save_response(visit, without, None)
    return signed(services, visit, "put right")


def carers(services: Services, family: str) -> list[Person]:
    return [each for each in services.families.brief(family).people if each.details.role in CARERS]


__all__ = ["Contact", "amended", "answer", "carers", "person_of", "signed", "signed_visit"]
