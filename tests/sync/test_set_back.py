"""A laptop set back to an older copy gets back what it had signed since, from whoever holds it, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.storage.homes import Profile
from tests.desks import CHEAP, PASSPHRASE, add_family, open_desks, whole_draft
from tests.sync.exchanging import agree_with_all, entries_of, introduce, reviewed, second_laptop, signed, until_quiet


class Worlds:
    """Desks by name; ``set_back`` puts one of them back to a copy of its store."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "place"
        self.place.mkdir()
        self._folder = folder
        desks = open_desks(folder)
        self.desks: dict[str, Services] = {"mine": desks.practitioner, "theirs": desks.supervisor}
        for desk in self.desks.values():
            desk.places.add("folder", "", {"path": str(self.place)}, {})
        agree_with_all(self["mine"])

    def __getitem__(self, name: str) -> Services:
        return self.desks[name]

    def second(self) -> Services:
        made = self.desks["second"] = second_laptop(self["mine"], self._folder)
        agree_with_all(made)
        return made

    def set_back(self, name: str, backup: Path) -> Services:
        """As a person does it: the store is set aside, the backup is brought into the empty home."""
        home = self[name].home
        self[name].close()
        shutil.move(home.store, self._folder / f"aside-{name}")
        shutil.rmtree(home.outgoing, ignore_errors=True)
        homes.restore(backup, home, PASSPHRASE, clock=SystemClock())
        return self._unlocked(name, home)

    def put_back_unnoticed(self, name: str, copy: Path) -> Services:
        """The whole folder of the store, head file and all."""
        home = self[name].home
        self[name].close()
        shutil.rmtree(home.store)
        shutil.copytree(copy, home.store)
        return self._unlocked(name, home)

    def copied(self, name: str) -> Path:
        """A copy of the whole folder of a store that was closed for it."""
        home = self[name].home
        self[name].close()
        copy = self._folder / f"copy-{name}"
        shutil.copytree(home.store, copy)
        self._unlocked(name, home)
        return copy

    def _unlocked(self, name: str, home: Home) -> Services:
        self.desks[name] = homes.unlock(home, PASSPHRASE, clock=SystemClock())
        return self.desks[name]

    def exchange(self, times: int = 2) -> None:
        """Everybody sends and receives, in the order they came in."""
        for _ in range(times):
            for desk in self.desks.values():
                assert desk.syncing.run().refused == ()

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator[Worlds]:
    made = Worlds(tmp_path)
    yield made
    made.close()


def is_whole(desk: Services, entries: set[str]) -> None:
    """It has these entries, each once, its chains verified, nothing missed and no fork said."""
    assert entries_of(desk) >= entries
    assert len(list(desk.store.ledger.all())) == len(entries_of(desk))
    assert [finding.code for finding in desk.upkeep.check()] == []
    assert (desk.conflicts.oddities(), desk.syncing.gaps(), desk.syncing.left()) == ((), (), 0)


def test_what_was_signed_after_the_copy_comes_back_from_the_supervisor(worlds: Worlds) -> None:
    family = add_family(worlds["mine"])
    until_quiet(*worlds.desks.values())
    backup = worlds["mine"].upkeep.backup()
    visit = worlds["mine"].signing.sign(whole_draft(worlds["mine"], family, "Xylophone in the hall.")).envelope.record
    until_quiet(*worlds.desks.values())
    before = entries_of(worlds["mine"])
    mine = worlds.set_back("mine", backup)
    assert entries_of(mine) < before
    new = mine.signing.sign(whole_draft(mine, family, "Written after the disk was put back.")).id
    worlds.exchange()
    is_whole(mine, {*before, new})
    is_whole(worlds["theirs"], {*before, new})
    assert [hit.record for hit in mine.store.search.query("xylophone")] == [visit]
    assert mine.records.visit(visit).row.id == visit
    until_quiet(*worlds.desks.values())
    assert entries_of(mine) == entries_of(worlds["theirs"]) == {*before, new}


def test_a_copy_from_before_anything_was_sent_is_made_good_too(worlds: Worlds) -> None:
    """The older disk knows of nobody who sent it anything: it says to all whom it knows that it begins anew."""
    backup = worlds["mine"].upkeep.backup()
    visit = signed(worlds["mine"])
    until_quiet(*worlds.desks.values())
    before = entries_of(worlds["mine"])
    mine = worlds.set_back("mine", backup)
    worlds.exchange()
    is_whole(mine, before)
    assert mine.records.visit(visit).row.id == visit
    until_quiet(*worlds.desks.values())


