"""What a filed visit says in FHIR: valid, complete, the same on every attempt, and in the record it belongs in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import fhirkit
import pytest

from homevisit.assembly import Services
from homevisit.domain.family import FamilyDetails, PersonDetails, Role
from homevisit.domain.filing import MAY_LEAVE, ExportPolicy, FhirServer, Held
from homevisit.domain.visit import Attendance, Contact, Mode, Section
from homevisit.sync.fhir.bundle import FhirBundle
from tests.desks import add_family, whole_draft
from tests.fhir_push.peer import references
from tests.fhir_push.visits import answer, person_of, signed, signed_visit

ANYWHERE = FhirServer(id="new", url="https://fhir.example.org", title="Anywhere")
EVERYTHING = replace(ANYWHERE, policy=ExportPolicy(**dict.fromkeys(MAY_LEAVE, True)))
SUPPORT = {"step1.consent": "given", "step3.outcome": "support"}


def bundle(desk: Services, visit: str, server: FhirServer = ANYWHERE) -> FhirBundle:
    (found,) = desk.filing.prepared(server, [visit])
    assert isinstance(found, FhirBundle)
    return found


def resources(made: FhirBundle, kind: str = "") -> list[dict[str, Any]]:
    """The resources of a Bundle, of one kind if that is named."""
    found = [entry["resource"] for entry in json.loads(made.data)["entry"]]
    return [each for each in found if kind in ("", each["resourceType"])]


def check(made: FhirBundle) -> None:
    """Structurally valid; nothing refers to what is not there before it; one id in three places; only PUTs."""
    document = json.loads(made.data)
    assert fhirkit.validate(made.data) == []
    known: set[str] = set()
    for entry in document["entry"]:
        resource = entry["resource"]
        name = f"{resource['resourceType']}/{resource['id']}"
        assert fhirkit.validate(resource) == []
        assert entry["request"] == {"method": "PUT", "url": name}
        assert entry["fullUrl"] == f"urn:uuid:{resource['id']}"
        assert set(references(resource)) <= known | {name}, name
        known.add(name)
    assert len(known) == len(document["entry"])


def test_a_visit_is_whole_and_valid_in_fhir(desk: Services) -> None:
    made = bundle(desk, signed_visit(desk))
    check(made)
    kinds = {each["resourceType"] for each in resources(made)}
    assert kinds == {
        *("Organization", "Practitioner", "PractitionerRole", "Patient", "RelatedPerson", "Encounter", "Composition"),
        *("QuestionnaireResponse", "Consent", "Goal", "CarePlan", "Task", "ServiceRequest", "Provenance"),
    }


def test_the_same_version_is_the_same_bytes_again(desk: Services) -> None:
    visit = signed_visit(desk)
    assert bundle(desk, visit).data == bundle(desk, visit).data


def test_the_ids_are_those_of_the_records(desk: Services) -> None:
    family = add_family(desk)
    visit = signed_visit(desk, family=family)
    made = bundle(desk, visit)
    baby, mother = (person_of(desk, family, role) for role in (Role.CHILD, Role.MOTHER))
    assert [each["id"] for each in resources(made, "Encounter")] == [visit]
    assert [each["id"] for each in resources(made, "Patient")] == [baby.id]
    assert mother.id in {each["id"] for each in resources(made, "RelatedPerson")}
    identifier = {"system": "https://homevisit.example/fhir/record", "value": visit}
    assert resources(made, "Encounter")[0]["identifier"] == [identifier]
    assert resources(made, "Composition")[0]["identifier"] == identifier


def test_an_nhs_number_is_never_said_to_be_verified(desk: Services) -> None:
    baby = PersonDetails(name="Baby", role=Role.CHILD, birth_date="2026-09-20", nhs_number="9990000018", sex="female")
    family = desk.families.create(FamilyDetails(name="N"), [baby, PersonDetails(name="M", role=Role.MOTHER)])
    made = bundle(desk, signed_visit(desk, family=family))
    check(made)
    (patient,) = resources(made, "Patient")
    number = patient["identifier"][0]
    assert (number["system"], number["value"]) == ("https://fhir.nhs.uk/Id/nhs-number", "9990000018")
    assert [each["valueCodeableConcept"]["coding"][0]["code"] for each in number["extension"]] == ["02"]
    assert (patient["gender"], patient["birthDate"]) == ("female", "2026-09-20")
    assert "meta" not in patient  # no profile is claimed


def test_consent_and_referral_and_their_refusal(desk: Services) -> None:
    made = bundle(desk, signed_visit(desk))
    assert [each["provision"]["type"] for each in resources(made, "Consent")] == ["permit", "permit"]
    (task,), (request,) = resources(made, "Task"), resources(made, "ServiceRequest")
    assert task["focus"]["reference"] == f"ServiceRequest/{request['id']}"
    assert request["code"]["text"] == "Infant feeding team"
    family = add_family(desk)
    visit = whole_draft(desk, family)
    mother = person_of(desk, family, Role.MOTHER)
    answer(desk, visit, "three-step-conversation", mother, {"step1.consent": "declined"})
    signed(desk, visit)
    (consent,) = resources(bundle(desk, visit), "Consent")
    assert consent["provision"]["type"] == "deny"
    assert consent["performer"] == [{"reference": f"RelatedPerson/{mother.id}"}]


def test_a_score_stands_with_its_band_and_decimals_stay_as_written(desk: Services) -> None:
    family = add_family(desk)
    visit = whole_draft(desk, family)
    answer(desk, visit, "kips", person_of(desk, family, Role.MOTHER), {"kips.mean": "3.0"})
    signed(desk, visit)
    made = bundle(desk, visit)
    check(made)
    (score,) = resources(made, "Observation")
    (response,) = resources(made, "QuestionnaireResponse")
    assert score["derivedFrom"] == [{"reference": f"QuestionnaireResponse/{response['id']}"}]
    assert score["focus"] == [response["source"]]
    assert re.search(rb'"valueDecimal":3\.0[,}]', made.data)
    assert re.search(rb'"valueQuantity":\{"value":3\.0,', made.data)


def test_twins_have_a_record_each(desk: Services) -> None:
    twins = [PersonDetails(name=f"Twin {n}", role=Role.CHILD, birth_date="2026-09-20") for n in (1, 2)]
    family = desk.families.create(FamilyDetails(name="T"), [*twins, PersonDetails(name="M", role=Role.MOTHER)])
    visit = signed_visit(desk, family=family)
    made = bundle(desk, visit)
    check(made)
    for kind in ("Patient", "Encounter", "Composition", "QuestionnaireResponse", "RelatedPerson", "Provenance"):
        assert len(resources(made, kind)) == 2, kind
    assert len({each["subject"]["reference"] for each in resources(made, "Encounter")}) == 2
    assert visit in {each["id"] for each in resources(made, "Encounter")}


def test_before_the_birth_the_mother_is_the_patient(desk: Services) -> None:
    people = [PersonDetails(name="Unborn", role=Role.UNBORN, due_date="2027-01-10"), *_parents()]
    family = desk.families.create(FamilyDetails(name="A"), people)
    draft = desk.drafting.start(family, Contact.ANTENATAL)
    mother = person_of(desk, family, Role.MOTHER)
    answer(desk, draft.visit, "three-step-conversation-antenatal", mother, {"step1.consent": "given"})
    desk.drafting.save_section(draft.visit, Section.FACTS, "Well.")
    signed(desk, draft.visit)
    made = bundle(desk, draft.visit)
    check(made)
    assert [each["id"] for each in resources(made, "Patient")] == [mother.id]
    assert mother.id not in {each["id"] for each in resources(made, "RelatedPerson")}


def test_a_visit_without_anybody_to_file_it_under_is_held(desk: Services) -> None:
    family = desk.families.create(
        FamilyDetails(name="H"), [PersonDetails(name="Sib", role=Role.SIBLING, birth_date="2020-01-01")]
    )
    draft = desk.drafting.start(family, Contact.ADDITIONAL)
    desk.drafting.save_section(draft.visit, Section.FACTS, "Nobody.")
    signed(desk, draft.visit)
    assert desk.filing.prepared(ANYWHERE, [draft.visit]) == (Held(visit=draft.visit, code="filing.no_patient"),)


@pytest.mark.parametrize(("attendance", "status"), [(Attendance.NO_ACCESS, "cancelled"), (Attendance.SEEN, "finished")])
def test_a_contact_that_did_not_come_about_is_cancelled(desk: Services, attendance: Attendance, status: str) -> None:
    family = add_family(desk)
    visit = whole_draft(desk, family)
    body = desk.drafting.open(visit).body
    desk.drafting.save_contact(visit, replace(body, attendance=attendance, mode=Mode.PHONE))
    signed(desk, visit)
    (encounter,) = resources(bundle(desk, visit), "Encounter")
    assert (encounter["status"], encounter["class"]["code"]) == (status, "VR")


def test_the_end_is_as_long_after_the_beginning_as_was_typed(desk: Services) -> None:
    visit = whole_draft(desk, add_family(desk))
    body = desk.drafting.open(visit).body
    desk.drafting.save_contact(visit, replace(body, started="2026-03-01T09:30", ended="2026-03-01T10:45"))
    signed(desk, visit)
    (encounter,) = resources(bundle(desk, visit), "Encounter")
    start, end = encounter["period"]["start"], encounter["period"]["end"]
    assert (start[:10], end[14:16], start[14:16]) == ("2026-03-01", "45", "30")


def test_any_words_make_a_valid_note(desk: Services) -> None:
    visit = whole_draft(desk, add_family(desk), "First & <second>\n\nthird\x0b\x07 line\nfourth")
    signed(desk, visit)
    made = bundle(desk, visit)
    check(made)
    (note,) = resources(made, "Composition")
    assert "<p>First &amp; &lt;second&gt;</p><p>third line<br/>fourth</p>" in str(note["section"])
    assert note["status"] == "final"


def test_an_action_that_was_ticked_off_is_completed(desk: Services) -> None:
    family = add_family(desk)
    visit = signed_visit(desk, family=family)
    (action,) = desk.families.brief(family).actions
    desk.families.complete_action(action, done=True)
    (task,) = resources(bundle(desk, visit), "Task")
    assert (task["id"], task["status"]) == (action.id, "completed")


def test_safeguarding_is_flagged_without_its_words_and_restricted(desk: Services) -> None:
    family = add_family(desk)
    visit = whole_draft(desk, family)
    given = {**SUPPORT, "step3.action.kind": "safeguarding", "step3.action.what": "Canary words", "step3.action.due": 1}
    answer(desk, visit, "three-step-conversation", person_of(desk, family, Role.MOTHER), given)
    signed(desk, visit)
    made = bundle(desk, visit)
    check(made)
    (flag,), (task,) = resources(made, "Flag"), resources(made, "Task")
    assert "Canary" not in str(flag)
    assert [each["meta"]["security"][0]["code"] for each in (flag, task)] == ["R", "R"]


def test_information_that_was_given_is_a_communication(desk: Services) -> None:
    family = add_family(desk)
    visit = whole_draft(desk, family)
    given = {**SUPPORT, "step3.action.kind": "information", "step3.action.what": "Leaflet about sleep"}
    answer(desk, visit, "three-step-conversation", person_of(desk, family, Role.MOTHER), given)
    signed(desk, visit)
    made = bundle(desk, visit)
    assert [each["payload"][0]["contentString"] for each in resources(made, "Communication")] == ["Leaflet about sleep"]
    assert resources(made, "Task")[0]["focus"]["reference"].startswith("Communication/")


def test_the_signature_of_the_entry_goes_along(desk: Services) -> None:
    visit = signed_visit(desk)
    head = desk.store.views.visit_row(visit).head
    (provenance,) = resources(bundle(desk, visit), "Provenance")
    assert provenance["entity"][0]["what"]["identifier"]["value"] == head
    assert len(provenance["signature"][0]["data"]) == 88
    assert [each["type"]["coding"][0]["code"] for each in provenance["agent"]] == ["author", "assembler"]
    assert provenance["activity"]["coding"][0]["code"] == "CREATE"


def _parents() -> list[PersonDetails]:
    return [PersonDetails(name="M", role=Role.MOTHER), PersonDetails(name="F", role=Role.FATHER)]
