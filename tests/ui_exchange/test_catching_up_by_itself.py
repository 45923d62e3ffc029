"""Once something came in and nobody waits, the window has the store catch up."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from homevisit.changes import Changes
from tests.desks import add_family
from tests.storage.test_catching_up import pieces
from tests.ui_exchange.conftest import Screen
from ui.catching_up import CatchingUp


def test_what_was_put_off_is_done_after_something_came_in(sender: Screen, qtbot: QtBot) -> None:
    for _ in range(6):
        add_family(sender.services)
    store = sender.services.store
    many, written = pieces(store), store.home.database.stat().st_mtime_ns
    CatchingUp(sender.shell, sender.page, begin_ms=0)
    sender.shell.tell(Changes.VISITS)
    sender.shell.tell(Changes.INBOX)
    qtbot.waitUntil(lambda: store.home.database.stat().st_mtime_ns > written)  # the last step of all
    assert pieces(store) < many
