"""A family that two practitioners look after: both work apart, both see both, and nobody else gets anything."""

from __future__ import annotations

from pathlib import Path

from homevisit.assembly import Services
from homevisit.domain.family import PersonDetails, Role
from homevisit.services.choosing import Choosing
from tests.desks import Desks, add_family, whole_draft
from tests.sync.exchanging import agree_with_all, introduce, signed, until_quiet


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
