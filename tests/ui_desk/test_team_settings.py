"""Settings: opening a team file after its six words, adding a laptop, saying that one was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from homevisit.clock import SystemClock
from homevisit.domain.team import Policy, Revocation
from homevisit.services import escrow_files, team_making
from homevisit.services.escrow import EscrowStanding
from homevisit.services.second_laptop import SecondLaptop
from homevisit.signatures import sign
from tests.desks import CHEAP, SUPERVISOR, Desks
from tests.team.conftest import Organisation, founded, own_card
from tests.ui_desk.conftest import Room
from tests.ui_desk.test_today_page import words_in
from ui.dialogs.confirm import Question
from ui.idle_policy import least
from ui.views.settings import SettingsPage
from ui.views.settings_team import LaptopsCard, TeamCard


@dataclass
class Chooser:
    """Answers every question about a file with this one, and every other question with yes."""

    path: Path

    def folder(self, _title: str, _start: str, chosen: Callable[[Path], None]) -> None:
        chosen(self.path)

    def files(self, _title: str, _kinds: str, chosen: Callable[[list[Path]], None]) -> None:
        chosen([self.path])

    def new_file(self, _title: str, _name: str, chosen: Callable[[Path], None]) -> None:
        chosen(self.path)

    def ask(self, _question: Question, agreed: Callable[[], None]) -> None:
        agreed()


@pytest.fixture
def organisation(tmp_path: Path, desks: Desks) -> Organisation:
    made = founded(tmp_path / "t.homevisit-team", desks)
    made.change(replace(made.team, policy=Policy(idle_lock=3)))
    return made


def settings(room: Room, path: Path) -> SettingsPage:
    page = room.go(SettingsPage, "settings")
    for kind, name in ((TeamCard, "settings.team"), (LaptopsCard, "settings.laptops")):
        card = room.find(kind, name)
        card._files = card._confirm = Chooser(path)
    return page


def test_a_team_file_is_opened_after_its_words(room: Room, organisation: Organisation) -> None:
    page = settings(room, organisation.sign())
    room.click("settings.team.open")
    assert room.find(QWidget, "settings.team.no").hasFocus()
    assert room.services.teams.current() is None
    room.click("settings.team.yes")
    assert room.services.teams.policy.idle_lock == 3
    words = words_in(page)
    assert "Example Trust, version 1, 2 people." in words
    assert f"Supervised by {SUPERVISOR}" in words
    assert "Locks after 3 minutes at most" in words


def test_the_words_to_compare_are_in_view(room: Room, organisation: Organisation, qtbot: QtBot) -> None:
    page = settings(room, organisation.sign())
    page.window().resize(1000, 500)
    room.click("settings.team.open")
    scroll = page.findChild(QScrollArea)
    assert scroll is not None
    asked = room.find(QWidget, "settings.team.no")
    qtbot.waitUntil(lambda: scroll.viewport().rect().contains(asked.mapTo(scroll.viewport(), asked.rect().center())))


def test_other_words_take_nothing_in(room: Room, organisation: Organisation) -> None:
    page = settings(room, organisation.sign())
    room.click("settings.team.open")
    room.click("settings.team.no")
    assert room.services.teams.current() is None
    assert "The six words are not those of this team file" in words_in(page)


def test_a_newer_version_needs_no_words_and_the_team_can_be_left(room: Room, organisation: Organisation) -> None:
    page = settings(room, organisation.sign())
    room.click("settings.team.open")
    room.click("settings.team.yes")
    organisation.change(replace(organisation.team, policy=Policy(retention=90)))
    room.find(TeamCard, "settings.team")._files = Chooser(organisation.sign())
    room.click("settings.team.open")
    assert "Packages are cleared away after 90 days" in words_in(page)
    room.click("settings.team.leave")
    assert room.services.teams.current() is None
    assert "You have left the team." in words_in(page)


def test_it_is_said_when_the_team_calls_this_laptop_lost(room: Room, organisation: Organisation) -> None:
    page = settings(room, organisation.sign())
    room.click("settings.team.open")
    room.click("settings.team.yes")
    assert "says that this laptop is lost" not in words_in(page)
    device = room.services.store.identity.card.device
    lost = Revocation(device=device, at="2026-11-22T10:00:00.000Z")
    organisation.change(team_making.without_laptops(organisation.team, [lost]))
    room.find(TeamCard, "settings.team")._files = Chooser(organisation.sign())
    room.click("settings.team.open")
    assert "says that this laptop is lost" in words_in(page)


def test_a_draft_is_refused_in_words(room: Room, organisation: Organisation) -> None:
    page = settings(room, organisation.file)
    room.click("settings.team.open")
    assert "has not been signed yet" in words_in(page)


def test_the_words_for_the_next_laptop_are_shown_once(room: Room, tmp_path: Path) -> None:
    second = SecondLaptop(room.services.store, SystemClock(), cost=CHEAP)
    room.shell.services = replace(room.services, second_laptop=second)
    page = settings(room, tmp_path / "next.homevisit-laptop")
    room.click("settings.laptops.add")
    assert "These words open “next.homevisit-laptop”." in words_in(page)
    assert room.find(QWidget, "settings.laptops.done").hasFocus()
    room.click("settings.laptops.done")
    assert "These words open" not in words_in(page)
    room.click("settings.laptops.add")
    assert "There is a file with that name already." in words_in(page)


def test_a_laptop_is_said_to_be_lost_and_found(room: Room, desks: Desks, tmp_path: Path) -> None:
    own = desks.practitioner.store.identity
    other = replace(own_card(desks.practitioner).card, device="11111111-1111-4111-8111-111111111111")
    room.services.store.cards.add(
        other, sign(own.person_key, other.signing_bytes()), confirmed_at="2026-11-22T10:00:00.000Z"
    )
    page = settings(room, tmp_path)
    room.click("settings.laptops.lost")
    assert list(room.services.teams.lost_laptops()) == [other.device]
    assert "lost: what it sends is refused" in words_in(page)
    room.click("settings.laptops.found")
    assert room.services.teams.lost_laptops() == {}


def test_the_team_can_ask_for_an_earlier_lock_and_never_for_a_later_one() -> None:
    assert [least(*pair) for pair in ((5, 3), (5, 30), (5, 0), (0, 3), (0, 0))] == [3, 5, 5, 3, 0]


def recovery_key(organisation: Organisation, folder: Path) -> None:
    """The next version asks for a recovery key."""
    recipient = escrow_files.make_key(folder / "recovery.key", SystemClock())
    organisation.change(replace(organisation.team, policy=Policy(recovery_escrow=recipient)))


def test_the_organisations_key_is_told_of_before_the_team_file_is_opened(
    room: Room, organisation: Organisation, tmp_path: Path
) -> None:
    recovery_key(organisation, tmp_path)
    page = settings(room, organisation.sign())
    room.click("settings.team.open")
    assert "Your organisation will hold a key that can open this laptop’s records." in words_in(page)
    room.click("settings.team.no")
    assert room.services.escrow.standing() is EscrowStanding.NONE
    room.click("settings.team.open")
    room.click("settings.team.yes")
    assert room.services.escrow.standing() is EscrowStanding.HELD
    assert "Your organisation holds a key that can open this laptop’s records." in words_in(page)
    room.click("settings.team.leave")
    assert room.services.escrow.standing() is EscrowStanding.NONE
    assert "holds a key" not in words_in(page)


def test_a_newer_version_that_brings_a_key_asks_first(room: Room, organisation: Organisation, tmp_path: Path) -> None:
    page = settings(room, organisation.sign())
    room.click("settings.team.open")
    room.click("settings.team.yes")
    recovery_key(organisation, tmp_path)
    room.find(TeamCard, "settings.team")._files = Chooser(organisation.sign())
    room.click("settings.team.open")
    assert "will hold a key" in words_in(page)
    room.click("settings.team.no")
    assert (room.services.teams.policy.recovery_escrow, "six words" in words_in(page)) == ("", False)
    room.click("settings.team.open")
    room.click("settings.team.yes")
    assert room.services.escrow.standing() is EscrowStanding.HELD


def test_a_key_that_came_with_a_package_waits_until_it_was_read_about(
    room: Room, organisation: Organisation, tmp_path: Path
) -> None:
    page = settings(room, organisation.sign())
    room.click("settings.team.open")
    room.click("settings.team.yes")
    recovery_key(organisation, tmp_path)
    room.services.teams.take_update(organisation.sign().read_bytes())
    page.arrive("")
    room.settle()
    assert "Until then nothing is made." in words_in(page)
    room.click("settings.team.escrow.read")
    assert room.services.escrow.standing() is EscrowStanding.HELD
    assert "Until then nothing is made." not in words_in(page)
