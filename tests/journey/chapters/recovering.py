"""A program that is killed in the middle of a visit, and what the next start says about it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.desks import PASSPHRASE
from tests.journey.chapters.steps import start_visit, unlock_by_keys
from tests.journey.robot import Robot, Script

FAMILY = "Example"
KEPT_WITHIN = 1.0
"""Seconds after which every word is promised to be safe."""
LEFT, TYPED = "As it was left. ", "Typed before the kill."


def killed(robot: Robot, _: Path) -> Script:
    """Write, leave the visit properly, write more; then the process is killed."""
    yield from unlock_by_keys(robot, PASSPHRASE)
    yield from start_visit(robot, FAMILY)
    yield from robot.type(LEFT)
    yield from robot.press("Alt+Left")
    yield from robot.until(lambda: robot.find("family") is not None, "the family again")
    yield from robot.tab_to("family.timeline.list")
    yield from robot.press("Home")
    yield from robot.press("Return")
    yield from robot.focused("visit.note.facts")
    yield from robot.press("Ctrl+End")
    yield from robot.type(TYPED)
    yield from robot.think(KEPT_WITHIN)
    os.kill(os.getpid(), signal.SIGKILL)


def recovered(robot: Robot, _: Path) -> Script:
    """The next start says what was recovered; both versions are compared, and the newer one is kept."""
    yield from unlock_by_keys(robot, PASSPHRASE)
    yield from robot.see(f"Recovered: visit to {FAMILY}")
    yield from robot.shot("recovered")
    yield from robot.tab_to("=Compare")
    yield from robot.press("Return")
    yield from robot.focused("recovery.keep")
    for words in ("Earlier, as it was left", TYPED):
        yield from robot.see(words)
    yield from robot.shot("compared")
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.text_of("visit.note.facts") == LEFT + TYPED, "the visit with both")
