"""The first run on a further laptop: the file and the words of the other one, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from homevisit.clock import SystemClock
from homevisit.paths import Home
from homevisit.services.second_laptop import SecondLaptop
from tests.desks import CHEAP, PRACTITIONER, open_desks
from tests.ui_shell.conftest import StartSession
from tests.ui_shell.test_unlocking import STRONG, _retype_groups, first_run, focused, is_strong, tab_to


@pytest.fixture
def handed(tmp_path: Path) -> tuple[Path, str]:
    """The file of a practitioner's laptop and its words."""
    desks = open_desks(tmp_path)
    file = tmp_path / "next.homevisit-laptop"
    words = SecondLaptop(desks.practitioner.store, SystemClock(), cost=CHEAP).write(file)
    desks.close()
    return file, words


def test_a_further_laptop_begins_as_the_same_person(
    start_session: StartSession, home: Home, qtbot: QtBot, handed: tuple[Path, str]
) -> None:
    session = start_session(home)
    view = first_run(session)
    tab_to(session, qtbot, "first_run.join")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    assert focused(session).objectName() == "first_run.file"
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    dialog = session.window.findChild(QFileDialog, "files")
    dialog.filesSelected.emit([str(handed[0])])
    dialog.done(0)
    tab_to(session, qtbot, "first_run.words")
    qtbot.keyClicks(focused(session), "not the right words at all")
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view._bar.notice is not None, timeout=20_000)
    assert "These words do not open the file." in view._bar.notice.sentence
    focused(session).selectAll()
    qtbot.keyClicks(focused(session), handed[1])
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused(session).objectName() == "first_run.passphrase.line", timeout=20_000)
    qtbot.keyClicks(focused(session), STRONG)
    tab_to(session, qtbot, "first_run.repeated.line")
    qtbot.keyClicks(focused(session), STRONG)
    qtbot.waitUntil(lambda: is_strong(view.passphrase), timeout=20_000)
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused(session).objectName() == "first_run.print", timeout=20_000)
    _retype_groups(session, qtbot)
    qtbot.waitUntil(lambda: focused(session).objectName() == "first_run.next")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.window.desk is not None)
    mine = session.opened.shell.services.cards.mine().card
    assert mine.name == PRACTITIONER
