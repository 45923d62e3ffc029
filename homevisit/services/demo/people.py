"""The people of one story with their birth dates worked out from today, and the ids they get as they are entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from homevisit.domain.family import PersonDetails, Role, parse_date
from homevisit.services.demo import days

NUMBERED = frozenset({Role.CHILD, Role.MOTHER, Role.FATHER, Role.SECOND_CARER, Role.OTHER_CARER, Role.SIBLING})


class Cast:
    """Who plays in a story. A baby with ``unborn_until`` is entered before the birth and named after it."""

    def __init__(self, people: Mapping[str, Mapping[str, Any]], now: datetime, numbers: Iterator[str]) -> None:
        self._people = people
        self._now = now
        self._today = now.astimezone().date()
        self._numbers = {
            key: next(numbers) if Role(source["role"]) in NUMBERED else "" for key, source in people.items()
        }
        self.ids: dict[str, str] = {}

    def details(self, key: str) -> PersonDetails:
        """What is known about a person today."""
        source = self._people[key]
        return PersonDetails(
            name=source["name"],
            role=Role(source["role"]),
            birth_date=self._birth_date(key),
            due_date=self._offset(source.get("due")),
            gestation_days=days.gestation(source.get("gestation", "")),
            sex=source.get("sex", ""),
            nhs_number=self._numbers[key],
            phone=source.get("phone", ""),
            lives_here=source.get("lives_here", True),
            note=days.filled(source.get("note", ""), self._now, {}),
        )

    def first_details(self) -> Iterator[tuple[str, PersonDetails]]:
        """Everybody as they are first entered."""
        for key, source in self._people.items():
            known = self.details(key)
            if "unborn_until" in source:
                known = replace(PersonDetails(name="", role=Role.UNBORN), due_date=known.due_date)
            yield key, known

    def unborn_at_first(self) -> tuple[str, ...]:
        """Those who are born while the story goes on."""
        return tuple(key for key, source in self._people.items() if "unborn_until" in source)

    def entered_day(self, key: str) -> int:
        """The day, counted from today, on which the birth was written down."""
        return int(self._people[key]["unborn_until"])

    def births(self) -> days.Births:
        """Birth and gestation of those who have a birth date."""
        found = ((key, self.details(key)) for key in self._people)
        return {key: (birth, known.gestation_days) for key, known in found if (birth := parse_date(known.birth_date))}

    def _birth_date(self, key: str) -> str:
        source = self._people[key]
        if "born" in source:
            return self._offset(source["born"])
        if "age" not in source:
            return ""
        day = 1 + sum(map(ord, source["name"])) % 28
        month = 1 + len(source["name"]) * 5 % 12
        return date(self._today.year - 1 - int(source["age"]), month, day).isoformat()

    def _offset(self, number: int | None) -> str:
        return "" if number is None else days.offset_day(self._today, number).isoformat()
