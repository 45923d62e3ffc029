"""What a kind of contact brings with it in a nation: when it is due and which prompt sets it offers. Dated data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.domain.schedule import Window, windows_from
from homevisit.domain.visit import Contact


class Nation(StrEnum):
    """Whose programme a home follows."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern-ireland"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTemplate:
    """The ids of prompt sets in the order of asking: ``sets`` are steps of the visit, ``also`` are offered beside."""

    sets: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One nation's contacts. ``note`` says in words what its source leaves open."""

    nation: Nation
    programme: str
    valid_from: str
    source: str
    licence: str
    checked_on: str
    note: str = ""
    windows: tuple[Window, ...] = ()
    templates: Mapping[Contact, VisitTemplate] = field(default_factory=dict)

    def template(self, contact: Contact) -> VisitTemplate:
        """What a contact offers; nothing for one that the nation's file does not know."""
        return self.templates.get(contact, VisitTemplate())


def schedule_from(source: Mapping[str, object]) -> Schedule:
    """A schedule file (``resources/schedule``)."""
    contacts = source["contacts"]
    if not isinstance(contacts, list):
        raise TypeError("contacts must be a list")
    return Schedule(
        nation=Nation(str(source["nation"])),
        programme=str(source["programme"]),
        valid_from=str(source["valid_from"]),
        source=str(source["source"]),
        licence=str(source["licence"]),
        checked_on=str(source["checked_on"]),
        note=str(source.get("note", "")),
        windows=windows_from(source),
        templates={
            Contact(item["contact"]): VisitTemplate(sets=tuple(item["sets"]), also=tuple(item["also"]))
            for item in contacts
        },
    )
