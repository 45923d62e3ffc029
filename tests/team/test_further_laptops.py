"""A further laptop of one person: begins as the same person, introduces itself, and is refused once it is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import Card, SignedCard
from homevisit.domain.place import Place
from homevisit.domain.team import Policy, Revocation
from homevisit.errors import HomeVisitError
from homevisit.services import homes
from homevisit.services.second_laptop import SecondLaptop
from homevisit.services.team_making import without_laptops
from homevisit.signatures import new_signing_key, public_key, sign
from tests.desks import CHEAP, Desks, add_family
from tests.team.conftest import Organisation, key_package, own_card, take

Further = Callable[[Services], Services]


def card_of(desk: Services) -> Card:
    return desk.store.identity.card


def told(sender: Services, receiver: Services, folder: Path) -> list[str]:
    """Carry what the sender announces to the receiver; gives the codes, "" for what was taken in."""
    files = []
    for announcement in sender.announcing.due([card_of(receiver)]):
        files.append(key_package(sender, announcement, folder))
        sender.announcing.told(announcement)
    return [row.code for row in receiver.receiving.take_in(files)]


def sent(sender: Services, receiver: Services, folder: Path) -> list[Path]:
    """A family of the sender as a package for the receiver."""
    add_family(sender)
    place = folder / card_of(sender).device
    place.mkdir(exist_ok=True)
    return [place / row.name for row in sender.sending.export([card_of(receiver)], place)]


def test_it_is_the_same_person_with_keys_of_its_own(desks: Desks, further: Further) -> None:
    first, second = card_of(desks.practitioner), card_of(further(desks.practitioner))
    same = ("person", "person_key", "name", "role", "title", "registration", "organisation")
    assert all(getattr(first, name) == getattr(second, name) for name in same)
    assert len({first.device, second.device}) == len({first.sign_key, second.sign_key}) == 2


def test_it_knows_everybody_whom_the_first_one_knows(
    desks: Desks, organisation: Organisation, further: Further
) -> None:
    take(desks.practitioner, organisation.sign())
    desks.practitioner.places.add("folder", "Stick", {"path": "/media/stick"}, {})
    second = further(desks.practitioner)
    assert {each.card.device for each in second.store.cards.all()} == {
        card_of(desks.practitioner).device,
        card_of(desks.supervisor).device,
    }
    assert second.teams.current() == desks.practitioner.teams.current()
    assert [place.title for place in second.places.all()] == ["Stick"]


def test_it_opens_the_places_of_the_team_before_it_is_in_the_file(
    desks: Desks, organisation: Organisation, further: Further
) -> None:
    cloud = Place(id="p", kind="webdav", title="Cloud", settings={"endpoint": "https://cloud.example/dav"})
    organisation.add_place(cloud, {"password": "tulip-vase-42"})
    take(desks.practitioner, organisation.sign())
    second = further(desks.practitioner)
    assert list(second.teams.place_secrets().values()) == [{"password": "tulip-vase-42"}]
    organisation.add(second)
    organisation.add_place(cloud, {"password": "another-vase-43"})
    take(second, organisation.sign())
    assert list(second.teams.place_secrets().values()) == [{"password": "another-vase-43"}]


def test_others_take_its_card_because_its_person_is_known(desks: Desks, further: Further, tmp_path: Path) -> None:
    second = further(desks.practitioner)
    package = sent(second, desks.supervisor, tmp_path)
    assert [row.code for row in desks.supervisor.receiving.take_in(package)] == ["package.unknown_sender"]
    assert told(second, desks.supervisor, tmp_path) == [""]
    assert [row.code for row in desks.supervisor.receiving.try_again()] == [""]
    assert told(second, desks.supervisor, tmp_path) == []


def test_the_first_laptop_learns_the_new_one_and_tells_it_whom_it_met_since(
    desks: Desks, further: Further, tmp_path: Path
) -> None:
    second = further(desks.practitioner)
    assert told(second, desks.practitioner, tmp_path) == [""]
    third = further(desks.supervisor)
    desks.practitioner.store.cards.add(
        card_of(third), own_card(third).signature, confirmed_at="2026-11-22T10:00:00.000Z"
    )
    assert told(desks.practitioner, second, tmp_path) == [""]
    assert second.store.cards.by_device(card_of(third).device) is not None
    assert told(desks.practitioner, second, tmp_path) == []
    assert told(second, desks.practitioner, tmp_path) == []


def test_a_stranger_cannot_introduce_a_laptop_of_somebody_known(desks: Desks, further: Further, tmp_path: Path) -> None:
    second = further(desks.practitioner)
    announcement = second.announcing.due([card_of(desks.supervisor)])[0]
    cards = [replace(own_card(second), card=replace(card_of(second), person_key="0" * 64)).to_json()]
    forged = key_package(second, replace(announcement, document={**announcement.document, "cards": cards}), tmp_path)
    nobody = key_package(second, replace(announcement, document={**announcement.document, "cards": []}), tmp_path)
    rows = desks.supervisor.receiving.take_in([forged, nobody])
    assert [row.code for row in rows] == ["package.document", "package.unknown_sender"]
    assert desks.supervisor.store.cards.by_device(card_of(second).device) is None


def test_a_laptop_that_certifies_itself_is_a_stranger(desks: Desks, further: Further, tmp_path: Path) -> None:
    second, key = further(desks.practitioner), new_signing_key()
    announcement = second.announcing.due([card_of(desks.supervisor)])[0]
    forged = replace(card_of(second), person_key=public_key(key))
    cards = [SignedCard(card=forged, signature=sign(key, forged.signing_bytes())).to_json()]
    document = {**announcement.document, "cards": cards}
    package = key_package(second, replace(announcement, document=document), tmp_path)
    assert [row.code for row in desks.supervisor.receiving.take_in([package])] == ["package.unknown_sender"]


def test_somebody_known_cannot_bring_the_card_of_another_person(desks: Desks, further: Further, tmp_path: Path) -> None:
    stranger = own_card(further(desks.supervisor))
    mine = desks.practitioner
    announcement = further(mine).announcing.due([card_of(desks.supervisor)])[0]
    document = {**announcement.document, "cards": [replace(stranger, card=stranger.card).to_json()]}
    package = key_package(mine, replace(announcement, document=document), tmp_path)
    assert [row.code for row in desks.supervisor.receiving.take_in([package])] == [""]
    assert desks.supervisor.store.cards.by_device(stranger.card.device) is None


def test_a_new_version_of_the_team_travels_and_is_taken_without_a_question(
    desks: Desks, organisation: Organisation, tmp_path: Path
) -> None:
    first = organisation.sign()
    for desk in (desks.practitioner, desks.supervisor):
        take(desk, first)
    organisation.change(replace(organisation.team, policy=Policy(idle_lock=2)))
    take(desks.supervisor, organisation.sign())
    assert told(desks.supervisor, desks.practitioner, tmp_path) == [""]
    assert desks.practitioner.teams.policy.idle_lock == 2
    assert told(desks.practitioner, desks.supervisor, tmp_path) == []


def test_a_team_that_was_never_opened_here_does_not_come_by_itself(
    desks: Desks, organisation: Organisation, tmp_path: Path
) -> None:
    take(desks.supervisor, organisation.sign())
    assert told(desks.supervisor, desks.practitioner, tmp_path) == [""]
    assert desks.practitioner.teams.current() is None


def test_what_a_lost_laptop_sends_later_is_refused_and_what_it_sent_stays(
    desks: Desks, further: Further, tmp_path: Path
) -> None:
    second, reader = further(desks.practitioner), desks.supervisor
    told(second, reader, tmp_path)
    before = sent(second, reader, tmp_path)
    assert [row.code for row in reader.receiving.take_in(before)] == [""]
    reader.teams.lose(card_of(second).device)
    after = sent(second, reader, tmp_path)
    assert [row.code for row in reader.receiving.take_in(after)] == ["package.revoked"]
    assert [row.code for row in reader.receiving.take_in(before)] == [""]
    assert len(reader.families.list()) == 1
    reader.teams.find_again(card_of(second).device)
    assert [row.code for row in reader.receiving.try_again()] == [""]


def test_whoever_has_a_lost_laptop_cannot_make_further_ones_that_are_believed(
    desks: Desks, further: Further, tmp_path: Path
) -> None:
    lost, reader = desks.practitioner, desks.supervisor
    reader.teams.lose(card_of(lost).device)
    made = further(lost)
    assert told(made, reader, tmp_path) == ["package.unknown_sender"]
    assert reader.cards.offered(own_card(made)).is_certified is False
    reader.cards.confirm(reader.cards.offered(own_card(made)))  # the words were compared: it is the owner's new laptop
    assert [row.code for row in reader.receiving.take_in(sent(made, reader, tmp_path))] == [""]


def test_the_team_says_up_to_which_number_a_lost_laptop_is_believed(
    desks: Desks, organisation: Organisation, tmp_path: Path
) -> None:
    lost, reader = desks.practitioner, desks.supervisor
    packages = [*sent(lost, reader, tmp_path), *sent(lost, reader, tmp_path)]
    epoch = lost.store.identity.epoch
    said = Revocation(device=card_of(lost).device, at="2026-11-22T10:00:00.000Z", last=((epoch, 1),))
    organisation.change(without_laptops(organisation.team, [said]))
    take(reader, organisation.sign())
    assert [row.code for row in reader.receiving.take_in(packages)] == ["", "package.revoked"]


def test_a_number_that_was_used_is_not_believed_again(desks: Desks, tmp_path: Path) -> None:
    lost, reader = desks.practitioner, desks.supervisor
    assert [row.code for row in reader.receiving.take_in(sent(lost, reader, tmp_path))] == [""]
    reader.teams.lose(card_of(lost).device)
    with pytest.raises(HomeVisitError) as caught:
        reader.store.team.refuse_revoked(
            "another", device=card_of(lost).device, epoch=lost.store.identity.epoch, number=1
        )
    assert caught.value.code == "package.revoked"


def test_the_laptop_in_use_cannot_be_lost(desks: Desks) -> None:
    for device, code in ((card_of(desks.practitioner).device, "team.this_laptop"), ("none", "team.no_such_laptop")):
        with pytest.raises(HomeVisitError) as caught:
            desks.practitioner.teams.lose(device)
        assert caught.value.code == code


@pytest.mark.parametrize("edit", [lambda data: data[:-9], lambda data: data[:-30] + b"A" * 8 + data[-22:], bytes.upper])
def test_a_damaged_file_makes_no_laptop(desks: Desks, tmp_path: Path, edit: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "x.homevisit-laptop"
    words = SecondLaptop(desks.practitioner.store, SystemClock(), cost=CHEAP).write(file)
    file.write_bytes(edit(file.read_bytes()))
    with pytest.raises(HomeVisitError) as caught:
        homes.joining(file, words)
    assert caught.value.code in {"words.malformed", "words.wrong"}


def test_other_words_make_no_laptop_and_nothing_is_overwritten(desks: Desks, tmp_path: Path) -> None:
    file = tmp_path / "x.homevisit-laptop"
    making = SecondLaptop(desks.practitioner.store, SystemClock(), cost=CHEAP)
    words = making.write(file)
    with pytest.raises(HomeVisitError) as caught:
        homes.joining(file, " ".join(reversed(words.split())))
    assert caught.value.code == "words.wrong"
    with pytest.raises(HomeVisitError) as caught:
        making.write(file)
    assert caught.value.code == "laptop.file_exists"
