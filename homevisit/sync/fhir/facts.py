"""What the mapping is given of one version of a visit, and the smaller questions that every part of it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card
from homevisit.domain.entry import Act, Entry
from homevisit.domain.family import CARERS, FamilyDetails, Person, Role
from homevisit.domain.filing import ExportPolicy
from homevisit.domain.visit import Contact, VisitBody
from homevisit.prompts.library import Library
from homevisit.sync.fhir.codes import reference
from homevisit.sync.fhir.numbering import Numbering, known_by, named


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One signed version with what is known of its family. ``done`` holds the ids of actions that were ticked off;

    ``standing`` what is known to stand at the server already, by reference; ``earlier`` the versions before this one.
    """

    entry: Entry
    number: int
    body: VisitBody
    author: Card
    family: FamilyDetails
    people: Mapping[str, Person]
    library: Library = field(repr=False)
    policy: ExportPolicy = field(default_factory=ExportPolicy)
    done: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    earlier: tuple[str, ...] = ()

    @property
    def visit(self) -> str:
        return self.entry.envelope.record

    @property
    def is_withdrawn(self) -> bool:
        return self.entry.envelope.act is Act.WITHDRAW

    @property
    def happened_at(self) -> str:
        return self.entry.envelope.happened_at

    @property
    def recorded_at(self) -> str:
        return self.entry.envelope.recorded_at

    @cached_property
    def patients(self) -> tuple[Person, ...]:
        """Whose records the visit belongs in: each child of the contact; before the birth the mother."""
        family = tuple(self.people.values())
        if self.body.contact is not Contact.ANTENATAL:
            concerned = [self.people[child.person] for child in self.body.children if child.person in self.people]
            children = [person for person in concerned if person.details.role is Role.CHILD]
            children = children or [person for person in family if person.details.role is Role.CHILD]
            if children:
                return tuple(children)
        mothers = [person for person in family if person.details.role is Role.MOTHER]
        carers = mothers or [person for person in family if person.details.role in CARERS]
        return tuple(carers[:1])

    @property
    def organisation(self) -> str:
        return named("organisation", self.author.organisation)

    def about(self, patient: Person) -> About:
        """The facts seen from one patient's record."""
        first = self.patients[0].id == patient.id
        return About(self, patient, Numbering(visit=self.visit, patient=patient.id, is_first=first))


@dataclass(frozen=True)
class About:
    """One version of a visit in one patient's record."""

    facts: Facts
    patient: Person
    ids: Numbering

    @property
    def policy(self) -> ExportPolicy:
        return self.facts.policy

    @property
    def subject(self) -> JsonObject:
        return reference("Patient", known_by(self.patient.id))

    @property
    def encounter(self) -> JsonObject:
        return reference("Encounter", self.ids.own(self.facts.visit))

    @property
    def author(self) -> JsonObject:
        return reference("Practitioner", known_by(self.facts.author.person))

    def may_name(self, person: Person) -> bool:
        """Whether somebody of the family may be named in this record: a carer, or anybody where policy says so."""
        if person.id == self.patient.id:
            return True
        return person.details.role in CARERS or self.policy.third_parties

    def reference_to(self, person: Person) -> JsonObject:
        """The person as this record knows them."""
        if person.id == self.patient.id:
            return self.subject
        return reference("RelatedPerson", self.ids.own(person.id))
