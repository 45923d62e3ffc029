"""The bridge: results on the GUI thread, refusals to whoever asked, bugs to the crash path."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from homevisit.errors import HomeVisitError
from ui.bridge import Bridge, Where


class Owner(QObject):
    """Collects what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def hear(self, value: object) -> None:
        self.heard.append(value)


def refuse() -> None:
    raise HomeVisitError("store.in_use")


def stumble() -> None:
    raise ZeroDivisionError("a secret message")


def test_a_result_arrives_later_and_on_the_gui_thread(any_bridge: Bridge, qtbot: QtBot) -> None:
    heard: list[threading.Thread] = []
    with qtbot.waitSignal(any_bridge.idle):
        any_bridge.run(lambda: 7, lambda _: heard.append(threading.current_thread()))
        assert not heard
        assert not any_bridge.is_idle
    assert heard == [threading.main_thread()]
    assert any_bridge.is_idle


def test_results_come_in_the_order_of_the_jobs(any_bridge: Bridge, qtbot: QtBot) -> None:
    owner = Owner()
    for number in range(50):
        any_bridge.run(lambda number=number: number, owner.hear)
    qtbot.waitUntil(lambda: any_bridge.is_idle)
    assert owner.heard == list(range(50))


def test_an_expected_refusal_goes_to_the_failed_callback(any_bridge: Bridge, qtbot: QtBot) -> None:
    owner = Owner()
    any_bridge.run(refuse, None, owner.hear)
    qtbot.waitUntil(lambda: any_bridge.is_idle)
    assert [error.code for error in owner.heard if isinstance(error, HomeVisitError)] == ["store.in_use"]


def test_a_refusal_nobody_asked_about_is_announced_to_the_window(any_bridge: Bridge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(any_bridge.problem) as heard:
        any_bridge.run(refuse)
    assert heard.args is not None
    assert heard.args[0].code == "store.in_use"


def test_a_bug_reaches_the_exception_hook_and_the_bridge_goes_on(any_bridge: Bridge, qtbot: QtBot) -> None:
    owner = Owner()
    with qtbot.captureExceptions() as caught:
        any_bridge.run(stumble, owner.hear, owner.hear)
        qtbot.waitUntil(lambda: any_bridge.is_idle)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    any_bridge.run(lambda: "after", owner.hear)
    qtbot.waitUntil(lambda: owner.heard == ["after"])


def test_a_callback_is_dropped_when_its_owner_is_gone(any_bridge: Bridge, qtbot: QtBot) -> None:
    owner, heard = Owner(), list[int]()
    any_bridge.run(lambda: 1, heard.append, owner=owner)
    any_bridge.run(lambda: 2, owner.hear)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: any_bridge.is_idle)
    assert heard == []
    assert owner.heard == []


def test_shutdown_finishes_what_was_submitted_then_closes_then_refuses(bridge: Bridge) -> None:
    done: list[str] = []
    bridge.run(lambda: done.append("job"))
    assert bridge.shutdown(lambda: done.append("closed"))
    assert done == ["job", "closed"]
    assert bridge.run(lambda: done.append("too late")).cancelled()
    assert done == ["job", "closed"]


def test_shutdown_does_not_wait_for_ever(bridge: Bridge) -> None:
    release = threading.Event()
    bridge.run(release.wait, where=Where.WORKER)
    assert not bridge.drain(0.05)
    release.set()
    assert bridge.drain(5)


@pytest.mark.parametrize("where", list(Where))
def test_each_lane_has_its_own_thread(bridge: Bridge, qtbot: QtBot, where: Where) -> None:
    names = {bridge.run(lambda: threading.current_thread().name, where=where).result(5) for _ in range(3)}
    assert len(names) == 1
    assert names.pop().startswith(where.name.lower())
    qtbot.waitUntil(lambda: bridge.is_idle)


def test_the_end_waits_for_no_network_and_the_store_is_closed_all_the_same(bridge: Bridge) -> None:
    done: list[str] = []
    release = threading.Event()
    bridge.run(release.wait, where=Where.EXCHANGE)
    assert bridge.shutdown(lambda: done.append("closed"))
    assert done == ["closed"]
    release.set()


def test_a_run_that_goes_on_after_the_store_was_closed_cannot_reach_it_any_more(bridge: Bridge) -> None:
    reached: list[str] = []
    release = threading.Event()
    run = bridge.run(lambda: (release.wait(5), bridge.inside(lambda: reached.append("after"))), where=Where.EXCHANGE)
    bridge.shutdown()
    release.set()
    with pytest.raises(HomeVisitError, match=r"store\.locked"):
        run.result(5)
    assert reached == []


def test_the_exchange_reaches_the_store_on_the_lane_that_owns_it(bridge: Bridge, qtbot: QtBot) -> None:
    def name() -> str:
        return threading.current_thread().name

    assert bridge.run(lambda: bridge.inside(name), where=Where.EXCHANGE).result(5).startswith("writer")
    qtbot.waitUntil(lambda: bridge.is_idle)
