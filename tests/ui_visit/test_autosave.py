"""Nothing to save: what autosave writes, when, and what it does when writing fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from homevisit.errors import HomeVisitError
from homevisit.jobs import InlineLane, ThreadLane
from ui.bridge import Bridge
from ui.presenters.visit_autosave import LONGEST_MS, PAUSE_MS, Autosave

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)


class Disk:
    """Keeps what was written; refuses while it is full."""

    def __init__(self) -> None:
        self.written: list[object] = []
        self.is_full = False

    def save(self, value: object) -> datetime:
        if self.is_full:
            raise HomeVisitError("store.disk_full")
        self.written.append(value)
        return MOMENT


@pytest.fixture(params=[InlineLane, lambda: ThreadLane("writer")])
def bridge(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Bridge]:
    assert qapp is not None
    made = Bridge(request.param(), InlineLane())
    yield made
    made.shutdown()


@pytest.fixture
def disk() -> Disk:
    return Disk()


def test_a_pause_in_typing_writes_only_the_newest_value(qtbot: QtBot, bridge: Bridge, disk: Disk) -> None:
    autosave = Autosave(bridge)
    for text in ("a", "ab", "abc"):
        autosave.touch("facts", lambda text=text: text, disk.save)
    with qtbot.waitSignal(autosave.saved, timeout=PAUSE_MS * 3):
        pass
    assert disk.written == ["abc"]
    assert autosave.is_clean


def test_typing_without_a_pause_is_written_before_a_second_has_passed() -> None:
    assert PAUSE_MS <= 400
    assert LONGEST_MS < 1_000


def test_a_flush_writes_at_once_what_every_part_holds_now(qtbot: QtBot, bridge: Bridge, disk: Disk) -> None:
    autosave = Autosave(bridge)
    autosave.touch("facts", lambda: "facts", disk.save)
    autosave.touch("plan", lambda: "plan", disk.save)
    for write in autosave.flush():
        assert write.result(timeout=5) == MOMENT
    assert disk.written == ["facts", "plan"]
    qtbot.waitUntil(lambda: autosave.is_clean)


def test_a_write_that_fails_says_so_and_is_tried_again_until_it_succeeds(
    qtbot: QtBot, bridge: Bridge, disk: Disk
) -> None:
    autosave, disk.is_full = Autosave(bridge), True
    autosave.touch("facts", lambda: "kept", disk.save)
    with qtbot.waitSignal(autosave.failed) as failed:
        autosave.flush()
    assert failed.args[0].code == "store.disk_full"
    assert not autosave.is_clean
    disk.is_full = False
    qtbot.waitUntil(lambda: disk.written == ["kept"], timeout=3_000)


def test_a_newer_value_takes_the_place_of_one_that_could_not_be_written(
    qtbot: QtBot, bridge: Bridge, disk: Disk
) -> None:
    autosave, disk.is_full = Autosave(bridge), True
    autosave.touch("facts", lambda: "old", disk.save)
    with qtbot.waitSignal(autosave.failed):
        autosave.flush()
    disk.is_full = False
    autosave.touch("facts", lambda: "new", disk.save)
    autosave.flush()
    qtbot.waitUntil(lambda: autosave.is_clean)
    assert disk.written == ["new"]


def test_an_older_value_that_failed_is_never_written_over_a_newer_one(qtbot: QtBot, disk: Disk) -> None:
    """The older write fails on the lane, the newer one succeeds, and only then the window hears of both."""
    bridge = Bridge(InlineLane(), InlineLane())
    autosave, disk.is_full = Autosave(bridge), True
    autosave.touch("facts", lambda: "old", disk.save)
    autosave.flush()
    disk.is_full = False
    autosave.touch("facts", lambda: "newer", disk.save)
    autosave.flush()
    qtbot.waitUntil(lambda: bridge.is_idle)
    autosave.flush()
    assert disk.written == ["newer"]


def test_what_was_forgotten_is_not_tried_again_though_it_was_on_its_way(qtbot: QtBot, disk: Disk) -> None:
    bridge = Bridge(InlineLane(), InlineLane())
    autosave, disk.is_full = Autosave(bridge), True
    autosave.touch("facts", lambda: "signed by now", disk.save)
    autosave.flush()
    autosave.forget()
    qtbot.waitUntil(lambda: bridge.is_idle)
    assert autosave.is_clean
