"""Each person is sent what concerns them and what they do not have, whatever went wrong before."""

from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.domain.card import Card
from homevisit.domain.entry import Act, Kind
from homevisit.domain.review import Decision, ReviewBody
from homevisit.domain.summaries import PackageState
from homevisit.domain.visit import RecordState
from homevisit.errors import HomeVisitError
from homevisit.services.sending import Waiting
from homevisit.storage.ledger import NewEntry
from tests.desks import Desks, add_family, whole_draft


def card_of(services: Services) -> Card:
    return services.cards.mine().card


def offered(source: Services, target: Services) -> Waiting:
    """What is offered to be carried to somebody."""
    return next(each for each in source.sending.by_hand() if each.card == card_of(target))


def handed(source: Services, target: Services, folder: Path, name: str) -> None:
    place = folder / name
    place.mkdir()
    source.sending.export([card_of(target)], place)
    target.receiving.take_in(sorted(place.iterdir()))


def signed(services: Services) -> str:
    return services.signing.sign(whole_draft(services, add_family(services))).envelope.record


def share_with(colleague: Services, desk: Services, family: str) -> None:
    desk.sharing.share(family, card_of(colleague).person, "on call together")


def reviewed(desk: Services, visit: str) -> str:
    row = desk.records.visit(visit).row
    return desk.reviews.decide(ReviewBody(visit=visit, version=row.head, decision=Decision.READ)).id


def test_a_review_never_reaches_a_second_recipient(desks: Desks, colleague: Services, stick: Path) -> None:
    visit = signed(desks.practitioner)
    handed(desks.practitioner, desks.supervisor, stick, "out")
    review = reviewed(desks.supervisor, visit)
    share_with(colleague, desks.supervisor, add_family(desks.supervisor, "Other"))
    place = stick / "both"
    place.mkdir()
    desks.supervisor.sending.export([card_of(desks.practitioner), card_of(colleague)], place)
    colleague.receiving.take_in(sorted(place.iterdir()))
    desks.practitioner.receiving.take_in(sorted(place.iterdir()))
    assert colleague.store.ledger.entry(review) is None
    assert desks.practitioner.store.ledger.entry(review) is not None
    assert len(colleague.families.list()) == 1


def test_what_one_of_two_recipients_has_already_is_not_sent_to_that_person_again(
    desks: Desks, colleague: Services, stick: Path
) -> None:
    visit = signed(desks.practitioner)
    handed(desks.practitioner, desks.supervisor, stick, "first")
    share_with(colleague, desks.practitioner, desks.practitioner.records.visit(visit).row.family)
    handed(desks.practitioner, desks.supervisor, stick, "the share")
    place = stick / "second"
    place.mkdir()
    desks.practitioner.sending.export([card_of(desks.supervisor), card_of(colleague)], place)
    rows = desks.supervisor.receiving.take_in(sorted(place.iterdir()))
    assert [row.code for row in rows] == ["package.not_for_me"]


def test_the_same_recipient_named_twice_is_one_recipient(desks: Desks, stick: Path) -> None:
    signed(desks.practitioner)
    card = card_of(desks.supervisor)
    (row,) = desks.practitioner.sending.export([card, card], stick)
    (taken,) = desks.supervisor.receiving.take_in([stick / row.name])
    assert taken.code == ""


def test_a_review_goes_to_the_author_of_the_version_that_was_read(
    desks: Desks, colleague: Services, stick: Path
) -> None:
    visit = signed(desks.practitioner)
    share_with(colleague, desks.practitioner, desks.practitioner.records.visit(visit).row.family)
    handed(desks.practitioner, desks.supervisor, stick, "1")
    handed(desks.practitioner, colleague, stick, "2")
    review = reviewed(desks.supervisor, visit)
    colleague.drafting.amend(visit)
    colleague.signing.sign(visit, "seen together")
    handed(colleague, desks.supervisor, stick, "3")
    handed(desks.supervisor, desks.practitioner, stick, "4")
    assert desks.practitioner.store.ledger.entry(review) is not None
    assert offered(desks.supervisor, colleague).entries == 0


def lost(desk: Services, other: Services, stick: Path) -> tuple[str, str]:
    """A visit whose sealed package was made and then vanished before it left."""
    visit = signed(desk)
    desk.sending.export([card_of(other)], stick)
    (name,) = (row.name for row in desk.sending.outbox())
    desk.store.database.change("UPDATE outbox SET state = 'waiting', sent_at = '', place = ''")
    (stick / name).unlink()
    return visit, name


def test_a_waiting_package_whose_file_vanished_is_made_anew(desks: Desks, stick: Path) -> None:
    visit, name = lost(desks.practitioner, desks.supervisor, stick)
    (row,) = desks.practitioner.sending.export([card_of(desks.supervisor)], stick)
    assert row.name != name
    (taken,) = desks.supervisor.receiving.take_in([stick / row.name])
    assert taken.new
    assert desks.supervisor.records.visit(visit).row.id == visit
    states = {made.name: made.state for made in desks.practitioner.sending.outbox()}
    assert states == {row.name: PackageState.SENT, name: PackageState.REFUSED}
    assert desks.supervisor.syncing.gaps() == ()


def test_a_vanished_package_is_offered_again_before_it_is_made_anew(desks: Desks, stick: Path) -> None:
    visit, _ = lost(desks.practitioner, desks.supervisor, stick)
    assert [row.id for row in offered(desks.practitioner, desks.supervisor).visits] == [visit]
    assert desks.practitioner.records.visit(visit).row.state is RecordState.SIGNED


def test_files_of_packages_that_left_do_not_stay_in_the_outgoing_folder(desks: Desks, stick: Path) -> None:
    signed(desks.practitioner)
    left = desks.practitioner.home.outgoing / f"{'a' * 26}.age"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"made before a power cut, never noted")
    desks.practitioner.sending.export([card_of(desks.supervisor)], stick)
    assert list(desks.practitioner.home.outgoing.iterdir()) == []


def test_a_colleague_is_handed_no_family_that_is_not_shared(desks: Desks, colleague: Services, stick: Path) -> None:
    visit = signed(desks.practitioner)
    assert card_of(colleague).person not in {each.card.person for each in desks.practitioner.sending.by_hand()}
    with pytest.raises(HomeVisitError, match="not_theirs"):
        desks.practitioner.sending.export([card_of(colleague)], stick)
    assert list(stick.iterdir()) == []
    share_with(colleague, desks.practitioner, desks.practitioner.records.visit(visit).row.family)
    handed(desks.practitioner, colleague, stick, "shared")
    assert colleague.records.visit(visit).row.id == visit


def test_nothing_new_is_said_when_everything_left(desks: Desks, stick: Path) -> None:
    signed(desks.practitioner)
    desks.practitioner.sending.export([card_of(desks.supervisor)], stick)
    with pytest.raises(HomeVisitError, match="nothing_new"):
        desks.practitioner.sending.export([card_of(desks.supervisor)], stick)


def test_an_amendment_builds_on_versions_of_the_visit_only(desks: Desks) -> None:
    """A peer may sign an entry of another kind under the id of a visit; it must not hide later versions."""
    visit = signed(desks.practitioner)
    ledger = desks.practitioner.store.ledger
    ledger.append([NewEntry(record=visit, kind=Kind.FAMILY, act=Act.SIGN, family="", body={"set": {"name": "x"}})])
    desks.practitioner.drafting.amend(visit)
    entry = desks.practitioner.signing.sign(visit, "a slip")
    assert desks.practitioner.records.visit(visit).row.head == entry.id
