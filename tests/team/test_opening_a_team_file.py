"""A team file on a laptop: opened after six words, brought up to date, refused with a reason; whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.clock import ManualClock, SystemClock
from homevisit.domain.place import Place
from homevisit.domain.team import Policy, Standing
from homevisit.errors import HomeVisitError
from homevisit.services import homes
from homevisit.services.team import Teams
from homevisit.services.team_making import TeamMaking, with_card
from homevisit.signatures import new_signing_key, public_key, sign
from tests.desks import CHEAP, PASSPHRASE, Desks
from tests.team.conftest import WORDS, Organisation, own_card, take

CLOUD = Place(id="p", kind="webdav", title="Cloud", settings={"endpoint": "https://cloud.example/dav"})

Further = Callable[[Services], Services]


def refusal(desk: Services, file: Path) -> str:
    with pytest.raises(HomeVisitError) as caught:
        desk.teams.read(file)
    return caught.value.code


def person(desk: Services) -> str:
    return desk.store.identity.card.person


def test_a_team_says_who_supervises_whom(desks: Desks, organisation: Organisation) -> None:
    mine = desks.practitioner.teams
    assert mine.supervisors_of(person(desks.practitioner)) is None
    take(desks.practitioner, organisation.sign())
    assert mine.supervisors_of(person(desks.practitioner)) == {person(desks.supervisor)}
    assert mine.supervisors_of(person(desks.supervisor)) == frozenset()


def test_the_six_words_stay_the_same_for_every_version(desks: Desks, organisation: Organisation) -> None:
    first = desks.practitioner.teams.read(organisation.sign())
    desks.practitioner.teams.take(first)
    organisation.change(replace(organisation.team, policy=Policy(idle_lock=3)))
    second = desks.practitioner.teams.read(organisation.sign())
    assert (first.words, first.standing) == (second.words, Standing.FIRST)
    assert (second.standing, len(set(first.words)) > 1) == (Standing.UPDATE, True)


def test_cards_of_members_count_as_confirmed(desks: Desks, organisation: Organisation, further: Further) -> None:
    other = further(desks.supervisor)
    organisation.add(other)
    take(desks.practitioner, organisation.sign())
    kept = desks.practitioner.store.cards.of_person(person(desks.supervisor))
    assert {each.card.device for each in kept} == {
        desk.store.identity.card.device for desk in (desks.supervisor, other)
    }


def test_policy_and_places_come_with_it(desks: Desks, organisation: Organisation) -> None:
    organisation.change(replace(organisation.team, policy=Policy(idle_lock=3, retention=90)))
    organisation.making.add_place(
        organisation.file, organisation.key, WORDS, place=CLOUD, secret={"password": "tulip-vase-42"}
    )
    file = organisation.sign()
    take(desks.practitioner, file)
    assert desks.practitioner.teams.policy == Policy(idle_lock=3, retention=90)
    (place,) = desks.practitioner.places.of_team()
    assert (place.title, place.settings) == ("Cloud", CLOUD.settings)
    assert desks.practitioner.teams.place_secrets() == {place.id: {"password": "tulip-vase-42"}}
    assert b"tulip-vase" not in file.read_bytes()


def test_a_new_version_keeps_what_opens_the_places(desks: Desks, organisation: Organisation) -> None:
    organisation.making.add_place(
        organisation.file, organisation.key, WORDS, place=CLOUD, secret={"password": "tulip-vase-42"}
    )
    organisation.sign()
    organisation.change(replace(organisation.team, policy=Policy(idle_lock=3)))
    take(desks.supervisor, organisation.sign())
    assert list(desks.supervisor.teams.place_secrets().values()) == [{"password": "tulip-vase-42"}]


def test_an_older_version_never_takes_the_place_of_a_newer_one(desks: Desks, organisation: Organisation) -> None:
    old = organisation.sign()
    organisation.change(replace(organisation.team, policy=Policy(idle_lock=3)))
    take(desks.practitioner, organisation.sign())
    assert refusal(desks.practitioner, old) == "team.older"
    assert desks.practitioner.teams.policy.idle_lock == 3


def test_two_files_with_one_number_are_an_alarm(desks: Desks, organisation: Organisation, tmp_path: Path) -> None:
    stolen = tmp_path / "stolen-key"
    stolen.write_bytes(organisation.key.read_bytes())
    before = organisation.file.read_bytes()
    take(desks.practitioner, organisation.sign())
    organisation.file.write_bytes(before)
    organisation.key.write_bytes(stolen.read_bytes())
    organisation.change(replace(organisation.team, policy=Policy(idle_lock=60)))
    assert refusal(desks.practitioner, organisation.sign()) == "team.two_versions"


def test_a_number_is_never_signed_twice(organisation: Organisation) -> None:
    before = organisation.file.read_bytes()
    organisation.sign()
    organisation.file.write_bytes(before)  # somebody went back to an old draft
    organisation.sign()
    assert organisation.team.version == 2


def test_another_team_is_refused_until_this_one_was_left(
    desks: Desks, organisation: Organisation, tmp_path: Path
) -> None:
    take(desks.practitioner, organisation.sign())
    other = Organisation(TeamMaking(SystemClock(), cost=CHEAP), tmp_path / "other", tmp_path / "other-key")
    other.making.create(other.file, other.key, WORDS, organisation="Other Trust")
    other.add(desks.practitioner)
    file = other.sign()
    assert refusal(desks.practitioner, file) == "team.other_team"
    desks.practitioner.teams.leave()
    assert take(desks.practitioner, file).organisation == "Other Trust"


def test_a_file_without_me_is_not_taken(desks: Desks, organisation: Organisation) -> None:
    without = [each for each in organisation.team.members if each.person != person(desks.supervisor)]
    organisation.change(replace(organisation.team, members=(replace(without[0], supervisors=()),)))
    assert refusal(desks.supervisor, organisation.sign()) == "team.not_a_member"


def test_a_file_that_ran_out_is_not_taken(desks: Desks, organisation: Organisation) -> None:
    organisation.change(replace(organisation.team, expires="2999-01-01T00:00:00.000Z"))
    file = organisation.sign()
    assert desks.practitioner.teams.read(file).standing is Standing.FIRST
    later = Teams(desks.practitioner.store, ManualClock(datetime(2999, 1, 2, tzinfo=UTC)))
    with pytest.raises(HomeVisitError) as caught:
        later.read(file)
    assert caught.value.code == "team.expired"


def test_a_file_that_ran_out_is_not_signed(organisation: Organisation) -> None:
    organisation.change(replace(organisation.team, expires="2026-01-01T00:00:00.000Z"))
    with pytest.raises(HomeVisitError) as caught:
        organisation.sign()
    assert caught.value.code == "team.expired"


def test_a_draft_is_not_taken(desks: Desks, organisation: Organisation) -> None:
    assert refusal(desks.practitioner, organisation.file) == "team.unsigned"


def test_other_keys_than_the_confirmed_ones_refuse_the_whole_file(
    desks: Desks, organisation: Organisation, further: Further
) -> None:
    forger = further(desks.supervisor)  # somebody who has a laptop with this person's id, and a key of their own
    card = own_card(forger)
    key = new_signing_key()
    forged = replace(card.card, person_key=public_key(key))
    members = tuple(
        replace(each, cards=(replace(card, card=forged, signature=sign(key, forged.signing_bytes())),))
        if each.person == forged.person
        else each
        for each in organisation.team.members
    )
    organisation.change(replace(organisation.team, members=members))
    file = organisation.sign()
    with pytest.raises(HomeVisitError) as caught:
        take(desks.practitioner, file)
    assert caught.value.code == "team.keys_changed"
    assert desks.practitioner.teams.current() is None
    assert refusal(desks.supervisor, file) == "team.keys_changed"


def test_nobody_but_the_team_key_signs(organisation: Organisation, tmp_path: Path) -> None:
    other = Organisation(organisation.making, tmp_path / "other", tmp_path / "other-key")
    other.making.create(other.file, other.key, WORDS, organisation="Other Trust")
    with pytest.raises(HomeVisitError) as caught:
        organisation.making.sign(organisation.file, other.key, WORDS)
    assert caught.value.code == "team.other_key"
    with pytest.raises(HomeVisitError) as caught:
        organisation.making.sign(organisation.file, organisation.key, "not these")
    assert caught.value.code == "words.wrong"


def test_a_card_for_another_person_is_not_added(desks: Desks, organisation: Organisation) -> None:
    card = own_card(desks.supervisor)
    wrong = replace(card, card=replace(card.card, person=person(desks.practitioner)))
    with pytest.raises(HomeVisitError) as caught:
        with_card(organisation.team, wrong)
    assert caught.value.code == "team.keys_changed"


def test_it_is_the_same_after_the_store_was_opened_again(desks: Desks, organisation: Organisation) -> None:
    team = take(desks.practitioner, organisation.sign())
    home = desks.practitioner.home
    desks.practitioner.close()
    again = homes.unlock(home, PASSPHRASE, clock=SystemClock())
    try:
        assert again.teams.current() == team
    finally:
        again.close()
