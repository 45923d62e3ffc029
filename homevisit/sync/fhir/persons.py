"""Who a filed visit is about and by whom: patient, carers, practitioner, role and organisation."""

from __future__ import annotations

from collections.abc import Iterator

from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import CARERS, Person, parse_date
from homevisit.domain.responses import subject_id
from homevisit.sync.fhir import codes
from homevisit.sync.fhir.facts import About, Facts
from homevisit.sync.fhir.numbering import identifier_of, known_by, named

GENDERS = frozenset({"female", "male", "other"})


def workers(facts: Facts) -> Iterator[JsonObject]:
    """The practitioner with role and organisation; colleagues of one organisation share its id."""
    card = facts.author
    person = known_by(card.person)
    registration = [{"type": codes.in_words("Registration"), "value": card.registration}] if card.registration else []
    if card.organisation:
        yield {
            "resourceType": "Organization",
            "id": facts.organisation,
            "identifier": [identifier_of(facts.organisation)],
            "name": card.organisation,
        }
    yield {
        "resourceType": "Practitioner",
        "id": person,
        "identifier": [identifier_of(person), *registration],
        "name": [{"text": card.name}],
    }
    role = named(card.person, "role")
    yield {
        "resourceType": "PractitionerRole",
        "id": role,
        "identifier": [identifier_of(role)],
        "practitioner": codes.reference("Practitioner", person),
        **({"organization": codes.reference("Organization", facts.organisation)} if card.organisation else {}),
        **({"code": [codes.in_words(card.title)]} if card.title else {}),
    }


def patient(about: About) -> JsonObject:
    """The patient; address and telephone only where policy says so."""
    person, family = about.patient, about.facts.family
    contact: JsonObject = {}
    if about.policy.contact_details:
        phone = person.details.phone or family.phone
        contact = {
            **({"telecom": [{"system": "phone", "value": phone}]} if phone else {}),
            **({"address": [{"text": family.address}]} if family.address else {}),
        }
    number = known_by(person.id)
    return {
        "resourceType": "Patient",
        "id": number,
        "identifier": [*_nhs_number(person), identifier_of(number)],
        "name": [{"text": person.details.name}],
        **contact,
        **_born(person),
    }


def carers(about: About) -> Iterator[JsonObject]:
    """Those who were there or answered something, as far as they may be named."""
    body = about.facts.body
    involved = {presence.person for presence in body.present} | {subject_id(each) for each in body.responses}
    for person in about.facts.people.values():
        if person.id in involved and person.id != about.patient.id and about.may_name(person):
            yield _related(about, person)


def _related(about: About, person: Person) -> JsonObject:
    number, role = about.ids.own(person.id), person.details.role
    relation = codes.RELATIONSHIPS.get(role)
    coded = [codes.coding(f"{codes.HL7_CODES}/v3-RoleCode", *relation)] if relation else ()
    phone = person.details.phone if about.policy.contact_details and role in CARERS else ""
    return {
        "resourceType": "RelatedPerson",
        "id": number,
        "identifier": [identifier_of(number)],
        "patient": about.subject,
        "relationship": [codes.concept(coded, role.value.replace("-", " "))],
        "name": [{"text": person.details.name}],
        **({"telecom": [{"system": "phone", "value": phone}]} if phone else {}),
    }


def _nhs_number(person: Person) -> Iterator[JsonObject]:
    if person.details.nhs_number:
        status = codes.concept([codes.coding(codes.NHS_STATUS_CODES, *codes.UNTRACED)])
        yield {
            "extension": [{"url": codes.NHS_STATUS, "valueCodeableConcept": status}],
            "system": codes.NHS_NUMBER,
            "value": person.details.nhs_number,
        }


def _born(person: Person) -> JsonObject:
    sex, birth = person.details.sex, person.details.birth_date
    return {
        **({"gender": sex} if sex in GENDERS else {}),
        **({"birthDate": birth} if parse_date(birth) else {}),
    }
