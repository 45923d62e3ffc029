"""When a run begins by itself, and when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from homevisit.changes import Changes
from homevisit.domain.place import FOLDER, WEBDAV
from tests.ui_exchange.at_the_page import settled
from tests.ui_exchange.conftest import Screen
from ui.network import Network
from ui.sync_schedule import Rhythm, SyncSchedule

RHYTHM = Rhythm(first=1000, written=60, busy=300, idle=900)
THERE, GONE = QNetworkInformation.Reachability.Online, QNetworkInformation.Reachability.Disconnected


class PaidNetwork(Network):
    """A connection that is paid by volume."""

    @property
    def is_metered(self) -> bool:
        return True


@pytest.fixture
def clock() -> list[float]:
    return [1_000.0]


@pytest.fixture
def schedule(sender: Screen, clock: list[float]) -> Iterator[SyncSchedule]:
    made = SyncSchedule(sender.shell, sender.preferences, Network(), rhythm=RHYTHM, now=lambda: clock[0])
    yield made
    shiboken6.delete(made)  # its timer would ask a store that is closed by then


def within(schedule: SyncSchedule, seconds: float) -> bool:
    """Qt lets a timer be a twentieth late, so that the machine may sleep."""
    return seconds * 0.9 < schedule.next_in < seconds * 1.1


def looked(schedule: SyncSchedule, screen: Screen, qtbot: QtBot) -> bool:
    """Let it look; whether it began a run, which is over then."""
    ended: list[object] = []
    screen.shell.sync.ended.connect(ended.append)
    schedule.look()
    settled(screen, qtbot)
    qtbot.waitUntil(lambda: not screen.shell.sync.is_running)
    return bool(ended)


def test_with_a_place_it_begins_a_run_and_plans_the_next(
    schedule: SyncSchedule, sender: Screen, stick: Path, qtbot: QtBot
) -> None:
    assert schedule.next_in > 900
    assert not looked(schedule, sender, qtbot)  # there is nowhere to send to
    sender.services.places.add(FOLDER, "", {"path": str(stick)}, {})
    assert looked(schedule, sender, qtbot)
    assert sender.shell.sync.state.notice is None  # nobody asked, so nothing is said
    assert within(schedule, RHYTHM.busy)  # the visit is held until it was agreed to


def test_it_waits_while_somebody_types_and_where_it_is_switched_off(
    schedule: SyncSchedule, sender: Screen, stick: Path, clock: list[float], qtbot: QtBot
) -> None:
    sender.services.places.add(FOLDER, "", {"path": str(stick)}, {})
    sender.shell.note_saved(sender.shell.clock.now())
    clock[0] += 20
    assert not looked(schedule, sender, qtbot)
    assert within(schedule, 10)
    clock[0] += 10
    assert looked(schedule, sender, qtbot)
    sender.preferences.change(sync_by_itself=False)
    assert not looked(schedule, sender, qtbot)


def test_a_connection_paid_by_volume_is_left_alone_until_it_is_allowed(sender: Screen, qtbot: QtBot) -> None:
    schedule = SyncSchedule(sender.shell, sender.preferences, PaidNetwork(), rhythm=RHYTHM)
    sender.services.places.add(WEBDAV, "", {"endpoint": "http://127.0.0.1:9/dav"}, {})
    assert not looked(schedule, sender, qtbot)
    assert within(schedule, RHYTHM.busy)
    shiboken6.delete(schedule)


def test_something_signed_or_a_network_that_is_back_is_not_waited_for_long(
    schedule: SyncSchedule, sender: Screen
) -> None:
    sender.shell.tell(Changes.VISITS)
    assert within(schedule, RHYTHM.written)
    network = schedule.findChild(Network)
    assert network is not None
    network.note(GONE)
    assert within(schedule, RHYTHM.written)
    network.note(THERE)
    assert within(schedule, RHYTHM.returned)


def test_the_desktop_is_asked_about_the_network_and_need_not_answer(qtbot: QtBot) -> None:
    network = Network()
    network.begin()
    network.begin()
    assert network.is_metered in (True, False)
    with qtbot.assertNotEmitted(network.returned):
        network.note(THERE)
