"""The desk's one bar has several things to say: nothing important is replaced unread or said before strangers."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from pytestqt.qtbot import QtBot

from homevisit.clock import SystemClock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.services import homes
from tests.ui_shell.conftest import PASSPHRASE, OpenDesk
from ui.navigation import Place
from ui.notices import Notice, Noticeboard
from ui.session import Session
from ui.shell import Shell
from ui.tokens import Tone

DAMAGE = Notice(sentence="This store is older than it was.", kept=True)
RECOVERED = Notice(sentence="Recovered: visit to Example.", tone=Tone.INFO, kept=True, private=True)
PASSING = Notice(sentence="The stick is not there.")


def bar_says(session: Session) -> str:
    desk = session.window.desk
    assert desk is not None
    return desk.bar.notice.sentence if desk.bar.notice and desk.bar.isVisible() else ""


def shell_of(session: Session) -> Shell:
    assert session.shell is not None
    return session.shell


def test_an_alarm_is_said_before_what_came_earlier_and_both_are_said() -> None:
    board = Noticeboard()
    for notice in (RECOVERED, DAMAGE, DAMAGE):
        board.add(notice)
    assert board.shown(in_home=False) == DAMAGE
    board.take_away(DAMAGE)
    assert board.shown(in_home=False) == RECOVERED


def test_damage_and_recovered_visits_are_both_seen(open_desk: OpenDesk) -> None:
    session = open_desk()
    shell_of(session).announce(RECOVERED)
    shell_of(session).announce(DAMAGE)
    assert bar_says(session) == DAMAGE.sentence
    shell_of(session).go("settings")
    assert bar_says(session) == DAMAGE.sentence
    session.window.desk.bar._close.click()  # type: ignore[union-attr]
    assert bar_says(session) == RECOVERED.sentence


def test_a_passing_word_goes_with_the_page_and_gives_way_to_what_waits(open_desk: OpenDesk) -> None:
    session = open_desk()
    shell_of(session).announce(DAMAGE)
    shell_of(session).announce(PASSING)
    assert bar_says(session) == PASSING.sentence
    shell_of(session).go("settings")
    assert bar_says(session) == DAMAGE.sentence


def test_a_name_in_the_bar_is_not_shown_in_in_home_view(open_desk: OpenDesk) -> None:
    session = open_desk()
    shell_of(session).announce(RECOVERED)
    shell_of(session).privacy.enter("another-family")
    assert bar_says(session) == ""
    shell_of(session).privacy.leave()
    assert bar_says(session) == RECOVERED.sentence


def test_ctrl_s_says_saved_only_once_it_is(open_desk: OpenDesk, qtbot: QtBot) -> None:
    session, write = open_desk(), Future[None]()
    shell, desk = shell_of(session), session.window.desk
    assert desk is not None
    shell.flush_with(desk, lambda: write)
    desk.say_saved()
    assert bar_says(session) == ""
    write.set_exception(HomeVisitError("store.disk_full"))
    qtbot.waitUntil(lambda: bool(bar_says(session)))
    assert bar_says(session).startswith("The disk is full")


def test_in_home_view_is_on_again_after_a_lock(open_desk: OpenDesk, relaunches: object) -> None:
    session = open_desk()
    shell_of(session).privacy.enter("f1")
    assert session.opened is not None
    session.opened.leaving.lock()
    assert relaunches.places[0].in_home == "f1"  # type: ignore[attr-defined]


@pytest.mark.parametrize("place", [Place("family", "f1", "f1"), Place("visit", "v1"), Place("today")])
def test_a_place_with_its_in_home_view_survives_the_command_line(place: Place) -> None:
    assert Place.from_text(place.to_text()) == place


def test_coming_back_to_a_home_shows_only_that_family(open_desk: OpenDesk) -> None:
    session = open_desk()
    desk = session.window.desk
    assert desk is not None
    desk.start(Place("family", "f1", "f1"))
    assert shell_of(session).privacy.family == "f1"
    assert not desk.rail._places["today"].isVisible()


def test_a_first_run_that_ended_before_the_code_was_kept_is_said_at_the_next_start(
    made_home: Home, open_desk: OpenDesk
) -> None:
    services = homes.unlock(made_home, PASSPHRASE, clock=SystemClock())
    services.safekeeping.note_recovery_shown()
    services.close()
    session = open_desk()
    assert "recovery code" in bar_says(session)
    session.window.desk.bar._action.click()  # type: ignore[union-attr]
    assert session.window.desk.here == Place("settings")  # type: ignore[union-attr]


def test_a_code_that_was_kept_is_not_mentioned(made_home: Home, open_desk: OpenDesk) -> None:
    services = homes.unlock(made_home, PASSPHRASE, clock=SystemClock())
    services.safekeeping.note_recovery_shown()
    services.safekeeping.note_recovery_kept()
    services.close()
    assert bar_says(open_desk()) == ""
