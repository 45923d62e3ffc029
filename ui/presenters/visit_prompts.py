"""Which prompt sets a visit shows and about whom, and which more could be added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from homevisit.domain.age import age_on
from homevisit.domain.family import CARERS, Person, Role, parse_date
from homevisit.domain.visit_templates import VisitTemplate
from homevisit.prompts.beginning import Known, known_at
from homevisit.prompts.library import THREE_STEPS, Library, PromptSet
from ui.visit_words import person_name, role_words
from ui.words import tr

ROOM = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptPlace:
    """One prompt set about one person in this visit; ``key`` is the key of its response."""

    key: str
    set_id: str
    person: str
    title: str = field(repr=False)
    about: str = field(default="", repr=False)
    sensitive: bool = False


class Group(StrEnum):
    """Why a set is in the list of those that could be added."""

    SUGGESTED = "suggested"
    FITTING = "fitting"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A set that could be added, about one person. ``licence`` is its class."""

    place: PromptPlace
    group: Group
    licence: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for among the sets: words, a person ("" everybody), a licence class ("" any), any age."""

    words: str = field(default="", repr=False)
    person: str = ""
    licence: str = ""
    any_age: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who is there to ask, on which day, and what this kind of contact offers."""

    people: tuple[Person, ...] = field(default=(), repr=False)
    day: date = date.min
    template: VisitTemplate = field(default_factory=VisitTemplate)

    def about(self, each: PromptSet) -> Iterator[Person | None]:
        """The people a set is asked about; None stands for the whole visit."""
        if each.per == "carer":
            yield from carers_of(self.people)
        elif each.per == "child":
            yield from children_of(self.people)
        else:
            yield None

    def suits(self, each: PromptSet, person: Person | None) -> bool:
        """Whether a set fits the person it would be about, and the babies' ages."""
        if person is not None and person.details.role is Role.CHILD:
            return _suits_any(each, [person], self.day)
        if person is not None and not each.fit.suits_carer(person.details.role.value):
            return False
        return _suits_any(each, self.people, self.day)


def prompt_places(library: Library, asking: Asking, kept: Iterable[str]) -> tuple[PromptPlace, ...]:
    """What the contact offers, once per person it is about, mother first; then what else was begun or added.

    Answered ones stay though the person is gone, or the contact has become another one.
    """
    by_id = {each.id: each for each in library.sets}
    offered = [by_id[name] for name in asking.template.sets if name in by_id]
    places = [_place(each, person) for each in offered for person in asking.about(each) if asking.suits(each, person)]
    known = {place.key for place in places}
    people = {person.id: person for person in asking.people}
    for key in dict.fromkeys(kept):
        if key not in known:
            set_id, _, person_id = key.partition("/")
            places.append(_kept(key, library.find(set_id), people.get(person_id)))
    return tuple(places)


def picks(library: Library, asking: Asking, shown: Sequence[PromptPlace], wanted: Wanted) -> tuple[Pick, ...]:
    """Every set that could be added and fits what is wanted: what the contact suggests first."""
    there = {place.key for place in shown}
    found = [
        pick
        for each in library.sets
        for person in asking.about(each)
        if (pick := _pick(each, person, asking)).place.key not in there and _is_wanted(pick, wanted)
    ]
    order = {name: number for number, name in enumerate((*asking.template.sets, *asking.template.also))}
    ranks = list(Group)
    found.sort(key=lambda pick: (ranks.index(pick.group), order.get(pick.place.set_id, len(order)), pick.place.title))
    return tuple(found)


def knows(asking: Asking, key: str) -> Known:
    """What need not be asked of the response with a key: who is spoken with, how old the youngest baby is."""
    person_id = key.partition("/")[2]
    carer = next((each.details.role.value for each in asking.people if each.id == person_id), "")
    details = (child.details for child in children_of(asking.people))
    births = ((parse_date(each.birth_date), each.gestation_days) for each in details)
    return known_at(asking.day, [(birth, gestation) for birth, gestation in births if birth], carer=carer)


def suggested(found: Iterable[Pick]) -> int:
    """How many of the sets that could be added are suggested for this contact."""
    return len({pick.place.set_id for pick in found if pick.group is Group.SUGGESTED})


def children_of(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(person for person in people if person.details.role is Role.CHILD)


def carers_of(people: Iterable[Person]) -> tuple[Person, ...]:
    """Carers as persons in their own right, mother first, then in the order of the roles."""
    order = list(Role)
    carers = (person for person in people if person.details.role in CARERS)
    return tuple(sorted(carers, key=lambda person: order.index(person.details.role)))


def set_title(set_id: str, title: str) -> str:
    """The name of a set on the desk; the published title of one is longer than a line."""
    return tr(ROOM, "Three-step conversation") if set_id == THREE_STEPS else title


def _suits_any(each: PromptSet, people: Iterable[Person], day: date) -> bool:
    """Whether a set fits any baby of whom an age is known; with none known nothing is kept back."""
    known = [months for person in people for months in _months(person, day)]
    return not known or any(each.fit.suits_age(months) for months in known)


def _months(person: Person, day: date) -> Iterator[int | None]:
    details = person.details
    if details.role is Role.UNBORN:
        yield None
    elif details.role is Role.CHILD and (birth := parse_date(details.birth_date)) is not None:
        age = age_on(birth, day)
        yield age.months if age else None


def _pick(each: PromptSet, person: Person | None, asking: Asking) -> Pick:
    suits = asking.suits(each, person)
    named = each.id in asking.template.also or each.id in asking.template.sets
    group = Group.SUGGESTED if suits and named else Group.FITTING if suits else Group.OTHER
    return Pick(place=_place(each, person), group=group, licence=each.licence_class, version=each.version)


def _is_wanted(pick: Pick, wanted: Wanted) -> bool:
    if pick.group is Group.OTHER and not wanted.any_age:
        return False
    if wanted.person and pick.place.person not in ("", wanted.person):
        return False
    if wanted.licence and pick.licence != wanted.licence:
        return False
    text = f"{pick.place.title} {pick.place.about}".casefold()
    return all(word in text for word in wanted.words.casefold().split())


def _kept(key: str, found: PromptSet | None, person: Person | None) -> PromptPlace:
    set_id, _, person_id = key.partition("/")
    if found is not None and (person is not None or not person_id):
        return _place(found, person)
    title = set_title(set_id, found.title if found else set_id)
    sensitive = found is None or found.fit.sensitive  # nobody knows what a set says that is not here
    return PromptPlace(key=key, set_id=set_id, person=person_id, title=title, sensitive=sensitive)


def _place(each: PromptSet, person: Person | None) -> PromptPlace:
    title, sensitive = set_title(each.id, each.title), each.fit.sensitive
    if person is None:
        return PromptPlace(key=f"{each.id}/", set_id=each.id, person="", title=title, sensitive=sensitive)
    return PromptPlace(
        key=f"{each.id}/{person.id}",
        set_id=each.id,
        person=person.id,
        title=title,
        about=f"{person_name(person)}, {role_words(person.details.role)}",
        sensitive=sensitive,
    )
