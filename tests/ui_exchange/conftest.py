"""Two real desks with their Send & receive pages; files are answered without a dialog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.jobs import InlineLane
from homevisit.settings import Settings
from tests.desks import Desks, add_family, open_desks, whole_draft
from ui.bridge import Bridge
from ui.preferences import Preferences
from ui.presenters.cards import CardsPresenter
from ui.presenters.exchange import ExchangePresenter
from ui.presenters.exchange_who import WhoPresenter
from ui.presenters.places import PlacesPresenter
from ui.shell import Shell
from ui.shortcuts import Shortcuts
from ui.theme import Theme, apply
from ui.views.exchange import ExchangePage, Presenters
from ui.views.exchange_files import Chosen, Several


@dataclass
class Answers:
    """A FileChooser that is told beforehand what will be chosen."""

    folder_to: Path = Path()
    files_to: list[Path] = field(default_factory=list)
    file_to: Path = Path()

    asked: list[str] = field(default_factory=list)

    def folder(self, title: str, start: str, chosen: Chosen) -> None:
        self.asked += [title, start]
        chosen(self.folder_to)

    def files(self, title: str, kinds: str, chosen: Several) -> None:
        self.asked += [title, kinds]
        chosen(self.files_to)

    def new_file(self, title: str, name: str, chosen: Chosen) -> None:
        self.asked += [title, name]
        chosen(self.file_to)


@dataclass(frozen=True)
class Screen:
    """A page on a real store."""

    page: ExchangePage
    presenter: ExchangePresenter
    cards: CardsPresenter
    places: PlacesPresenter
    who: WhoPresenter
    shell: Shell
    preferences: Preferences
    files: Answers
    services: Services


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    apply(qapp, Theme())


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    opened = open_desks(tmp_path)
    (tmp_path / "stick").mkdir()
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def visit(desks: Desks) -> str:
    """A signed visit at the practitioner's desk."""
    draft = whole_draft(desks.practitioner, add_family(desks.practitioner))
    desks.practitioner.signing.sign(draft)
    return draft


def screen_of(services: Services, qtbot: QtBot) -> Screen:
    shell = Shell(
        services=services,
        bridge=Bridge(InlineLane(), InlineLane()),
        clock=SystemClock(),
        desk=services.cards.mine().card.role,
        shortcuts=Shortcuts(),
    )
    parts, files = Presenters.of(shell), Answers()
    preferences = Preferences(services.home, Settings(), shell.bridge)
    page = ExchangePage(shell, parts, preferences=preferences, files=files)
    shell.changed.connect(page.refresh)  # as the desk does
    qtbot.addWidget(page)
    page.resize(1160, 720)
    page.show()
    page.arrive("")
    qtbot.waitUntil(lambda: shell.bridge.is_idle)
    return Screen(page, parts.exchange, parts.cards, parts.places, parts.who, shell, preferences, files, services)


@pytest.fixture
def sender(desks: Desks, visit: str, qtbot: QtBot) -> Screen:
    """The practitioner's page, with one visit to send."""
    assert visit
    return screen_of(desks.practitioner, qtbot)


@pytest.fixture
def receiver(desks: Desks, qtbot: QtBot) -> Screen:
    """The supervisor's page."""
    return screen_of(desks.supervisor, qtbot)
