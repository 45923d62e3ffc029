"""Families by the hundred for measuring: seeded, so the same numbers tell the same stories, and signed for real."""

from __future__ import annotations

import random
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from homevisit.domain.codec import plain
from homevisit.domain.entry import Act, Kind
from homevisit.domain.family import FamilyDetails, Level, PersonDetails, Relation, Role
from homevisit.domain.moments import wall_text
from homevisit.domain.visit import (
    Asked,
    Attendance,
    ChildSeen,
    Contact,
    Mode,
    Presence,
    SeenAlone,
    VisitBody,
)
from homevisit.prompts.library import Library
from homevisit.services.demo import days
from homevisit.services.demo.chronicle import Event
from homevisit.services.demo.invented import Bank, Phrases
from homevisit.storage.ledger import NewEntry
from resources import read_text

YOUNGEST_DAYS, OLDEST_DAYS = 20, 760
BY_SCHEDULE = ((12, Contact.NEW_BIRTH), (49, Contact.SIX_WEEKS), (330, Contact.ONE_YEAR), (745, Contact.TWO_YEARS))
FIRST_HOUR, HOURS = 9, 8
KEPT_WITHOUT_BABY = (Attendance.NO_ACCESS, Attendance.NOT_BROUGHT, Attendance.CANCELLED_BY_FAMILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A generated family with the ids of its people."""

    id: str
    name: str = field(repr=False)
    born: date
    child: str
    mother: str
    other: str
    phrases: Phrases


def generated_events(
    more: tuple[int, int], *, seed: int, now: datetime, library: Library, numbers: Iterator[str]
) -> Iterator[Event]:
    """The events of this many families and visits; the visits are shared out evenly."""
    families, visits = more
    if not families:
        return
    bank = Bank(tomllib.loads(read_text("demo/phrases.toml")), library, random.Random(seed))  # noqa: S311 - a story
    share, rest = divmod(visits, families)
    for number in range(families):
        generator = _Family(bank, random.Random(f"{seed}/{number}"), now, numbers)  # noqa: S311 - a story
        yield from generator.events(share + (number < rest))


class _Family:
    """One family in the making; everything about it comes from its own dice."""

    def __init__(self, bank: Bank, dice: random.Random, now: datetime, numbers: Iterator[str]) -> None:
        self._bank = bank
        self._dice = dice
        self._now = now
        self._today = now.astimezone().date()
        self._numbers = numbers
        self._home = self._household()

    def events(self, visits: int) -> Iterator[Event]:
        """The family as it is entered, then its visits."""
        home = self._home
        entered = days.moment(days.working_day(home.born, 4), "16:00")
        for entry in self._entered():
            yield Event(entered, entry=entry)
        for contact, day in self._contacts(visits):
            started = datetime.combine(day, self._time()).astimezone()
            minutes = self._dice.randrange(25, 80)
            signed = started + timedelta(minutes=minutes + self._dice.randrange(5, 90))
            visit = self._id()
            body = self._body(contact, started, minutes)
            if body.attendance is Attendance.SEEN:
                body = self._bank.answered(visit, body, home.phrases, dice=self._dice)
            yield Event(max(signed, entered + timedelta(minutes=1)), entry=_entry(visit, body, started))

    def _contacts(self, visits: int) -> list[tuple[Contact, date]]:
        """The contacts of the schedule first, then others in between, none today and none before the tenth day."""
        age = (self._today - self._home.born).days
        planned = [(contact, after) for after, contact in BY_SCHEDULE if after < age][:visits]
        spare = range(10, age)
        planned += [(Contact.ADDITIONAL, self._dice.choice(spare)) for _ in range(visits - len(planned))]
        moved = ((contact, days.working_day(self._home.born, after)) for contact, after in planned)
        return sorted(moved, key=lambda item: item[1])

    def _body(self, contact: Contact, started: datetime, minutes: int) -> VisitBody:
        home, phrases, dice = self._home, self._home.phrases, self._dice
        body = VisitBody(
            family=home.id,
            contact=contact,
            started=wall_text(started),
            ended=wall_text(started + timedelta(minutes=minutes)),
        )
        if contact is Contact.ADDITIONAL and dice.random() < 0.06:
            note = phrases.failed(dice)
            return replace(body, attendance=dice.choice(KEPT_WITHOUT_BABY), note=note)
        both = dice.random() < 0.5
        alone = [SeenAlone(person=home.mother, alone=Asked.YES)]
        if both:
            alone.append(SeenAlone(person=home.other, alone=Asked.NO, reason="Stayed with the baby."))
        return replace(
            body,
            mode=Mode.HOME if contact is not Contact.ADDITIONAL else dice.choice((Mode.HOME, Mode.HOME, Mode.CLINIC)),
            present=(Presence(person=home.mother), *((Presence(person=home.other),) if both else ())),
            children=(ChildSeen(person=home.child, seen=Asked.YES, awake=dice.choice((Asked.YES, Asked.NO))),),
            alone=tuple(alone),
            note=phrases.note(dice, started, minutes),
        )

    def _entered(self) -> Iterator[NewEntry]:
        home = self._home
        yield _patch(Kind.FAMILY, home.id, home.id, plain(self._details()))
        for person, details in self._people():
            yield _patch(Kind.PERSON, person, home.id, {**plain(details), "family": home.id})
        for carer in (home.mother, home.other):
            body = {"family": home.id, "source": carer, "target": home.child, "relation": Relation.PARENT.value}
            yield _patch(Kind.TIE, self._id(), home.id, {**body, "shares_home": True, "parental_responsibility": True})

    def _details(self) -> FamilyDetails:
        dice, phrases = self._dice, self._home.phrases
        return FamilyDetails(
            name=self._home.name,
            address=f"{dice.randrange(1, 140)} {phrases.any_of('streets', dice)}, Applewick",
            phone=f"01632 960{dice.randrange(1000):03d}",
            language="English",
            level=Level.UNIVERSAL if dice.random() < 0.8 else Level.TARGETED,
            worries=phrases.any_of("worries", dice),
            strengths=phrases.any_of("family_strengths", dice),
        )

    def _people(self) -> Iterator[tuple[str, PersonDetails]]:
        home, names, dice = self._home, self._home.phrases.names, self._dice
        surname = home.name
        for person, key, role in ((home.mother, "mother", Role.MOTHER), (home.other, "other", Role.FATHER)):
            name = f"{names[key]} {surname}"
            yield person, PersonDetails(name=name, role=role, birth_date=self._adult(), nhs_number=next(self._numbers))
        yield (
            home.child,
            PersonDetails(
                name=f"{names['child']} {surname}",
                role=Role.CHILD,
                birth_date=home.born.isoformat(),
                gestation_days=dice.choice((*range(259, 294), 238, 245)),
                sex=dice.choice(("female", "male")),
                nhs_number=next(self._numbers),
            ),
        )

    def _household(self) -> Household:
        dice, words = self._dice, self._bank.words
        names = {"child": dice.choice(words["children"]), "mother": dice.choice(words["mothers"])}
        names["other"] = dice.choice(words["fathers"])
        return Household(
            id=self._id(),
            name=dice.choice(words["surnames"]),
            born=days.offset_day(self._today, -dice.randrange(YOUNGEST_DAYS, OLDEST_DAYS)),
            child=self._id(),
            mother=self._id(),
            other=self._id(),
            phrases=Phrases(words, names),
        )

    def _adult(self) -> str:
        return date(self._today.year - self._dice.randrange(19, 44), 1 + self._dice.randrange(12), 14).isoformat()

    def _time(self) -> time:
        return time(FIRST_HOUR + self._dice.randrange(HOURS), self._dice.randrange(0, 60, 5))

    def _id(self) -> str:
        return str(uuid.UUID(int=self._dice.getrandbits(128), version=4))


def _patch(kind: Kind, record: str, family: str, fields: Mapping[str, Any]) -> NewEntry:
    return NewEntry(record=record, kind=kind, act=Act.SIGN, family=family, body={"set": dict(fields)})


def _entry(visit: str, body: VisitBody, started: datetime) -> NewEntry:
    return NewEntry(
        record=visit, kind=Kind.VISIT, act=Act.SIGN, family=body.family, body=plain(body), happened_at=started
    )
