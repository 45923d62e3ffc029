"""What was answered before is found for the same person and set; the nation decides what Today calls due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from homevisit.assembly import Services
from homevisit.domain.family import FamilyDetails, PersonDetails, Role
from homevisit.domain.responses import key_of
from homevisit.domain.visit import Contact
from homevisit.domain.visit_templates import Nation
from homevisit.prompts.session import Session
from homevisit.prompts.values import text_answer
from tests.desks import Desks, add_family, whole_draft

SET, LINK = "voice-of-the-infant", "vi.voice"


def answered(services: Services, family: str, person: str, words: str, *, day: str) -> str:
    """A signed visit on a day at which one sentence was written."""
    visit = whole_draft(services, family)
    session = Session(services.library.get(SET).questionnaire, subject=f"RelatedPerson/{person}")
    path = tuple((link, 0) for link in session.questionnaire.lineage[LINK])
    session.set_answer(path, [text_answer(words)])
    response = session.response()
    services.drafting.save_response(visit, key_of(response), response)
    services.drafting.save_contact(visit, replace(services.drafting.open(visit).body, started=f"{day}T10:00"))
    services.signing.sign(visit)
    return visit


@pytest.fixture
def services(desks: Desks) -> Services:
    return desks.practitioner


def child_of(services: Services, family: str) -> str:
    people = services.families.brief(family).people
    return next(person.id for person in people if person.details.role is Role.CHILD)


def test_the_last_answer_before_the_visit_is_found(services: Services) -> None:
    family = add_family(services)
    child = child_of(services, family)
    answered(services, family, child, "First", day="2026-10-01")
    answered(services, family, child, "Second", day="2026-10-08")
    later = services.earlier.before(family, "new", "2026-10-15T10:00").of(f"{SET}/{child}")
    between = services.earlier.before(family, "new", "2026-10-05T10:00").of(f"{SET}/{child}")
    assert later is not None
    assert between is not None
    assert (later.started, list(later.answers.values())) == ("2026-10-08T10:00", ["Second"])
    assert list(between.answers.values()) == ["First"]


def test_an_amended_visit_does_not_stand_beside_itself_nor_a_withdrawn_one(services: Services) -> None:
    family = add_family(services)
    child = child_of(services, family)
    visit = answered(services, family, child, "Only", day="2026-10-01")
    assert services.earlier.before(family, visit, "2026-10-15T10:00").of(f"{SET}/{child}") is None
    services.signing.withdraw(visit, "Another family's")
    assert services.earlier.before(family, "new", "2026-10-15T10:00").of(f"{SET}/{child}") is None


def test_today_follows_the_nation_and_a_suggested_contact_is_proposed_but_never_due(services: Services) -> None:
    day = services.today.agenda().day
    born = (day - timedelta(days=110)).isoformat()
    child = PersonDetails(name="Ada", role=Role.CHILD, birth_date=born)
    family = services.families.create(FamilyDetails(name="Example"), [child])
    assert services.today.agenda().due == ()
    assert services.today.suggested(family) is Contact.THREE_MONTHS
    services.schedules.choose(Nation.SCOTLAND)
    assert [item.contact.contact for item in services.today.agenda().due] == [Contact.THREE_MONTHS]
