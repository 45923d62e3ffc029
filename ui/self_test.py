"""The self-test: the real window, unseen, unlocks a throw-away home, writes a visit by keys and clicks, signs it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.domain.family import FamilyDetails, PersonDetails, Role
from homevisit.paths import Home
from homevisit.services import homes
from ui.main import start
from ui.session import Session, later

if TYPE_CHECKING:
    from homevisit.assembly import Services

PASSPHRASE = "self test only, thrown away"  # noqa: S105 - of a home that lives for seconds
NOTE = "10:05 – Self-test: a visit that never took place."
REASON = "Self-test"
TICK_MS, PATIENCE_S = 20, 30.0
Step = tuple[str, Callable[[], bool]]


@dataclass(frozen=True, slots=True)
class Result:
    """The steps that were done, and the one that was not ("" if all were)."""

    steps: tuple[str, ...]
    failed: str = ""

    @property
    def passed(self) -> bool:
        return not self.failed


def run_self_test() -> Result:
    """Do every step once; whatever happens, the home is removed and no other is touched."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # never on anybody's screen
    with TemporaryDirectory(prefix="homevisit-self-test-") as folder:
        home = Home(Path(folder) / "home")
        family = _prepare(home)
        done, failed = _in_the_window(home, family)
        if not failed:
            failed = _look_again(home, family)
            done += () if failed else ("found it signed, and the store sound",)
    return Result(done, failed)


class Walk(QObject):
    """Takes one step after the other in the event loop of the window; each waits for its condition, within a limit."""

    def __init__(self, window: QWidget, steps: Generator[Step, None, None]) -> None:
        super().__init__(window)
        self._window = window
        self._steps = steps
        self._step: Step | None = None
        self._since = 0.0
        self.done: list[str] = []
        self.failed = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)

    def begin(self) -> None:
        self._timer.start(TICK_MS)

    def _on_tick(self) -> None:
        try:
            self._go_on()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the walk ends and says so instead of hanging
            self._end(f"go on: {type(fault).__name__}")

    def _go_on(self) -> None:
        if self._step is not None:
            what, is_so = self._step
            if not is_so():
                if time.monotonic() - self._since > PATIENCE_S:
                    self._end(what)
                return
            self.done.append(what)
        try:
            self._step = next(self._steps)
            self._since = time.monotonic()
        except StopIteration:
            self._end("")

    def _end(self, failed: str) -> None:
        self._timer.stop()
        self.failed = failed
        self._window.close()


def _in_the_window(home: Home, family: str) -> tuple[tuple[str, ...], str]:
    app = QApplication.instance() or QApplication(["homevisit"])
    session = start(app, home) if isinstance(app, QApplication) else None
    if session is None:
        return (), "start an application with a window"
    window = session.window
    window.resize(1366, 768)
    window.show()
    later(session.warm_up)
    walk = Walk(window, _steps(session, family))
    walk.begin()
    app.exec()
    done, failed = tuple(walk.done), walk.failed
    session.take_down()
    return done, failed


def _steps(session: Session, family: str) -> Generator[Step, None, None]:
    """What a person does. A step is named by what it has come to when its condition is so."""
    yield "opened the window", lambda: _there("unlock.secret.line")
    _type("unlock.secret.line", PASSPHRASE)
    _click("unlock.go")
    yield "unlocked the store", lambda: session.window.desk is not None and session.shell is not None
    if session.shell is not None:
        session.shell.go("family", family)
    yield "opened a family", lambda: _there("family.start_visit")
    _click("family.start_visit")
    yield "chose the kind of visit", lambda: _there("family.start.start")
    _click("family.start.start")
    yield "started a visit", lambda: _there("visit.note.facts")
    _type("visit.note.facts", NOTE)
    _click("visit.finish")
    yield "wrote a note and came to Finish", lambda: bool(_open_gaps())
    for name in _open_gaps():
        _click(f"{name}.leave")
        _type(f"{name}.reason", REASON)
        _click(f"{name}.done")
        yield f"said why {name.removeprefix('finish.gap.')} is left out", partial(_gone, f"{name}.done")
    yield "left nothing open", lambda: _enabled("finish.sign")
    _click("finish.sign")
    yield "signed the visit", lambda: _there("signed.state")


def _prepare(home: Home) -> str:
    """A home with one family that does not exist."""
    person = homes.profile("Self Test", Desk.PRACTITIONER)
    made = homes.create(home, person, PASSPHRASE, clock=SystemClock())
    try:
        people = [PersonDetails(name="Parent Selftest", role=Role.MOTHER)]
        return made.services.families.create(FamilyDetails(name="Selftest"), people)
    finally:
        made.services.close()


def _look_again(home: Home, family: str) -> str:
    """What is wrong with what stands in the store now, "" for nothing."""
    services = homes.unlock(home, PASSPHRASE, clock=SystemClock())
    try:
        return _fault(services, family)
    finally:
        services.close()


def _fault(services: Services, family: str) -> str:
    rows = services.families.timeline(family)
    if len(rows) != 1:
        return "find the signed visit again"
    if NOTE not in services.records.version(rows[0].head).note.values():
        return "find the note as it was typed"
    return "find the store sound" if services.upkeep.check() else ""


def _visible() -> Iterable[QWidget]:
    return (widget for widget in QApplication.allWidgets() if widget.isVisible())


def _find(name: str) -> QWidget | None:
    return next((widget for widget in _visible() if widget.objectName() == name), None)


def _there(name: str) -> bool:
    return _find(name) is not None


def _gone(name: str) -> bool:
    return _find(name) is None


def _enabled(name: str) -> bool:
    widget = _find(name)
    return widget is not None and widget.isEnabled()


def _open_gaps() -> list[str]:
    """The gaps that can be left out, by their object names."""
    return [
        widget.objectName().removesuffix(".leave")
        for widget in _visible()
        if widget.objectName().startswith("finish.gap.") and widget.objectName().endswith(".leave")
    ]


def _click(name: str) -> None:
    widget = _find(name)
    if widget is not None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def _type(name: str, text: str) -> None:
    widget = _find(name)
    if widget is not None:
        widget.setFocus()
        for character in text:  # QTest's own typing knows ASCII only
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character))
