"""The first quarter of an hour of somebody new, by keys alone: an empty laptop, a family, a signed visit."""

from __future__ import annotations

import time
from pathlib import Path

from tests.journey.chapters.steps import enter_recovery_groups
from tests.journey.robot import Robot, Script

WORDS = "violet kettle harbour seventeen spoons"
MOST_SECONDS = 60.0


def first_signed_visit(robot: Robot, _: Path) -> Script:
    """From nothing to a signature."""
    begun = time.monotonic()
    yield from _first_run(robot)
    yield from _add_family(robot)
    yield from _visit(robot)
    yield from _sign(robot)
    taken = time.monotonic() - begun
    robot.say(f"signed after {taken:.0f} s")
    if taken > MOST_SECONDS:
        raise AssertionError(f"the first signed visit took {taken:.0f} s of a robot")


def _first_run(robot: Robot) -> Script:
    robot.say("says who she is")
    yield from robot.focused("first_run.name")
    yield from robot.type("Nia Newcomer")
    yield from robot.tab_to("first_run.desk", most=1)
    yield from robot.press("1")
    yield from robot.tab_to("first_run.next")
    yield from robot.press("Return")
    robot.say("chooses a passphrase")
    yield from robot.focused("first_run.passphrase.line")
    yield from robot.type(WORDS)
    yield from robot.tab_to("first_run.repeated.line", most=3)
    yield from robot.type(WORDS)
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.labelled("Recovery code:") is not None, "the recovery code")
    yield from enter_recovery_groups(robot, by_keys=True)
    yield from robot.press("Return")
    yield from robot.focused("first_run.next")
    yield from robot.press("Return")


def _add_family(robot: Robot) -> Script:
    robot.say("adds a family")
    yield from robot.focused("today.first.add_family")
    yield from robot.press("Return")
    yield from robot.focused("new_family.family.name")
    yield from robot.type("Example")
    for role, name in (("child", "Robin"), ("mother", "Ada")):
        yield from robot.tab_to(f"new_family.add.{role}")
        yield from robot.press("Return")
        yield from robot.focused("*.name")
        yield from robot.type(name)
    yield from robot.shot("new-family")
    yield from robot.tab_to("new_family.enter")
    yield from robot.press("Return")
    yield from robot.focused("family.start_visit")


def _visit(robot: Robot) -> Script:
    robot.say("starts a visit with two keys and writes")
    yield from robot.press("Ctrl+N")
    yield from robot.focused("family.start.kind")
    yield from robot.press("Return")
    yield from robot.focused("visit.note.facts")
    for section in ("facts", "parents-view", "baby", "analysis", "plan"):
        yield from robot.tab_to(f"visit.note.{section}", most=1)
        yield from robot.type(f"Words on {section}.")
    yield from robot.tab_to("visit.steps.list", keys="F6", most=4)
    yield from robot.choose_row("Who was present")
    yield from robot.focused("visit.present.seen")
    yield from robot.press("1")
    yield from robot.tab_to("visit.present.awake", most=1)
    yield from robot.press("1")
    yield from robot.tab_to("=Ada", most=1)
    yield from robot.press("Space")


def _sign(robot: Robot) -> Script:
    robot.say("leaves out with a reason what was not asked, and signs")
    yield from robot.press("Ctrl+Return")
    yield from robot.until(lambda: robot.find("finish.sign") is not None, "Finish")
    yield from robot.press("Ctrl+Return")
    yield from robot.focused("finish.gap")
    yield from robot.tab_to("*.leave", most=1)
    yield from robot.press("Return")
    yield from robot.focused("*.reason")
    yield from robot.type("Next time.")
    yield from robot.press("Return")
    yield from robot.focused("*.leave")
    yield from robot.shot("left-out")
    yield from robot.press("Ctrl+Return")
    yield from robot.until(lambda: robot.find("signed.state") is not None, "the signed visit")
    yield from robot.shot("signed")
