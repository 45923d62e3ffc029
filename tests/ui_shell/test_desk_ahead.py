"""The desk is put together while the passphrase is typed: empty, unseen, and never in the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.storage.homes import Profile
from tests.ui_shell.conftest import CHEAP, PASSPHRASE
from ui.ahead import DeskAhead
from ui.desk import DeskView
from ui.session import Session
from ui.views.review import ReviewPage
from ui.views.today import TodayPage
from ui.views.today_words import LETTERS
from ui.widgets.rows import RowList

StartSession = Callable[[Home], Session]


@pytest.fixture
def warm(start_session: StartSession, made_home: Home, qtbot: QtBot) -> Session:
    return warmed(start_session(made_home), qtbot)


def warmed(session: Session, qtbot: QtBot) -> Session:
    with qtbot.waitSignal(session.warmed, timeout=20_000):
        session.warm_up()
    return session


def unlock(session: Session, qtbot: QtBot) -> DeskView:
    qtbot.keyClicks(session.window.focusWidget(), PASSPHRASE)
    qtbot.keyClick(session.window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.opened is not None and session.bridge.is_idle)
    desk = session.window.desk
    assert isinstance(desk, DeskView)
    return desk


def test_the_desk_that_is_shown_was_made_before_and_was_not_seen(warm: Session, qtbot: QtBot) -> None:
    (ahead,) = warm.window.findChildren(DeskView)
    (today,) = ahead.findChildren(TodayPage)
    assert not ahead.isVisible()
    assert warm.window.desk is None
    assert warm.window.focusWidget().objectName() == "unlock.secret.line"
    assert unlock(warm, qtbot) is ahead
    assert ahead.page is today
    assert today.isVisible()


def test_nothing_that_is_made_ahead_says_anything_of_a_store(warm: Session) -> None:
    (ahead,) = warm.window.findChildren(DeskView)
    said = " ".join(label.text() for label in ahead.findChildren(QLabel))
    assert "Jo Example" not in said
    with pytest.raises(RuntimeError):
        _ = ahead._shell.services


def test_letters_that_were_drawn_to_be_at_hand_are_gone(warm: Session) -> None:
    (today,) = warm.window.findChildren(TodayPage)
    assert [each.rows.rowCount() for each in today.findChildren(RowList)] == [0, 0, 0, 0]
    assert not any(label.isVisibleTo(today) and LETTERS in label.text() for label in today.findChildren(QLabel))


def test_unlocking_in_the_middle_leaves_nothing_behind(start_session: StartSession, made_home: Home) -> None:
    session = start_session(made_home)
    ahead, rows = DeskAhead(session._parts), 0
    while not rows:
        next(ahead._steps)
        due = session.window.findChild(RowList, "today.due.list")
        rows = due.rows.rowCount() if due is not None else 0
    assert ahead.take(Desk.PRACTITIONER) is not None
    assert due.rows.rowCount() == 0


def test_keys_do_nothing_to_a_desk_that_is_not_open_yet(warm: Session, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_K, Qt.Key.Key_L, Qt.Key.Key_N):
        qtbot.keyClick(warm.window.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
    shown = [each for each in warm.window.findChildren(DeskView)[0].findChildren(QWidget) if each.isVisible()]
    assert shown == []
    assert not warm.window.is_covered


def test_what_is_typed_while_the_desk_is_made_is_the_passphrase(
    start_session: StartSession, made_home: Home, qtbot: QtBot
) -> None:
    session = start_session(made_home)
    session.warm_up()
    assert isinstance(unlock(session, qtbot).page, TodayPage)  # whether or not it was finished by then


def test_a_supervisors_desk_takes_the_place_of_what_was_made(
    start_session: StartSession, home: Home, qtbot: QtBot
) -> None:
    profile = Profile(name="Sal Example", role=Desk.SUPERVISOR, title="", registration="", organisation="")
    homes.create(home, profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services.close()
    desk = unlock(warmed(start_session(home), qtbot), qtbot)
    assert isinstance(desk.page, ReviewPage)
    qtbot.waitUntil(lambda: desk.window().findChildren(DeskView) == [desk])


def test_no_desk_is_made_where_a_first_run_is_asked_for(start_session: StartSession, home: Home, qtbot: QtBot) -> None:
    session = warmed(start_session(home), qtbot)
    assert session.window.findChildren(DeskView) == []
