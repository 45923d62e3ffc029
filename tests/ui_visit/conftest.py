"""A real practitioner's desk with one family, shown in a real (offscreen) desk window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from homevisit.assembly import Services
from homevisit.clock import ManualClock
from homevisit.domain.card import Desk
from homevisit.domain.family import Person, Role
from homevisit.jobs import InlineLane
from tests.desks import Desks, add_family, open_desks
from ui import theme
from ui.bridge import Bridge
from ui.desk import DeskView
from ui.pages import Page
from ui.shell import Shell
from ui.shortcuts import Shortcuts
from ui.theme import Theme
from ui.views.finish import FinishPage
from ui.views.recovery import RecoveryPage
from ui.views.signed_visit import SignedVisitPage
from ui.views.visit import VisitPage
from ui.views.visit_pages import visit_specs

Widget = TypeVar("Widget", bound=QWidget)
AnyPage = TypeVar("AnyPage", bound=Page)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    theme.apply(qapp, Theme())


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def desks(tmp_path: Path, clock: ManualClock) -> Iterator[Desks]:
    made = open_desks(tmp_path, clock=clock)
    yield made
    made.close()


@dataclass(frozen=True, slots=True)
class Room:
    """The desk with what the tests do to it. ``settle`` waits until no job and no callback is outstanding."""

    qtbot: QtBot
    desk: DeskView
    shell: Shell
    services: Services
    supervisor: Services
    clock: ManualClock
    family: str

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.shell.bridge.is_idle)

    def go(self, kind: type[AnyPage], name: str, arg: str = "") -> AnyPage:
        self.shell.go(name, arg)
        self.settle()
        page = self.desk.page
        assert isinstance(page, kind)
        return page

    def visit(self, visit: str) -> VisitPage:
        return self.go(VisitPage, "visit", visit)

    def finish(self, visit: str) -> FinishPage:
        return self.go(FinishPage, "finish", visit)

    def signed(self, visit: str) -> SignedVisitPage:
        return self.go(SignedVisitPage, "signed", visit)

    def recovery(self, visit: str = "") -> RecoveryPage:
        return self.go(RecoveryPage, "recovery", visit)

    def start(self) -> str:
        return self.services.drafting.start(self.family).visit

    def person(self, role: Role) -> Person:
        people = self.services.families.brief(self.family).people
        return next(person for person in people if person.details.role is role)

    def find(self, kind: type[Widget], name: str) -> Widget:
        found = self.desk.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)

    def focus(self) -> str:
        """The name of what has the keyboard."""
        focused = self.desk.window().focusWidget()
        return focused.objectName() if focused else ""

    def type(self, text: str) -> None:
        focused = self.desk.window().focusWidget()
        assert focused is not None
        self.qtbot.keyClicks(focused, text)

    def saved(self, check: Callable[[Services], bool]) -> None:
        """Wait until the draft on the disk is as it should be; the store is only asked when no job runs."""
        self.qtbot.waitUntil(lambda: self.shell.bridge.is_idle and check(self.services))


@pytest.fixture
def room(qtbot: QtBot, desks: Desks, clock: ManualClock) -> Iterator[Room]:
    bridge = Bridge(InlineLane(), InlineLane())
    services = desks.practitioner
    shell = Shell(services=services, bridge=bridge, clock=clock, desk=Desk.PRACTITIONER, shortcuts=Shortcuts())
    desk = DeskView(shell, visit_specs())
    qtbot.addWidget(desk)
    desk.resize(1366, 768)
    desk.show()
    desk.activateWindow()
    qtbot.waitExposed(desk)
    family = add_family(services)
    yield Room(qtbot, desk, shell, services, desks.supervisor, clock, family)
    qtbot.waitUntil(lambda: bridge.is_idle)
    bridge.shutdown()
