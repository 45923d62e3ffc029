"""Entering and changing families: nothing typed is lost, nothing of somebody else is undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from homevisit.assembly import Services
from homevisit.domain.family import FamilyDetails, PersonDetails, Role
from tests.desks import Desks, add_family


class BrokenError(Exception):
    """What happens where the program would end."""


def broken() -> None:
    raise BrokenError


def kept_form(services: Services) -> None:
    services.form_drafts.save("new-family", {"name": "Larch"})


def test_a_family_and_the_end_of_its_form_are_one_commit(desks: Desks) -> None:
    services = desks.practitioner
    kept_form(services)
    services.families.create(FamilyDetails(name="Larch"), also=lambda: services.form_drafts.discard("new-family"))
    assert services.form_drafts.load("new-family") is None
    assert [row.name for row in services.families.list()] == ["Larch"]


def test_a_family_is_not_entered_when_its_form_cannot_end(desks: Desks) -> None:
    services = desks.practitioner
    kept_form(services)
    family = add_family(services)
    for enter in (
        lambda: services.families.create(FamilyDetails(name="Larch"), also=broken),
        lambda: services.families.add_person(family, PersonDetails(name="Gran", role=Role.OTHER), also=broken),
        lambda: services.families.change(family, FamilyDetails(name="Other"), also=broken),
    ):
        with pytest.raises(BrokenError):
            enter()
    assert [(row.name, len(services.families.brief(row.id).people)) for row in services.families.list()] == [
        ("Example", 3)
    ]
    assert services.form_drafts.load("new-family") is not None


def test_a_form_that_was_open_meanwhile_undoes_nothing(desks: Desks) -> None:
    families = desks.practitioner.families
    family = add_family(desks.practitioner)
    seen = families.brief(family)
    families.change(family, replace(seen.details, phone="01632 960001"))
    families.change(family, replace(seen.details, address="1 Elm Row"), seen=seen.details)
    details = families.brief(family).details
    assert (details.phone, details.address) == ("01632 960001", "1 Elm Row")
    person = seen.people[0]
    families.change_person(person.id, replace(person.details, note="twin"))
    families.change_person(person.id, replace(person.details, sex="female"), seen=person.details)
    known = next(each.details for each in families.brief(family).people if each.id == person.id)
    assert (known.note, known.sex) == ("twin", "female")


def test_nothing_is_signed_when_nothing_changed_but_the_form_ends(desks: Desks) -> None:
    services = desks.practitioner
    family = add_family(services)
    head = services.store.ledger.own_head
    name = f"family/{family}"
    services.form_drafts.save(name, {"name": "Example"})
    details = services.families.brief(family).details
    services.families.change(family, details, also=lambda: services.form_drafts.discard(name))
    assert services.store.ledger.own_head == head
    assert services.form_drafts.load(name) is None
