"""Two laptops and a folder that both reach, by keys alone: a visit goes, is reviewed, and the review comes back."""

from __future__ import annotations

from pathlib import Path

from tests.desks import PASSPHRASE
from tests.journey.chapters.steps import unlock_by_keys
from tests.journey.robot import Robot, Script


def practitioner(robot: Robot, work: Path) -> Script:
    """Names the folder, agrees to who gets what, sends; closing asks nothing when everything was sent."""
    yield from unlock_by_keys(robot, PASSPHRASE)
    yield from _name_folder(robot, work / "shared")
    robot.say("sees who would get what; nothing has left yet")
    yield from robot.see("Nothing goes to anybody by itself before you have agreed to it here.")
    _expect(not list((work / "shared").iterdir()), "something left before it was agreed to")
    yield from robot.tab_to("=Agree")
    yield from robot.press("Space")
    yield from robot.see("What is for Sal Supervisor goes by itself from now on.")
    yield from robot.press("Ctrl+S")
    yield from robot.until(lambda: bool(list((work / "shared").glob("*.age"))), "a package in the folder")
    yield from robot.see("Everything sent")
    yield from robot.shot("sent")


def supervisor(robot: Robot, work: Path) -> Script:
    """Names the same folder, finds the visit in the queue, reviews it and sends the review."""
    yield from unlock_by_keys(robot, PASSPHRASE)
    yield from _name_folder(robot, work / "shared")
    yield from robot.press("Ctrl+S")
    yield from robot.see("eceived 1 package")
    yield from robot.shot("received")
    robot.say("goes to the queue, reads the visit and decides")
    yield from _go_to(robot, "Review")
    yield from robot.until(lambda: robot.lists("Finch"), "the visit in the queue")
    yield from robot.tab_to("review.queue")
    yield from robot.choose_row("Finch")
    yield from robot.press("A")
    yield from robot.press("Space")
    yield from robot.tab_to("review.sign")
    yield from robot.press("Space")
    yield from robot.until(lambda: robot.find("review.signed") is not None, "the signed review")
    robot.say("agrees that reviews go to whoever wrote the visit, and sends")
    yield from _go_to(robot, "Send")
    yield from robot.see("Wrote visits that you reviewed: gets your reviews.")
    yield from robot.tab_to("=Agree")
    yield from robot.press("Space")
    yield from robot.see("goes by itself from now on.")
    yield from robot.press("Ctrl+S")
    yield from robot.see("Sent 1 package")
    yield from robot.see("Everything sent")


def practitioner_again(robot: Robot, work: Path) -> Script:
    """The review has come back to whoever wrote the visit."""
    del work
    yield from unlock_by_keys(robot, PASSPHRASE)
    yield from _go_to(robot, "Send")
    yield from robot.press("Ctrl+S")
    yield from robot.see("Everything sent")
    yield from _go_to(robot, "Finch")
    yield from robot.until(lambda: robot.lists("Reviewed"), "the visit as reviewed in the timeline")
    yield from robot.shot("reviewed")


def _name_folder(robot: Robot, folder: Path) -> Script:
    robot.say("names the folder that both laptops reach")
    folder.mkdir(exist_ok=True)
    yield from _go_to(robot, "Send")
    yield from robot.until(lambda: robot.find("places.add") is not None, "the places")
    yield from robot.tab_to("places.add")
    yield from robot.press("Space")
    yield from robot.focused("places.folder.path")
    yield from robot.type(str(folder))
    yield from robot.press("Return")
    yield from robot.see("“shared” was added.")


def _go_to(robot: Robot, words: str) -> Script:
    yield from robot.press("Ctrl+K")
    yield from robot.focused("go_to.text")
    yield from robot.type(words)
    yield from robot.until(lambda: robot.lists(words), f"{words} among the places found")
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("go_to.text") is None, "the sheet to close")


def _expect(fact: bool, otherwise: str) -> None:
    if not fact:
        raise AssertionError(otherwise)
