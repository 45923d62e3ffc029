"""Sensitive things leave for nobody unless the policy of a server says so, and then only those that it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from homevisit.assembly import Services
from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import FamilyDetails, Person, PersonDetails, Role
from homevisit.domain.filing import MAY_LEAVE, FhirServer, policy_that_allows
from homevisit.domain.visit import Asked, Presence, SeenAlone
from homevisit.prompts import fhir_json
from homevisit.prompts.known_by import How, KnownBy, with_known_by
from homevisit.prompts.library import Library, PromptSet
from homevisit.prompts.prompt_sets import listed
from homevisit.sync.fhir.bundle import FhirBundle
from homevisit.sync.fhir.withholding import leaving, withheld_links
from tests.desks import whole_draft
from tests.fhir_push.test_bundles import ANYWHERE, check, resources
from tests.fhir_push.visits import answer, person_of, signed

SAID = "CanaryDomesticAbuse"
ALONE = "CanarySeenAlone"
SIBLING, VISITOR, TELLER = "CanarySibling", "CanaryVisitor", "CanaryTeller"
STAFF = "CanaryStaffSafety"
ADDRESS, PHONE = "CanaryAddress", "07700900001"
NOTE = "CanaryPersonNote"
REASON = "CanaryReason"
BY_POLICY = {
    "sensitive_answers": {SAID, ALONE, REASON},
    "third_parties": {SIBLING, VISITOR, TELLER},
    "staff_safety": {STAFF},
    "contact_details": {ADDRESS, PHONE},
}
EVERYTHING = {word for words in BY_POLICY.values() for word in words}


@pytest.fixture
def visit(desk: Services) -> str:
    """A visit that holds something of everything that is sensitive."""
    people = [
        PersonDetails(name="Baby", role=Role.CHILD, birth_date="2026-09-20", note=NOTE),
        PersonDetails(name="Mother", role=Role.MOTHER, phone=PHONE, note=NOTE),
        PersonDetails(name=SIBLING, role=Role.SIBLING, birth_date="2022-01-01", note=NOTE),
    ]
    details = FamilyDetails(name="Sensitive", address=ADDRESS, phone=PHONE, safety_note=STAFF, worries=NOTE)
    family = desk.families.create(details, people)
    made = whole_draft(desk, family)
    mother, sibling = person_of(desk, family, Role.MOTHER), person_of(desk, family, Role.SIBLING)
    _contact(desk, made, mother, sibling)
    answer(desk, made, "domestic-abuse-enquiry", mother, {"da.alone": "yes", "da.asked": "asked", "da.noticed": SAID})
    answer(desk, made, "stress-and-protection", None, {"sp.factor.what": SAID})
    _told(desk, made, mother)
    signed(desk, made)
    draft = desk.drafting.amend(made)
    assert draft.visit == made
    signed(desk, made, REASON)
    return made


def _contact(desk: Services, visit: str, mother: Person, sibling: Person) -> None:
    body = desk.drafting.open(visit).body
    present = (Presence(person=mother.id), Presence(person=sibling.id), Presence(name=VISITOR))
    alone = (SeenAlone(person=mother.id, alone=Asked.NO, reason=ALONE),)
    desk.drafting.save_contact(visit, replace(body, present=present, alone=alone))


def _told(desk: Services, visit: str, mother: Person) -> None:
    """A strength that somebody told, by name."""
    key = answer(desk, visit, "three-step-conversation", mother, {"step1.consent": "given"})
    response = desk.drafting.open(visit).responses[key]
    told = with_known_by({"valueString": "Sings to him"}, KnownBy(How.TOLD, TELLER))
    strength = {"linkId": "step2.strength.what", "answer": [told]}
    items = [
        *(each for each in response["item"]),
        {"linkId": "step2", "item": [{"linkId": "step2.strength", "item": [strength]}]},
    ]
    desk.drafting.save_response(visit, key, {**response, "item": items})


def sent(desk: Services, visit: str, *allowed: str) -> FhirBundle:
    server: FhirServer = replace(ANYWHERE, policy=policy_that_allows(allowed))
    (made,) = desk.filing.prepared(server, [visit])
    assert isinstance(made, FhirBundle)
    check(made)
    return made


def words_in(made: FhirBundle) -> set[str]:
    return {word for word in EVERYTHING | {NOTE} if word.encode() in made.data}


def test_nothing_sensitive_leaves_unless_policy_says_so(desk: Services, visit: str) -> None:
    made = sent(desk, visit)
    assert words_in(made) == set()
    assert b"domestic" not in made.data.lower()
    assert b"stress-and-protection" not in made.data
    assert len(resources(made, "QuestionnaireResponse")) == 1
    assert b"told" in made.data  # how it is known stays, who said it does not


def test_each_permission_lets_out_its_own_and_nothing_else(desk: Services, visit: str) -> None:
    for name in MAY_LEAVE:
        assert words_in(sent(desk, visit, name)) == BY_POLICY[name], name
    assert words_in(sent(desk, visit, *MAY_LEAVE)) == EVERYTHING  # notes on people are not among it


def test_an_unknown_permission_permits_nothing() -> None:
    assert policy_that_allows(("everything", "")).allowed() == ()


SENSITIVE = {"code": [{"system": "https://homevisit.example/fhir/CodeSystem/item-role", "code": "sensitive"}]}


def item(link: str, kind: str = "integer", **more: object) -> JsonObject:
    return {"linkId": link, "text": link, "type": kind, **more}


def formula(url: str, expression: str) -> JsonObject:
    found = {"language": "text/fhirpath", "expression": expression}
    return {"extension": [{"url": url, "valueExpression": found}]}


def set_of(items: list[JsonObject]) -> PromptSet:
    url = "https://example.org/Questionnaire/made"
    raw = {"resourceType": "Questionnaire", "url": url, "version": "1", "title": "Made", "status": "active"}
    return listed(lambda: fhir_json.write({**raw, "item": items}))


def test_what_follows_from_a_sensitive_answer_stays_here_too() -> None:
    calculated = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
    adds = "%resource.item.where(linkId='secret').answer.value + 1"
    again = "%resource.item.where(linkId='sum').answer.value + 1"
    made = set_of(
        [
            item("open"),
            item("secret", **SENSITIVE),
            item("below", "group", **SENSITIVE, item=[item("deep")]),
            item("sum", readOnly=True, **formula(calculated, adds)),
            item("later", readOnly=True, **formula(calculated, again)),
            item("asked", enableWhen=[{"question": "secret", "operator": "=", "answerInteger": 1}]),
        ]
    )
    assert withheld_links(made.questionnaire) == {"secret", "below", "deep", "sum", "later", "asked"}


def test_the_answers_to_a_set_that_is_not_here_stay_here() -> None:
    response: JsonObject = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": "https://example.org/Questionnaire/gone|1",
        "item": [{"linkId": "1", "answer": [{"valueString": SAID}]}],
    }
    assert leaving(response, Library([]), policy_that_allows(())) is None
    found = leaving(response, Library([]), policy_that_allows(("sensitive_answers",)))
    assert found is not None
    assert found.answers is None


def test_a_response_that_something_was_left_out_of_says_so() -> None:
    made = set_of([item("open"), item("secret", **SENSITIVE)])
    response: JsonObject = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": made.canonical,
        "item": [
            {"linkId": "open", "answer": [{"valueInteger": 1}]},
            {"linkId": "secret", "answer": [{"valueInteger": 2}]},
        ],
    }
    found = leaving(response, Library([made]), policy_that_allows(()))
    assert found is not None
    assert found.is_redacted
    assert [each["linkId"] for each in found.response["item"]] == ["open"]
