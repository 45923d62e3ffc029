"""Two laptops and a folder that both reach: after one agreement, Ctrl+S is all that sending and receiving takes."""

from __future__ import annotations

from pathlib import Path

from tests.desks import PASSPHRASE
from tests.journey.chapters.steps import go, unlock_by_keys
from tests.journey.robot import Robot, Script


def practitioner(robot: Robot, work: Path) -> Script:
    """Names the folder, agrees to who gets what, sends; closing asks nothing when everything was sent."""
    yield from unlock_by_keys(robot, PASSPHRASE)
    yield from _name_folder(robot, work / "shared")
    robot.say("sees who would get what; nothing has left yet")
    yield from robot.see("Nothing goes to anybody by itself before you have agreed to it here.")
    _expect(not list((work / "shared").iterdir()), "something left before it was agreed to")
    yield from robot.click_label("Agree")
    yield from robot.see("What is for Sal Supervisor goes by itself from now on.")
    yield from robot.press("Ctrl+S")
    yield from robot.until(lambda: bool(list((work / "shared").glob("*.age"))), "a package in the folder")
    yield from robot.see("Everything sent")
    yield from robot.shot("sent")


def supervisor(robot: Robot, work: Path) -> Script:
    """Names the same folder and finds the visit in the queue."""
    yield from unlock_by_keys(robot, PASSPHRASE)
    yield from _name_folder(robot, work / "shared")
    yield from robot.press("Ctrl+S")
    yield from robot.see("eceived 1 package")
    yield from robot.shot("received")
    yield from go(robot, "review")
    yield from robot.until(lambda: robot.lists("Finch"), "the visit in the queue")
    robot.say("closes; what is left is offered to be sent, and closing again closes")


def _name_folder(robot: Robot, folder: Path) -> Script:
    robot.say("names the folder that both laptops reach")
    folder.mkdir(exist_ok=True)
    yield from go(robot, "exchange")
    yield from robot.click("places.add")
    yield from robot.focused("places.folder.path")
    yield from robot.type(str(folder))
    yield from robot.press("Return")
    yield from robot.see("“shared” was added.")


def _expect(fact: bool, otherwise: str) -> None:
    if not fact:
        raise AssertionError(otherwise)
