"""A sitting at the real window: the screens of one home, each reached as a person would and then photographed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from homevisit.paths import Home
from tests.journey.robot import Robot, Script, Wait
from tests.screens_parts.facts import Facts
from ui.main import start
from ui.session import Session, later
from ui.theme import Theme, apply
from ui.tokens import Mode

USUAL, NARROW = (1366, 768), (900, 700)
SETTLED_S = 0.09
FAULT = "Something went wrong inside Homevisit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One way of looking at a screen; its name ends the name of the file."""

    name: str
    mode: Mode = Mode.LIGHT
    scale: int = 100
    size: tuple[int, int] = USUAL


THEMES = (Look(name="contrast", mode=Mode.CONTRAST), Look(name="dark", mode=Mode.DARK), Look(name="light"))
MORE = (Look(name="narrow", size=NARROW), Look(name="large", scale=200))
"""The plain one comes last: it is also the one in which people go on."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen and how to get there; ``is_main`` also has it in a narrow window and with large text."""

    name: str
    reach: Callable[[Stage], Script]
    is_main: bool = False
    is_shown: bool = True

    @property
    def looks(self) -> tuple[Look, ...]:
        if not self.is_shown:
            return ()
        return MORE + THEMES if self.is_main else THEMES


@dataclass(frozen=True, slots=True)
class Sitting:
    """The screens that are seen on one home, in this order."""

    home: str
    screens: tuple[Screen, ...]


class Stage:
    """What a way to a screen may use: the robot, the window, and what the homes were filled with."""

    def __init__(self, session: Session, robot: Robot, facts: Facts) -> None:
        self.session = session
        self.robot = robot
        self.facts = facts

    def go(self, page: str, arg: str = "") -> Script:
        """Go to a page of the desk, and wait until it has read what it shows."""
        self.session.window.activateWindow()
        self.session.window.go(page, arg)
        yield from self.quiet()
        yield from self.robot.until(lambda: self.robot.find(page) is not None, f"the page {page}")

    def quiet(self) -> Script:
        """Wait until no job runs and what it changed has been laid out."""
        yield (lambda: self.session.bridge.is_idle), "the store to be read"
        yield _after(SETTLED_S)


class Photographer:
    """Plays sittings and keeps a PNG of every screen; ``faults`` says what went wrong, by the screen's name."""

    def __init__(self, app: QApplication, out: Path) -> None:
        self._app = app
        self._out = out
        self.taken = 0
        self.faults: list[str] = []
        self._now = ""
        app.setCursorFlashTime(0)  # a blinking cursor would be in some pictures only

    def play(self, home: Home, screens: Iterable[Screen], facts: Facts) -> None:
        """Start the program on a home, go from screen to screen, and end it."""
        session = start(self._app, home)
        apply(self._app, Theme(Mode.LIGHT))
        session.window.resize(*USUAL)
        session.window.show()
        session._parts.crash.happened.connect(lambda kind: self.faults.append(f"{self._now}: {kind}"))
        later(session.warm_up)
        robot = Robot(session.window, self._out, chapter="screens")
        robot.start(self._script(Stage(session, robot, facts), screens))
        self._app.exec()
        session.end()
        session.window.deleteLater()
        if robot.failure:
            self.faults.append(f"{self._now}: {robot.failure}")

    def _script(self, stage: Stage, screens: Iterable[Screen]) -> Script:
        for screen in screens:
            self._now = screen.name
            yield from screen.reach(stage)
            yield from stage.quiet()
            if stage.robot.reads(FAULT):
                self.faults.append(f"{screen.name}: shows the fault notice")
            for look in screen.looks:
                yield from self._picture(stage, screen.name, look)

    def _picture(self, stage: Stage, name: str, look: Look) -> Script:
        yield from self._put_on(stage, look)
        stage.session.window.grab().save(str(self._out / f"{name}.{look.name}.png"))
        self.taken += 1

    def _put_on(self, stage: Stage, look: Look) -> Script:
        apply(self._app, Theme(look.mode, look.scale))
        stage.session.window.resize(*look.size)
        yield from stage.quiet()


def _after(seconds: float) -> Wait:
    until = time.monotonic() + seconds
    return (lambda: time.monotonic() >= until), "the window to settle"
