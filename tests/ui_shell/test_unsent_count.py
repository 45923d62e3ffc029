"""The status line counts again after every write: a visit that was just signed is not "Everything sent"."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from homevisit.changes import Changes
from tests.desks import add_family, whole_draft
from tests.ui_shell.conftest import OpenDesk
from ui.status import waiting_words


def test_a_signed_visit_waits_to_be_sent_at_once(open_desk: OpenDesk, qtbot: QtBot) -> None:
    session = open_desk()
    shell, desk = session.shell, session.window.desk
    assert shell is not None
    assert desk is not None
    assert waiting_words(desk._status_state.waiting) == "Everything sent"
    services = shell.services

    def sign() -> None:
        family = add_family(services)
        visit = whole_draft(services, family)
        services.signing.sign(visit, "")

    session.bridge.run(sign, lambda _: shell.tell(Changes.VISITS), owner=desk)
    qtbot.waitUntil(lambda: session.bridge.is_idle)
    assert waiting_words(desk._status_state.waiting) == "1 to send"


def test_nothing_is_said_while_it_is_not_known(open_desk: OpenDesk) -> None:
    session = open_desk()
    shell, desk = session.shell, session.window.desk
    assert shell is not None
    assert desk is not None
    shell.tell(Changes.VISITS)
    assert waiting_words(desk._status_state.waiting) == ""
