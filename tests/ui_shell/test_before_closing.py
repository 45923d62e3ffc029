"""Closing with something unsent: it is offered to be sent, and never in the way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from homevisit.changes import Changes
from homevisit.domain.place import FOLDER
from tests.desks import add_family, open_desks, whole_draft
from tests.ui_shell.conftest import OpenDesk
from ui.dialogs.sending_sheet import SendingSheet
from ui.session import Session


def with_a_visit(open_desk: OpenDesk, folder: Path, qtbot: QtBot, *, agreed: bool = True) -> Session:
    """A desk with a signed visit, a supervisor and a folder to send to."""
    card = supervisor_card(folder)
    session = open_desk()
    shell = session.shell
    assert shell is not None
    services = shell.services

    def prepare() -> None:
        services.signing.sign(whole_draft(services, add_family(services)))
        services.places.add(FOLDER, "", {"path": str(folder)}, {})
        services.cards.confirm(services.cards.read(card))
        if agreed:
            services.sharing.agree(services.sharing.recipients()[0].person)

    session.bridge.run(prepare, lambda _: shell.tell(Changes.VISITS | Changes.PLACES), owner=shell)
    qtbot.waitUntil(lambda: session.bridge.is_idle)
    return session


def supervisor_card(folder: Path) -> Path:
    """The card of somebody whose home is made once for all tests."""
    desks = open_desks(folder.parent / f"{folder.name} desks")
    card = desks.supervisor.cards.save(desks.folder / "sal.json")
    desks.close()
    return card


def sheet(session: Session) -> SendingSheet | None:
    return next((each for each in session.window.findChildren(SendingSheet) if each.isVisible()), None)


def press(session: Session, name: str, qtbot: QtBot) -> None:
    shown = sheet(session)
    assert shown is not None
    button = shown.findChild(QAbstractButton, name)
    assert button is not None
    qtbot.keyClick(button, Qt.Key.Key_Space)


def test_what_is_not_sent_is_offered_and_close_now_closes(open_desk: OpenDesk, tmp_path: Path, qtbot: QtBot) -> None:
    session = with_a_visit(open_desk, tmp_path, qtbot)
    session.window.close()
    assert session.window.isVisible()
    assert sheet(session) is not None
    press(session, "closing.close", qtbot)
    qtbot.waitUntil(lambda: not session.window.isVisible())


def test_esc_stays_and_closing_twice_closes(open_desk: OpenDesk, tmp_path: Path, qtbot: QtBot) -> None:
    session = with_a_visit(open_desk, tmp_path, qtbot)
    session.window.close()
    shown = sheet(session)
    assert shown is not None
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert sheet(session) is None
    assert session.window.isVisible()
    session.window.close()
    assert sheet(session) is not None
    session.window.close()
    qtbot.waitUntil(lambda: not session.window.isVisible())


def test_what_could_not_be_sent_is_said_before_closing(open_desk: OpenDesk, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    session = with_a_visit(open_desk, folder, qtbot)
    folder.rmdir()
    session.window.close()
    press(session, "closing.send", qtbot)
    qtbot.waitUntil(lambda: "That place is not there now." in _words(session))
    assert session.window.isVisible()
    session.window.close()  # the second time means it
    qtbot.waitUntil(lambda: not session.window.isVisible())


def test_what_was_sent_closes_by_itself(open_desk: OpenDesk, tmp_path: Path, qtbot: QtBot) -> None:
    session = with_a_visit(open_desk, tmp_path, qtbot)
    session.window.close()
    press(session, "closing.send", qtbot)
    qtbot.waitUntil(lambda: not session.window.isVisible())
    assert len(list(tmp_path.glob("*.age"))) == 1


def test_what_waits_for_a_consent_is_nothing_to_ask_about(open_desk: OpenDesk, tmp_path: Path, qtbot: QtBot) -> None:
    session = with_a_visit(open_desk, tmp_path, qtbot, agreed=False)
    session.window.close()
    qtbot.waitUntil(lambda: not session.window.isVisible())


def test_locking_never_asks(open_desk: OpenDesk, tmp_path: Path, qtbot: QtBot) -> None:
    session = with_a_visit(open_desk, tmp_path, qtbot)
    assert session.opened is not None
    session.opened.leaving.lock()
    assert sheet(session) is None


def _words(session: Session) -> str:
    shown = sheet(session)
    return shown._words.text() if shown is not None else ""
