"""What was asked and answered: responses, scores, whether somebody agreed to be asked, and open safety panels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import Person, Role
from homevisit.domain.responses import key_of, subject_id
from homevisit.prompts.meaning import Meaning, meaning_of
from homevisit.prompts.scoring import Band, Score, scores_of
from homevisit.sync.fhir import codes
from homevisit.sync.fhir.facts import About
from homevisit.sync.fhir.numbering import identifier_of
from homevisit.sync.fhir.withholding import Leaving, leaving

PROVISIONS = {"given": "permit", "declined": "deny"}
STATUSES = frozenset({"completed", "amended", "stopped", "in-progress"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One response as it is filed, what it means as far as it leaves, and whom it is about."""

    key: str
    person: Person
    left: Leaving
    meaning: Meaning = field(repr=False)

    @property
    def name(self) -> str:
        return f"response/{self.key}"


def answered(about: About) -> tuple[Answered, ...]:
    """The responses that belong in this patient's record, as far as they may leave."""
    return tuple(found for response in about.facts.body.responses if (found := _answered(about, response)))


def resources(about: About, each: Answered) -> Iterator[JsonObject]:
    """A response with its scores and its consent."""
    yield _response(about, each)
    if each.left.answers is not None:
        for score in scores_of(each.left.answers.questionnaire, each.left.response):
            if score.value is not None:
                yield _observation(about, each, score)
    if each.meaning.consent in PROVISIONS:
        made = consent(about, f"consent/{each.key}", each.meaning.consent, _asking(each))
        yield {**made, "performer": [about.reference_to(each.person)]}


def consent(about: About, name: str, said: str, what: str) -> JsonObject:
    """What somebody agreed to or refused, as it was said; a refusal denies."""
    number = about.ids.of(name)
    return {
        "resourceType": "Consent",
        "id": number,
        "identifier": [identifier_of(number)],
        "status": "active",
        "scope": codes.concept([codes.coding(f"{codes.HL7_CODES}/consentscope", "treatment", "Treatment")]),
        "category": [codes.concept([codes.coding(codes.LOINC, "59284-0", "Consent Document")])],
        "patient": about.subject,
        "dateTime": about.facts.happened_at,
        "policyRule": codes.in_words(what),
        "provision": {"type": PROVISIONS[said]},
    }


def _answered(about: About, response: JsonObject) -> Answered | None:
    person = _concerned(about, response)
    left = leaving(response, about.facts.library, about.policy)
    if person is None or left is None:
        return None
    meaning = meaning_of(left.answers.questionnaire, left.response) if left.answers else Meaning()
    return Answered(key=key_of(response), person=person, left=left, meaning=meaning)


def _concerned(about: About, response: JsonObject) -> Person | None:
    """Whom a response is about, None where that has no place in this record, or is somebody who is not known here.

    What is about the visit as a whole, or about a baby who is not born yet, is in the patient's own record.
    """
    subject = subject_id(response)
    person = about.facts.people.get(subject)
    if not subject or subject == about.patient.id or (person and person.details.role is Role.UNBORN):
        return about.patient
    if person is None or person in about.facts.patients or not about.may_name(person):
        return None
    return person


def _response(about: About, each: Answered) -> JsonObject:
    number = about.ids.of(each.name)
    kept = {key: value for key, value in each.left.response.items() if key not in {"subject", "source", "meta", "text"}}
    status = kept.get("status")
    return {
        **kept,
        "resourceType": "QuestionnaireResponse",
        "id": number,
        **({"meta": {"security": [codes.redacted()]}} if each.left.is_redacted else {}),
        "identifier": identifier_of(number),
        "status": status if status in STATUSES else "completed",
        "subject": about.subject,
        "encounter": about.encounter,
        "author": about.author,
        **({"source": about.reference_to(each.person)} if each.person.id != about.patient.id else {}),
    }


def _observation(about: About, each: Answered, score: Score) -> JsonObject:
    number = about.ids.of(f"score/{each.key}/{score.path}")
    band = [codes.in_words(score.band_text)] if score.band_text else []
    ranges = [_range(known) for known in score.bands]
    return {
        "resourceType": "Observation",
        "id": number,
        "identifier": [identifier_of(number)],
        "status": "final",
        "code": codes.in_words(_title(score)),
        "subject": about.subject,
        **({"focus": [about.reference_to(each.person)]} if each.person.id != about.patient.id else {}),
        "encounter": about.encounter,
        "effectiveDateTime": score.asked.on or about.facts.happened_at,
        "performer": [about.author],
        "valueQuantity": _quantity(score.value),
        **({"interpretation": band} if band else {}),
        **({"method": codes.in_words(score.asked.form)} if score.asked.form else {}),
        **({"referenceRange": ranges} if ranges else {}),
        "derivedFrom": [codes.reference("QuestionnaireResponse", about.ids.of(each.name))],
    }


def _title(score: Score) -> str:
    return score.instrument if score.label in ("", score.instrument) else f"{score.instrument}: {score.label}"


def _quantity(value: Decimal | None) -> JsonObject:
    """Decimals are texts here; they become numbers, digit by digit the same, when the Bundle is written."""
    return {"value": format(value or Decimal(), "f"), "unit": "score", "system": codes.UNITS, "code": "{score}"}


def _range(band: Band) -> JsonObject:
    return {
        "low": {"value": format(band.low, "f")},
        "high": {"value": format(band.high, "f")},
        **({"text": band.text} if band.text else {}),
    }


def _asking(each: Answered) -> str:
    title = each.left.answers.title if each.left.answers else each.key
    return f"Asked before “{title}”"
