"""A visit while the disk refuses: nothing that was typed is lost, signed away or replaced by what is older."""

from __future__ import annotations

import pytest

from homevisit.domain.visit import Section
from homevisit.errors import HomeVisitError
from tests.desks import whole_draft
from tests.ui_visit.conftest import Room
from ui.presenters.visit_state import Phase
from ui.views.finish import FinishPage
from ui.widgets.growing import GrowingTextEdit

FACTS = "visit.note.facts"


class Disk:
    """Full until ``make_room``, once it was filled."""

    def __init__(self, room: Room, patch: pytest.MonkeyPatch) -> None:
        self._drafting = room.services.drafting
        self._patch = patch

    def fill(self) -> None:
        self._patch.setattr(self._drafting, "save_section", self._refuse)

    def make_room(self) -> None:
        self._patch.undo()

    def _refuse(self, *_: object) -> None:
        raise HomeVisitError("store.disk_full")


@pytest.fixture
def disk(room: Room, monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(room, monkeypatch)


def test_finish_waits_until_what_was_typed_is_safe(room: Room, disk: Disk) -> None:
    visit = whole_draft(room.services, room.family)
    disk.fill()
    page = room.visit(visit)
    room.type("newer words ")
    room.click("visit.finish")
    room.settle()
    assert page._bar.isVisible()
    disk.make_room()
    room.click("visit.finish")
    room.settle()
    assert isinstance(room.desk.page, FinishPage)


def test_nothing_is_signed_while_newer_words_wait_to_be_written(room: Room, disk: Disk) -> None:
    visit = whole_draft(room.services, room.family)
    disk.fill()
    room.visit(visit)
    room.type("newer words ")
    page = room.finish(visit)
    room.click("finish.sign")
    room.settle()
    assert page._presenter.state.problem is not None
    assert room.services.drafting.exists(visit)


def test_coming_back_keeps_what_the_disk_refused(room: Room, disk: Disk) -> None:
    visit = room.start()
    disk.fill()
    room.visit(visit)
    room.type("only in memory")
    room.finish(visit)
    room.visit(visit)
    assert room.find(GrowingTextEdit, FACTS).value() == "only in memory"
    disk.make_room()
    room.saved(lambda services: services.drafting.open(visit).body.note.get(Section.FACTS) == "only in memory")


def test_another_visit_opens_and_the_first_comes_back_once_it_is_written(room: Room, disk: Disk) -> None:
    first, second = room.start(), room.start()
    disk.fill()
    room.visit(first)
    room.type("only in memory")
    page = room.visit(second)
    assert page._presenter.state.phase is Phase.READY
    page = room.visit(first)
    assert page._presenter.state.phase is Phase.REFUSED
    disk.make_room()
    room.qtbot.waitUntil(lambda: page._presenter.state.phase is Phase.READY and room.shell.bridge.is_idle)
    assert room.find(GrowingTextEdit, FACTS).value() == "only in memory"


def test_locking_reports_words_of_a_visit_that_was_left(room: Room, disk: Disk) -> None:
    disk.fill()
    room.visit(room.start())
    room.type("only in memory")
    page = room.visit("no-such-visit")
    assert page._presenter.state.phase is Phase.REFUSED
    assert any(written.exception(timeout=5) for written in room.shell.flush())
