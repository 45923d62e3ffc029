"""A look, a bridge and small homes for the tests of the shell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.jobs import InlineLane, LooseLane, ThreadLane
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.settings import Settings
from homevisit.storage.homes import Profile
from homevisit.storage.keys import Cost
from ui import theme
from ui.bridge import Bridge
from ui.crash import CrashPath
from ui.entry import Entry
from ui.navigation import Place
from ui.preferences import Preferences
from ui.session import Parts, Session
from ui.shortcuts import Shortcuts
from ui.theme import Theme
from ui.window import MainWindow

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1, allow_weak=True)
PASSPHRASE = "four plain test words"


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Theme:
    chosen = Theme()
    theme.apply(qapp, chosen)
    return chosen


@pytest.fixture(params=["inline", "thread"])
def any_bridge(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Bridge]:
    """The same behaviour on both kinds of lane."""
    assert qapp
    lanes = (InlineLane(), InlineLane()) if request.param == "inline" else (ThreadLane("writer"), ThreadLane("worker"))
    bridge = Bridge(*lanes)
    yield bridge
    bridge.shutdown()


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    assert qapp
    made = Bridge(ThreadLane("writer"), ThreadLane("worker"), LooseLane("exchange"))
    yield made
    made.shutdown()


class CheapHomes:
    """The real services with a key that costs nothing to derive."""

    state = staticmethod(homes.state)
    unlock = staticmethod(homes.unlock)
    joining = staticmethod(homes.joining)
    confirm_recovery = staticmethod(homes.confirm_recovery)
    can_organisation_help = staticmethod(homes.can_organisation_help)
    hand_out_code = staticmethod(homes.hand_out_code)
    set_aside = staticmethod(homes.set_aside)
    strength = staticmethod(homes.strength)
    suggest_passphrase = staticmethod(homes.suggest_passphrase)

    @staticmethod
    def create(home: Home, profile: Profile, passphrase: str, *, clock: SystemClock) -> homes.Created:
        return homes.create(home, profile, passphrase, clock=clock, cost=CHEAP)


class Relaunches:
    """Notes where the program would have come back to."""

    def __init__(self) -> None:
        self.places: list[Place | None] = []

    def __call__(self, place: Place | None) -> None:
        self.places.append(place)


@pytest.fixture
def relaunches() -> Relaunches:
    return Relaunches()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return Home(tmp_path / "Homevisit")


@pytest.fixture
def made_home(home: Home) -> Home:
    """A home with the store of a practitioner."""
    homes.create(
        home,
        Profile(name="Jo Example", role=Desk.PRACTITIONER, title="", registration="", organisation=""),
        PASSPHRASE,
        clock=SystemClock(),
        cost=CHEAP,
    ).services.close()
    return home


StartSession = Callable[[Home], Session]


@pytest.fixture
def start_session(qtbot: QtBot, bridge: Bridge, relaunches: Relaunches) -> Iterator[StartSession]:
    """Starts the real window on a home, with a relaunch that only notes what it was asked."""
    started: list[Session] = []

    def start(home: Home) -> Session:
        preferences = Preferences(home, Settings(lock_after=5), bridge)
        shortcuts = Shortcuts()
        window = MainWindow(preferences, shortcuts)
        qtbot.addWidget(window, before_close_func=lambda shown: shown.remember_place())
        preferences.setParent(window)
        entry = Entry(window, home, CheapHomes(), bridge, SystemClock())
        session = Session(
            Parts(
                window=window,
                entry=entry,
                bridge=bridge,
                preferences=preferences,
                shortcuts=shortcuts,
                clock=SystemClock(),
                crash=CrashPath(home, window),
                relaunch=relaunches,
            )
        )
        session.start()
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        started.append(session)
        return session

    yield start
    for session in started:
        session.end()


OpenDesk = Callable[[], Session]


@pytest.fixture
def open_desk(start_session: StartSession, made_home: Home, qtbot: QtBot) -> OpenDesk:
    """A session at its desk, unlocked as a person would."""

    def open_it() -> Session:
        session = start_session(made_home)
        qtbot.keyClicks(session.window.focusWidget(), PASSPHRASE)
        qtbot.keyClick(session.window.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: session.window.desk is not None)
        qtbot.waitUntil(lambda: session.bridge.is_idle)
        return session

    return open_it
