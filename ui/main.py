"""Starts the window. Nothing slow is imported before the first paint: services come when a store is opened."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from homevisit import settings as stored
from homevisit.clock import SystemClock
from homevisit.hardening import harden
from homevisit.jobs import LooseLane, ThreadLane
from homevisit.paths import Home, default_home
from homevisit.services import homes
from ui.bridge import Bridge
from ui.crash import CrashPath
from ui.entry import Entry
from ui.native_faults import NativeFaults
from ui.navigation import Place
from ui.preferences import Preferences
from ui.relaunch import RETURN_OPTION, relaunch
from ui.session import Parts, Session, later
from ui.shortcuts import Shortcuts
from ui.steadiness import keep_steady
from ui.theme import apply
from ui.window import MainWindow


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; gives the exit status."""
    words = sys.argv[1:] if argv is None else argv
    harden()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Homevisit")
    app.setDesktopFileName("homevisit")
    named = _option(words, "--home")
    home = Home(Path(named).absolute()) if named else default_home()
    faults = NativeFaults(home.logs)
    faults.begin()
    session = start(app, home, Place.from_text(_option(words, RETURN_OPTION)))
    session.window.show()
    later(session.warm_up)
    keep_steady(session.bridge, session.window)
    status = app.exec()
    session.take_down()
    faults.end()
    return status


def start(app: QApplication, home: Home, place: Place | None = None) -> Session:
    """Build everything up to the entry screen; tests and commands call it with a home of their own."""
    settings = stored.load(home.settings)
    bridge = Bridge(ThreadLane("writer"), ThreadLane("worker"), LooseLane("exchange"))
    preferences = Preferences(home, settings, bridge)
    apply(app, preferences.theme)
    shortcuts = Shortcuts(settings.shortcuts)
    clock = SystemClock()
    window = MainWindow(preferences, shortcuts)
    preferences.setParent(window)
    crash = CrashPath(home, window)
    crash.install()
    parts = Parts(
        window=window,
        entry=Entry(window, home, homes, bridge, clock),
        bridge=bridge,
        preferences=preferences,
        shortcuts=shortcuts,
        clock=clock,
        crash=crash,
        relaunch=relaunch,
        place=place,
    )
    session = Session(parts)
    session.start()
    return session


def _option(argv: Sequence[str], name: str) -> str:
    """The value of an option; argparse would cost 15 ms, and ``homevisit`` has refused anything unknown already."""
    value = ""
    words = iter(argv)
    for word in words:
        given, has_value, after = word.partition("=")
        if given == name:
            value = after if has_value else next(words, "")
    return value


if __name__ == "__main__":
    sys.exit(main())
