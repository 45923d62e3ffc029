"""A sitting at the real window: the screens of one home, each reached as a person would and then photographed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from homevisit.paths import Home
from homevisit.settings import Settings, save
from tests.journey.robot import Robot, Script, Wait
from tests.screens_parts.facts import Facts
from ui.main import start
from ui.session import Session, later
from ui.tokens import Mode

Size = tuple[int, int]
USUAL, NARROW, TWICE = (1366, 768), (900, 700), (2732, 1536)
SETTLED_S = 0.09
FAULT = "Something went wrong inside Homevisit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One way of looking at the program, chosen before it starts.

    ``window`` is the size in which one goes from screen to screen, ``pictures`` are names of files with their sizes
    (``main`` those that only a main screen has): at 200 % one walks in a window twice as large, where nothing is folded
    away, and pictures are taken in one of the usual size.
    """

    mode: Mode = Mode.LIGHT
    scale: int = 100
    window: Size = USUAL
    pictures: tuple[tuple[str, Size], ...] = ()
    main: tuple[tuple[str, Size], ...] = ()


LOOKS = {
    "light": Look(pictures=(("light", USUAL),), main=(("narrow", NARROW),)),
    "dark": Look(mode=Mode.DARK, pictures=(("dark", USUAL),)),
    "contrast": Look(mode=Mode.CONTRAST, pictures=(("contrast", USUAL),)),
    "large": Look(scale=200, window=TWICE, main=(("large", USUAL),)),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen and how to get there; without a name it is only walked through.

    ``is_main`` also has it in a narrow window and with large text.
    """

    name: str
    reach: Callable[[Stage], Script]
    is_main: bool = False
    is_shown: bool = True

    def pictures(self, look: Look) -> tuple[tuple[str, Size], ...]:
        if not (self.is_shown and self.name):
            return ()
        return look.main + look.pictures if self.is_main else look.pictures


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
    """Plays sittings in one look and keeps PNGs; ``faults`` says what went wrong, by the screen's name."""

    def __init__(self, app: QApplication, out: Path, look: Look) -> None:
        self._app = app
        self._out = out
        self._look = look
        self.taken = 0
        self.faults: list[str] = []
        self._now = ""
        app.setCursorFlashTime(0)  # a blinking cursor would be in some pictures only

    def play(self, home: Home, screens: Iterable[Screen], facts: Facts) -> None:
        """Start the program on a home, go from screen to screen, and end it."""
        save(home.settings, Settings(theme=self._look.mode.value, text_scale=self._look.scale, sync_by_itself=False))
        session = start(self._app, home)
        session.window.resize(*self._look.window)
        session.window.show()
        session._parts.crash.happened.connect(lambda kind: self.faults.append(f"{self._now}: {kind}"))
        later(session.warm_up)
        robot = Robot(session.window, self._out, chapter="screens")
        robot.start(self._script(Stage(session, robot, facts), screens))
        self._app.exec()
        session.take_down()
        if robot.failure or not robot.is_done:
            self.faults.append(f"{self._now}: {robot.failure or 'the program ended before its pictures were taken'}")

    def _script(self, stage: Stage, screens: Iterable[Screen]) -> Script:
        for screen in screens:
            self._now = screen.name
            yield from screen.reach(stage)
            yield from stage.quiet()
            if stage.robot.reads(FAULT):
                self.faults.append(f"{screen.name}: shows the fault notice")
            for name, size in screen.pictures(self._look):
                yield from self._picture(stage, f"{screen.name}.{name}.png", size)
            yield from _resized(stage, self._look.window)

    def _picture(self, stage: Stage, name: str, size: Size) -> Script:
        yield from _resized(stage, size)
        stage.session.window.grab().save(str(self._out / name))
        self.taken += 1


def _resized(stage: Stage, size: Size) -> Script:
    window = stage.session.window
    if (window.width(), window.height()) != size:
        window.resize(*size)
        yield from stage.quiet()


def _after(seconds: float) -> Wait:
    until = time.monotonic() + seconds
    return (lambda: time.monotonic() >= until), "the window to settle"
