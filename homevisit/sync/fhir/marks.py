"""Marks "entered in error": what stands at a server and should not, without any words of what it said."""

from __future__ import annotations

from homevisit.domain.canonical import JsonObject
from homevisit.sync.fhir import codes
from homevisit.sync.fhir.facts import About
from homevisit.sync.fhir.numbering import identifier_of

ERROR = "entered-in-error"
SINGLE_IDENTIFIER = frozenset({"Composition", "QuestionnaireResponse"})
SHARED = frozenset({"Organization", "Practitioner", "PractitionerRole", "Patient", "RelatedPerson"})
"""What other visits speak of too: it stays as it is."""
LASTING = frozenset({*SHARED, "Provenance"})


def mark(about: About, kind: str, number: str) -> JsonObject:
    """The record of this kind and id, emptied and marked."""
    named = identifier_of(about.ids.own(about.facts.visit)) if kind == "Composition" else identifier_of(number)
    return {
        "resourceType": kind,
        "id": number,
        "identifier": named if kind in SINGLE_IDENTIFIER else [named],
        **_needed(about, kind),
    }


def _needed(about: About, kind: str) -> JsonObject:
    """What FHIR requires of each kind besides."""
    subject, words = {"subject": about.subject}, codes.in_words("Entered in error")
    needed: dict[str, JsonObject] = {
        "Encounter": {"status": ERROR, "class": _contact_class(about), **subject},
        "QuestionnaireResponse": {"status": ERROR, **subject},
        "Observation": {"status": ERROR, "code": words, **subject},
        "Consent": _consent(about),
        "Goal": {"lifecycleStatus": ERROR, "description": words, **subject},
        "ServiceRequest": {"status": ERROR, "intent": "order", **subject},
        "Communication": {"status": ERROR, **subject},
        "Task": {"status": ERROR, "intent": "plan", "for": about.subject},
        "CarePlan": {"status": ERROR, "intent": "plan", **subject},
        "Flag": {"status": ERROR, "code": words, **subject},
        "Composition": {
            "status": ERROR,
            "type": codes.concept([codes.coding(codes.LOINC, "34109-9", "Note")]),
            "date": about.facts.recorded_at,
            "author": [about.author],
            "title": "Entered in error",
            **subject,
        },
    }
    return needed[kind]


def _contact_class(about: About) -> JsonObject:
    return codes.coding(f"{codes.HL7_CODES}/v3-ActCode", *codes.CLASSES[about.facts.body.mode])


def _consent(about: About) -> JsonObject:
    return {
        "status": ERROR,
        "scope": codes.concept([codes.coding(f"{codes.HL7_CODES}/consentscope", "treatment", "Treatment")]),
        "category": [codes.concept([codes.coding(codes.LOINC, "59284-0", "Consent Document")])],
        "patient": about.subject,
        "policyRule": codes.in_words("Entered in error"),
    }
