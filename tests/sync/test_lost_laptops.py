"""What would go to a laptop that is said to be lost waits and is said to: nobody is told that everything is sent."""

from __future__ import annotations

import pytest

from homevisit.assembly import Services
from homevisit.errors import HomeVisitError
from tests.desks import Desks, add_family, whole_draft
from tests.sync.exchanging import agree_with_all


def lose(desk: Services, lost: Services) -> None:
    desk.teams.lose(lost.store.identity.card.device)


def person_of(desk: Services) -> str:
    return desk.store.identity.card.person


@pytest.fixture
def shared(desks: Desks, colleague: Services) -> str:
    """A family that the colleague looks after too."""
    family = add_family(desks.practitioner, "Shared")
    desks.practitioner.sharing.share(family, person_of(colleague), "leave cover")
    return family


def test_a_colleague_whose_laptop_is_lost_is_named_as_the_reason(
    desks: Desks, colleague: Services, shared: str
) -> None:
    mine = desks.practitioner
    mine.sharing.stop(person_of(desks.supervisor))
    lose(mine, colleague)
    mine.signing.sign(whole_draft(mine, shared))
    summary = mine.syncing.run()
    assert {held.code for held in summary.held if held.person == person_of(colleague)} == {"sharing.lost"}
    assert not summary.everything_sent
    [row] = [each for each in mine.sharing.recipients() if each.person == person_of(colleague)]
    assert row.is_lost


def test_without_any_supervisor_left_there_is_nobody(desks: Desks) -> None:
    mine = desks.practitioner
    agree_with_all(mine)
    lose(mine, desks.supervisor)
    mine.signing.sign(whole_draft(mine, add_family(mine)))
    summary = mine.syncing.run()
    assert [held.code for held in summary.held] == ["sync.nobody"]
    assert not summary.everything_sent


def test_a_family_is_not_shared_with_a_lost_laptop(desks: Desks, colleague: Services) -> None:
    mine, family = desks.practitioner, add_family(desks.practitioner)
    lose(mine, colleague)
    assert person_of(colleague) not in {card.person for card in mine.sharing.could_join(family)}
    with pytest.raises(HomeVisitError) as refused:
        mine.sharing.share(family, person_of(colleague), "leave cover")
    assert refused.value.code == "sharing.lost"


def test_a_colleague_of_a_shared_family_is_handed_packages_too(desks: Desks, colleague: Services, shared: str) -> None:
    mine = desks.practitioner
    mine.signing.sign(whole_draft(mine, shared))
    found = {each.card.person: each for each in mine.sending.by_hand()}
    assert found.keys() == {person_of(colleague), person_of(desks.supervisor)}
    assert len(found[person_of(colleague)].visits) == 1
    lose(mine, colleague)
    assert {each.card.person for each in mine.sending.by_hand()} == {person_of(desks.supervisor)}


@pytest.mark.usefixtures("colleague")
def test_the_rules_are_asked_about_those_only_whom_something_may_go_to(desks: Desks) -> None:
    mine = desks.practitioner
    mine.signing.sign(whole_draft(mine, add_family(mine)))
    asked = {person for person, _ in mine.sharing.facts().unsent()}
    assert asked == {person_of(desks.supervisor)}
