"""What was entered in error goes with a reason; where somebody else changed it meanwhile, both are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.domain.entry import Act, Kind
from homevisit.domain.family import PersonDetails, Relation, Role
from homevisit.domain.summaries import IN_ERROR
from homevisit.domain.visit import RecordState
from homevisit.errors import HomeVisitError
from homevisit.storage.ledger import NewEntry
from tests.desks import add_family, open_desks, whole_draft


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    desks = open_desks(tmp_path)
    yield desks.practitioner
    desks.close()


@pytest.fixture
def family(services: Services) -> str:
    return add_family(services)


def somebody(services: Services, family: str) -> str:
    return services.families.add_person(family, PersonDetails(name="Wrong Door", role=Role.OTHER))


def names(services: Services, family: str) -> set[str]:
    return {person.details.name for person in services.families.brief(family).people}


def test_a_person_goes_with_every_tie_and_the_reason_stays(services: Services, family: str) -> None:
    wrong = somebody(services, family)
    mother = services.families.brief(family).people[0].id
    services.families.tie(family, wrong, mother, Relation.SIBLING)
    services.families.withdraw_person(wrong, "Lives next door.")
    brief = services.families.brief(family)
    assert "Wrong Door" not in names(services, family)
    assert brief.ties == ()
    assert services.families.list("Wrong") == ()
    assert services.records.history(wrong)[-1].reason == "Lives next door."
    assert services.upkeep.check() == ()


def test_a_tie_goes_alone(services: Services, family: str) -> None:
    child, mother, *_ = services.families.brief(family).people
    tie = services.families.tie(family, mother.id, child.id, Relation.PARENT)
    services.families.withdraw_tie(family, tie, "The other way round.")
    assert services.families.brief(family).ties == ()
    with pytest.raises(HomeVisitError, match=r"tie\.unknown"):
        services.families.withdraw_tie(family, tie, "Again.")


def test_nothing_goes_without_a_reason(services: Services, family: str) -> None:
    with pytest.raises(HomeVisitError, match=r"record\.reason_needed"):
        services.families.withdraw_person(somebody(services, family), "  ")


@pytest.mark.parametrize("is_signed", [True, False])
def test_whoever_stands_in_a_visit_stays(services: Services, family: str, is_signed: bool) -> None:
    visit = whole_draft(services, family)
    if is_signed:
        services.signing.sign(visit)
    child = next(each for each in services.families.brief(family).people if each.details.role is Role.CHILD)
    with pytest.raises(HomeVisitError, match=r"person\.in_visits"):
        services.families.withdraw_person(child.id, "Not theirs.")


@pytest.mark.parametrize(("chosen", "stays"), [("true", False), ("false", True)])
def test_a_person_marked_here_and_changed_there_stays_until_it_is_settled(
    services: Services, family: str, chosen: str, stays: bool
) -> None:
    wrong = somebody(services, family)
    parents = services.store.ledger.heads(wrong)
    services.families.withdraw_person(wrong, "Lives next door.")
    services.store.ledger.append(
        [
            NewEntry(
                record=wrong,
                kind=Kind.PERSON,
                act=Act.AMEND,
                family=family,
                body={"set": {"note": "x"}},
                parents=parents,
            )
        ]
    )
    assert "Wrong Door" in names(services, family)
    (conflict,) = services.families.brief(family).conflicts
    assert conflict.field_name == IN_ERROR
    services.families.settle(conflict, next(entry for entry, _, value in conflict.values if value == chosen))
    assert ("Wrong Door" in names(services, family)) is stays
    assert services.families.brief(family).conflicts == ()
    assert services.upkeep.check() == ()


def test_a_visit_marked_here_and_amended_there_is_no_withdrawn_visit(services: Services, family: str) -> None:
    visit = whole_draft(services, family)
    services.signing.sign(visit)
    draft = services.drafting.amend(visit)
    services.drafting.save_reason(draft.visit, "More was said.")
    services.signing.withdraw(visit, "Another family.")
    services.signing.sign(visit, "More was said.")
    shown = services.records.visit(visit)
    assert shown.row.heads == 2
    assert shown.row.state is not RecordState.WITHDRAWN
    services.signing.withdraw(visit, "Another family indeed.")
    assert services.records.visit(visit).row.state is RecordState.WITHDRAWN
