"""Through a folder by itself: a further laptop, its person's first one and the supervisor come to know each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.domain.team import Policy
from tests.desks import Desks, add_family
from tests.team.conftest import Organisation, take


def run(*desks: Services) -> None:
    for desk in desks:
        desk.syncing.run(lambda _stage: None, lambda: False)


def agree(desk: Services) -> None:
    """Agree to everybody who is sent something."""
    for recipient in desk.sharing.recipients():
        if not recipient.agreed:
            desk.sharing.agree(recipient.person)


@pytest.fixture
def place(tmp_path: Path, desks: Desks) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    for desk in (desks.practitioner, desks.supervisor):
        desk.places.add("folder", "Share", {"path": str(folder)}, {})
    return folder


def test_what_one_laptop_wrote_is_on_the_other_and_with_the_supervisor(
    desks: Desks, place: Path, further: Callable[[Services], Services]
) -> None:
    first, supervisor = desks.practitioner, desks.supervisor
    add_family(first, "Before")
    second = further(first)
    assert [each.settings["path"] for each in second.places.all()] == [str(place)]
    add_family(second, "Beside")
    for _ in range(3):
        for desk in (first, second, supervisor):
            agree(desk)
        run(second, first, supervisor)
    for desk in (first, second, supervisor):
        assert sorted(row.name for row in desk.families.list()) == ["Before", "Beside"]
    assert not any(row.code for desk in (first, second, supervisor) for row in desk.receiving.inbox())


def test_a_new_version_of_the_team_reaches_everybody(desks: Desks, place: Path, organisation: Organisation) -> None:
    assert place.is_dir()
    first = organisation.sign()
    for desk in (desks.practitioner, desks.supervisor):
        take(desk, first)
        agree(desk)
    organisation.change(replace(organisation.team, policy=Policy(idle_lock=2)))
    take(desks.practitioner, organisation.sign())
    add_family(desks.practitioner)
    agree(desks.practitioner)
    run(desks.practitioner, desks.supervisor)
    assert desks.supervisor.teams.policy.idle_lock == 2
