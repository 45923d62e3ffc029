"""Code systems and addresses that a filed visit names, and the small values made of them."""

from __future__ import annotations

from collections.abc import Iterable

from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import Role
from homevisit.domain.visit import Mode
from homevisit.prompts.terms import BASE

HL7_CODES = "http://terminology.hl7.org/CodeSystem"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
NHS_STATUS = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
NHS_STATUS_CODES = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
LOINC = "http://loinc.org"
UNITS = "http://unitsofmeasure.org"
RECORD = f"{BASE}/record"
ENTRY = f"{BASE}/entry"
DEVICE = f"{BASE}/device"
CONTACTS = f"{BASE}/CodeSystem/contact"
ACTION_KINDS = f"{BASE}/CodeSystem/action-kind"
ATTENDANCE = f"{BASE}/StructureDefinition/attendance"

# A number that was typed in and never traced. "01 verified" is not for a program without a network to say.
UNTRACED = ("02", "Number present but not traced")
CLASSES = {
    Mode.HOME: ("HH", "home health"),
    Mode.CLINIC: ("AMB", "ambulatory"),
    Mode.PHONE: ("VR", "virtual"),
    Mode.VIDEO: ("VR", "virtual"),
    Mode.OTHER: ("FLD", "field"),
}
RELATIONSHIPS = {Role.MOTHER: ("MTH", "mother"), Role.FATHER: ("FTH", "father"), Role.SIBLING: ("SIB", "sibling")}


def coding(system: str, code: str, display: str = "") -> JsonObject:
    """A Coding."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(codings: Iterable[JsonObject] = (), text: str = "") -> JsonObject:
    """A CodeableConcept."""
    found = list(codings)
    return {**({"coding": found} if found else {}), **({"text": text} if text else {})}


def in_words(text: str) -> JsonObject:
    """A CodeableConcept of words only: nobody has a code for what was said."""
    return {"text": text}


def restricted() -> JsonObject:
    """The label of what only those read who have to."""
    return coding(f"{HL7_CODES}/v3-Confidentiality", "R", "restricted")


def redacted() -> JsonObject:
    """The label of a record that something was left out of."""
    return coding(f"{HL7_CODES}/v3-ObservationValue", "REDACTED", "redacted")


def reference(kind: str, identifier: str) -> JsonObject:
    """A literal reference: right on every server, since the ids are ours."""
    return {"reference": f"{kind}/{identifier}"}
