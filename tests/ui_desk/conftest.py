"""A practitioner's desk on a real store, shown in a real (offscreen) desk window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from homevisit.assembly import Services
from homevisit.clock import ManualClock
from homevisit.domain.card import Desk
from homevisit.domain.family import FamilyDetails, PersonDetails, Role
from homevisit.jobs import InlineLane
from homevisit.settings import Settings
from tests.desks import Desks, open_desks
from ui import theme
from ui.bridge import Bridge
from ui.desk import DeskView
from ui.pages import Page, PageSpec
from ui.preferences import Preferences
from ui.shell import Shell
from ui.shortcuts import Shortcuts
from ui.theme import Theme
from ui.unsent import UnsentCount
from ui.views.desk_pages import desk_specs, search_spec, settings_spec
from ui.views.library_pages import library_spec

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


@pytest.fixture
def services(desks: Desks) -> Services:
    return desks.practitioner


class BlankPage(Page):
    """Stands where another room's page would be, and remembers for what it was gone to."""

    arg = ""

    def arrive(self, arg: str) -> None:
        self.arg = arg


@dataclass(frozen=True, slots=True)
class Room:
    """The desk with what the tests do to it. ``settle`` waits until no job and no callback is outstanding."""

    qtbot: QtBot
    desk: DeskView
    shell: Shell
    preferences: Preferences
    services: Services
    clock: ManualClock

    @property
    def place(self) -> tuple[str, str]:
        here = self.desk.here
        return (here.page, here.arg) if here else ("", "")

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.shell.bridge.is_idle)
        with self.qtbot.waitCallback() as turned:  # a layout shows what was added to it at the next turn of the loop
            QTimer.singleShot(0, turned)

    def go(self, kind: type[AnyPage], name: str, arg: str = "") -> AnyPage:
        self.shell.go(name, arg)
        self.settle()
        page = self.desk.page
        assert isinstance(page, kind)
        return page

    def find(self, kind: type[Widget], name: str) -> Widget:
        found = self.desk.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def click(self, name: str) -> None:
        button = self.find(QWidget, name)
        assert button.isVisible(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, name: str, text: str) -> None:
        field = self.find(QWidget, name)
        field.setFocus()
        if text.isascii():
            self.qtbot.keyClicks(field, text)
        else:
            QApplication.clipboard().setText(text)
            self.qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.desk, key, modifier)
        self.settle()


@pytest.fixture
def room(qtbot: QtBot, services: Services, clock: ManualClock) -> Iterator[Room]:
    bridge = Bridge(InlineLane(), InlineLane())
    preferences = Preferences(services.home, Settings(theme="light"), bridge)
    shell = Shell(services=services, bridge=bridge, clock=clock, desk=Desk.PRACTITIONER, shortcuts=Shortcuts())
    others = tuple(PageSpec(name=name, make=lambda _: BlankPage(), in_home=True) for name in ("visit", "signed"))
    blank = (*others, PageSpec(name="exchange", make=lambda _: BlankPage()))
    desk = DeskView(
        shell, (*desk_specs(preferences), library_spec(), search_spec(), settings_spec(preferences), *blank)
    )
    qtbot.addWidget(desk)
    desk.resize(1180, 720)
    desk.show()
    qtbot.waitExposed(desk)
    desk.activateWindow()
    UnsentCount(shell, desk)
    made = Room(qtbot, desk, shell, preferences, services, clock)
    yield made
    made.settle()


def days_ago(count: int) -> str:
    """An ISO date before (or with a negative count after) the day of the tests."""
    return (NOON.date() - timedelta(days=count)).isoformat()


@pytest.fixture
def family(services: Services) -> str:
    """The Oseis: a premature baby of 47 days, two carers and a grandmother elsewhere."""
    return services.families.create(
        FamilyDetails(
            name="Osei", address="14 Canal Street", safety_note="Dog in the kitchen", worries="Broken nights"
        ),
        [
            PersonDetails(name="Kofi Osei", role=Role.CHILD, birth_date=days_ago(47), gestation_days=31 * 7 + 4),
            PersonDetails(name="Abena Osei", role=Role.MOTHER),
            PersonDetails(name="Kwame Wright", role=Role.FATHER),
            PersonDetails(name="Grace Osei", role=Role.OTHER, lives_here=False),
        ],
    )