def test_the_other_own_laptop_gives_back_everything_without_a_supervisor(worlds: Worlds) -> None:
    second = worlds.second()
    family = add_family(worlds["mine"])
    until_quiet(*worlds.desks.values())
    backup = worlds["mine"].upkeep.backup()
    worlds["mine"].signing.sign(whole_draft(worlds["mine"], family, "On the first."))
    second.signing.sign(whole_draft(second, family, "On the second."))
    until_quiet(worlds["mine"], second)
    before = entries_of(worlds["mine"])
    mine = worlds.set_back("mine", backup)
    for _ in range(2):
        mine.syncing.run()
        second.syncing.run()
    mine.syncing.run()
    assert entries_of(mine) == before
    until_quiet(*worlds.desks.values())
    is_whole(mine, before)
    is_whole(second, before)


def test_a_review_comes_back_to_the_supervisor_who_signed_it(worlds: Worlds) -> None:
    visit = signed(worlds["mine"])
    until_quiet(*worlds.desks.values())
    backup = worlds["theirs"].upkeep.backup()
    review = reviewed(worlds["theirs"], visit)
    agree_with_all(worlds["theirs"])
    until_quiet(*worlds.desks.values())
    theirs = worlds.set_back("theirs", backup)
    assert theirs.store.ledger.entry(review) is None
    worlds.exchange()
    agree_with_all(theirs)  # what was agreed to went with the disk
    worlds.exchange()
    is_whole(theirs, {review})
    assert [row.id for row in theirs.records.visit(visit).reviews] != []


def test_nothing_of_anybody_else_comes_back_with_it(worlds: Worlds, tmp_path: Path) -> None:
    """The supervisor holds families of two practitioners: each gets back the own one alone."""
    other = worlds.desks["other"] = _another(worlds, tmp_path)
    signed(other, "Nobody else's business.")
    theirs_alone = entries_of(other)
    until_quiet(*worlds.desks.values())
    backup = worlds["mine"].upkeep.backup()
    signed(worlds["mine"])
    until_quiet(*worlds.desks.values())
    before = entries_of(worlds["mine"])
    worlds.set_back("mine", backup)
    worlds.exchange(3)
    assert entries_of(worlds["mine"]) == before
    assert not before & theirs_alone


@pytest.mark.slow
def test_a_recipient_who_was_set_back_misses_no_package_that_it_had_before(worlds: Worlds) -> None:
    """Its copy knows of fewer packages than it had: nothing is ever sent under the numbers in between again."""
    signed(worlds["mine"])
    until_quiet(*worlds.desks.values())
    backup = worlds["theirs"].upkeep.backup()
    for _ in range(3):
        signed(worlds["mine"])
        until_quiet(*worlds.desks.values())
    before = entries_of(worlds["theirs"])
    theirs = worlds.set_back("theirs", backup)
    worlds.exchange()
    is_whole(theirs, before)
    new = signed(worlds["mine"])
    worlds.exchange()
    is_whole(theirs, before)
    assert theirs.records.visit(new).row.id == new


def test_an_old_disk_that_nobody_noticed_here_is_noticed_by_what_others_have_seen(worlds: Worlds) -> None:
    """Head file and all were put back: the next package of somebody who had seen more says so."""
    visit = signed(worlds["mine"])
    until_quiet(*worlds.desks.values())
    copy = worlds.copied("mine")
    signed(worlds["mine"], "Lost and found.")
    until_quiet(*worlds.desks.values())
    before = entries_of(worlds["mine"])
    mine = worlds.put_back_unnoticed("mine", copy)
    assert mine.upkeep.noticed_at_start() == ()
    epoch = mine.store.identity.epoch
    reviewed(worlds["theirs"], visit)
    agree_with_all(worlds["theirs"])
    worlds.exchange(4)
    assert mine.store.identity.epoch != epoch
    assert entries_of(mine) >= before
    assert [finding.code for finding in mine.upkeep.check()] == []


@pytest.mark.slow
def test_what_the_laptop_itself_had_passed_on_comes_back_from_the_supervisor(worlds: Worlds) -> None:
    """Brought by the laptop itself is not the same as still there."""
    second = worlds.second()
    until_quiet(*worlds.desks.values())
    backup = worlds["mine"].upkeep.backup()
    signed(second, "Only ever at the supervisor's by way of the first laptop.")
    second.syncing.run()
    until_quiet(worlds["mine"], worlds["theirs"])
    mine = worlds.set_back("mine", backup)
    second.close()
    worlds.desks.pop("second")
    worlds.exchange()
    assert entries_of(mine) == entries_of(worlds["theirs"])


def _another(worlds: Worlds, folder: Path) -> Services:
    profile = Profile(name="Other Practitioner", role=Desk.PRACTITIONER)
    made = homes.create(Home(folder / "other"), profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services
    made.places.add("folder", "", {"path": str(worlds.place)}, {})
    for known in worlds.desks.values():
        introduce(made, known, folder)
        introduce(known, made, folder)
    agree_with_all(made)
    return made
