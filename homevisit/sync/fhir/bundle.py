"""One visit as a transaction Bundle of PUTs: the same bytes on every attempt, what is referred to comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import fhir_json
from homevisit.sync.fhir import answers, contact, persons, plan
from homevisit.sync.fhir.codes import reference
from homevisit.sync.fhir.facts import About, Facts
from homevisit.sync.fhir.marks import LASTING, mark
from homevisit.sync.fhir.numbering import as_uuid, urn
from homevisit.sync.fhir.provenance import provenance

# What FHIR does not allow in a string; JSON would carry it.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FhirBundle:
    """What is sent for one version of a visit. ``references`` are those of its entries, in their order;

    ``patients`` says in whose record each of them stands that can be marked later.
    """

    visit: str
    entry: str
    data: bytes = field(repr=False)
    references: tuple[str, ...]
    patients: Mapping[str, str]


def bundle_of(facts: Facts, standing: Mapping[str, str]) -> FhirBundle:
    """The Bundle of a version; ``standing`` are the references that may stand at the server, with their patients.

    What stands there and is no longer part of the visit is marked as entered in error, and so is all of it where the
    visit was.
    """
    found = [*persons.workers(facts)]
    patients: dict[str, str] = {}
    for person in facts.patients:
        made = list(_record(facts.about(person), standing))
        found += made
        patients |= {_name(each): person.id for each in made if each["resourceType"] not in LASTING}
    resources = {_name(each): each for each in map(_tidied, found)}
    return FhirBundle(
        visit=facts.visit,
        entry=facts.entry.id,
        data=fhir_json.write(_transaction(list(resources.values()))),
        references=tuple(resources),
        patients={name: patients[name] for name in resources if name in patients},
    )


def _record(about: About, standing: Mapping[str, str]) -> Iterator[JsonObject]:
    """Everything of the visit in one patient's record, the signature last."""
    yield persons.patient(about)
    made: list[JsonObject] = []
    if not about.facts.is_withdrawn:
        yield from persons.carers(about)
        made += _visit(about)
    made += _marks(about, standing, {_name(each) for each in made})
    yield from made
    yield provenance(about, [_reference(each) for each in made])


def _visit(about: About) -> Iterator[JsonObject]:
    said = answers.answered(about)
    outcome = plan.outcome(about, said)
    answered = [each for one in said for each in answers.resources(about, one)]
    planned = [*plan.resources(about, outcome), *plan.staff_safety(about)]
    yield contact.encounter(about)
    yield from answered
    yield from planned
    gathered = contact.Gathered(
        answers=tuple(_reference(each) for each in answered),
        plan=tuple(_reference(each) for each in planned),
        strengths=tuple(_words(item.what, item.evidence) for item in outcome.strengths),
        needs=tuple(_words(item.what, item.evidence) for item in outcome.needs),
    )
    yield contact.composition(about, gathered)


def _marks(about: About, standing: Mapping[str, str], made: set[str]) -> Iterator[JsonObject]:
    """Earlier versions of a note stay readable after an amendment; after "entered in error" nothing does."""
    for name, patient in sorted(standing.items()):
        kind, _, number = name.partition("/")
        stays = kind in LASTING or (kind == "Composition" and not about.facts.is_withdrawn)
        if not stays and name not in made and _keeper(about, patient) == about.patient.id:
            yield mark(about, kind, number)


def _keeper(about: About, patient: str) -> str:
    """In whose record a mark is made: the first patient's where the other is no longer part of the visit."""
    patients = [person.id for person in about.facts.patients]
    return patient if patient in patients else patients[0]


def _transaction(resources: Sequence[JsonObject]) -> JsonObject:
    return {"resourceType": "Bundle", "type": "transaction", "entry": [_entry(each) for each in resources]}


def _entry(resource: JsonObject) -> JsonObject:
    return {
        "fullUrl": urn(str(as_uuid(str(resource["id"])))),
        "resource": resource,
        "request": {"method": "PUT", "url": _name(resource)},
    }


def _name(resource: JsonObject) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _reference(resource: JsonObject) -> JsonObject:
    return reference(str(resource["resourceType"]), str(resource["id"]))


def _words(what: str, evidence: str) -> str:
    return f"{what}\n{evidence}" if what and evidence else what or evidence


def _tidied(resource: JsonObject) -> JsonObject:
    """Without what FHIR refuses: control characters, empty texts, empty lists and objects."""
    found = _tidy(resource)
    return found if isinstance(found, dict) else {}


def _tidy(value: object) -> object:
    if isinstance(value, str):
        return _CONTROLS.sub("", value)
    if isinstance(value, Mapping):
        kept = {str(key): _tidy(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if not _is_empty(each)}
    if isinstance(value, Sequence):
        return [each for each in map(_tidy, value) if not _is_empty(each)]
    return value


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {}, ())
