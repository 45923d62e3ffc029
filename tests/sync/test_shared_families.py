"""A family that two practitioners look after: both work apart, both see both, and nobody else gets anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.domain.family import PersonDetails, Role
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.choosing import Choosing
from homevisit.storage.homes import Profile
from tests.desks import CHEAP, PASSPHRASE, Desks, add_family, whole_draft
from tests.sync.exchanging import agree_with_all, signed, until_quiet


def introduce(giver: Services, taker: Services, folder: Path) -> None:
    """Give one desk the card of the other."""
    file = folder / f"{giver.store.identity.card.device}-{taker.store.identity.card.device}.card"
    taker.cards.confirm(taker.cards.read(giver.cards.save(file)))


@pytest.fixture
def colleague(desks: Desks, folder: Path, tmp_path: Path) -> Iterator[Services]:
    """A second practitioner whom only the first one knows."""
    profile = Profile(name="Col League", role=Desk.PRACTITIONER)
    made = homes.create(Home(tmp_path / "colleague"), profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services
    made.places.add("folder", "", {"path": str(folder)}, {})
    introduce(made, desks.practitioner, tmp_path)
    introduce(desks.practitioner, made, tmp_path)
    yield made
    made.close()


def visits_of(desk: Services, family: str) -> set[str]:
    return {row.id for row in desk.families.timeline(family)}


def test_both_see_both_and_only_of_the_family_that_is_shared(desks: Desks, colleague: Services) -> None:
    mine = desks.practitioner
    family, other = add_family(mine, "Shared"), add_family(mine, "Other")
    mine.signing.sign(whole_draft(mine, family))
    mine.signing.sign(whole_draft(mine, other))
    mine.sharing.share(family, colleague.store.identity.card.person, "leave cover")
    until_quiet(mine, colleague)
    assert [row.id for row in colleague.families.list()] == [family]
    mine.signing.sign(whole_draft(mine, family, "Mine, apart."))
    colleague.signing.sign(whole_draft(colleague, family, "Theirs, apart."))
    agree_with_all(colleague)
    until_quiet(mine, colleague)
    assert visits_of(mine, family) == visits_of(colleague, family)
    assert len(visits_of(mine, family)) == 3
    assert (mine.syncing.left(), colleague.syncing.left()) == (0, 0)


def test_a_family_shared_while_a_run_chooses_goes_to_the_colleague_too(desks: Desks, colleague: Services) -> None:
    mine = desks.practitioner
    family = add_family(mine, "Shared")
    agree_with_all(mine)
    examination = Choosing(mine.store, mine.sharing).begin()
    while examination.step():
        pass
    mine.sharing.share(family, colleague.store.identity.card.person, "leave cover")
    while examination.step():
        pass
    device = colleague.store.identity.card.device
    assert len([entry for entry, _, to in mine.store.owed.ready() if to == device]) == 5  # the share, and what it is of


def test_words_of_somebody_unknown_hold_up_nobody_elses(desks: Desks, colleague: Services, tmp_path: Path) -> None:
    """The supervisor does not know the colleague: the practitioner's own visits arrive all the same."""
    mine, theirs = desks.practitioner, desks.supervisor
    family = add_family(mine, "Shared")
    mine.sharing.share(family, colleague.store.identity.card.person, "leave cover")
    until_quiet(mine, theirs, colleague)
    colleague.families.add_person(family, PersonDetails(name="Gran", role=Role.OTHER))
    agree_with_all(colleague)
    colleague.syncing.run()
    visit = signed(mine, "My own.")
    mine.syncing.run()
    agree_with_all(mine)
    mine.syncing.run()
    assert "package.unknown_author" in theirs.syncing.run().refused
    assert theirs.records.visit(visit).row.id == visit
    introduce(colleague, theirs, tmp_path)
    assert theirs.syncing.run().received == 1
    assert [row.code for row in theirs.receiving.inbox() if row.code] == []
