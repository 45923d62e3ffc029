"""The practitioner's main job with the keyboard alone: no step here uses the pointer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.desks import PASSPHRASE
from tests.journey.chapters.steps import type_path
from tests.journey.robot import Robot, Script


def visit(robot: Robot, work: Path) -> Script:
    """From unlocking to a sealed package, by keys."""
    yield from _unlock(robot)
    yield from _go_about(robot)
    yield from _start(robot)
    yield from _note(robot)
    yield from _present(robot)
    yield from _prompts(robot)
    yield from _sign(robot)
    yield from _send(robot, work)


def _unlock(robot: Robot) -> Script:
    yield from robot.focused("unlock.secret.line")
    yield from robot.type(PASSPHRASE)
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("today") is not None, "Today")


def _go_about(robot: Robot) -> Script:
    robot.say("goes about with Ctrl+K, Ctrl+Shift+F and Alt+Left; sets the text size")
    yield from robot.press("Ctrl+Shift+F")
    yield from robot.focused("search.words")
    yield from robot.type("baby")
    yield from robot.press("Alt+Left")
    yield from robot.until(lambda: robot.find("today") is not None, "Today again")
    before = QApplication.font().pixelSize(), QApplication.font().pointSize()
    yield from robot.press("Ctrl+Plus")
    yield from robot.press("Ctrl+Minus")
    yield from robot.press("Ctrl+0")
    yield from robot.until(
        lambda: before == (QApplication.font().pixelSize(), QApplication.font().pointSize()), "the usual text size"
    )
    yield from robot.press("Ctrl+K")
    yield from robot.focused("go_to.text")
    yield from robot.press("Escape")
    yield from robot.until(lambda: robot.find("go_to.text") is None, "the sheet to close")
    yield from robot.press("Ctrl+K")
    yield from robot.focused("go_to.text")
    yield from robot.type("fam")
    yield from robot.press("Return")
    yield from robot.focused("families.words")


def _start(robot: Robot) -> Script:
    robot.say("finds the family and starts a visit")
    yield from robot.type("Exam")
    yield from robot.see("1 family found")
    yield from robot.press("Return")
    yield from robot.focused("family.start_visit")
    yield from robot.press("Return")
    yield from robot.focused("family.start.kind")
    yield from robot.press("Escape")
    yield from robot.focused("family.start_visit")
    yield from robot.press("Alt+Left")
    yield from robot.focused("families.words")
    yield from robot.press("Down")
    yield from robot.focused("families.table")
    yield from robot.press("Ctrl+N")
    yield from robot.focused("family.start.kind")
    yield from robot.press("Return")
    yield from robot.focused("visit.note.facts")


def _note(robot: Robot) -> Script:
    robot.say("writes the note, going from section to section with Tab")
    yield from robot.type("At home. ")
    yield from robot.press("Ctrl+T")
    yield from robot.type("Looks up and smiles.")
    for section in ("parents-view", "baby", "analysis", "plan"):
        yield from robot.tab_to(f"visit.note.{section}", most=1)
        yield from robot.type(f"Words on {section}.")
    yield from robot.press("Ctrl+S")
    yield from robot.see("There is never anything to save by hand.")
    yield from robot.focused("visit.note.plan")
    yield from robot.shot("note")


def _present(robot: Robot) -> Script:
    robot.say("says who was present")
    yield from robot.tab_to("visit.steps.list", keys="F6", most=4)
    yield from robot.choose_row("Who was present")
    yield from robot.focused("visit.present.seen")
    yield from robot.press("Right")
    yield from robot.tab_to("visit.present.awake", most=1)
    yield from robot.press("1")
    yield from robot.tab_to("=Mother Example", most=1)
    yield from robot.press("Space")
    yield from robot.tab_to("visit.present.alone", most=1)
    yield from robot.press("Right")
    yield from robot.shot("present")


def _prompts(robot: Robot) -> Script:
    robot.say("has a conversation and goes back to the overview")
    yield from robot.tab_to("visit.prompts.list", keys="F6", most=4)
    yield from robot.choose_row("2-minute observation")
    yield from robot.tab_to("*obs.lines.control.text", most=12)
    yield from robot.press("Ctrl+T")
    yield from robot.type("Watches her face.")
    yield from robot.press("Escape")
    yield from robot.focused("visit.prompts.list")
    yield from robot.shot("prompts")


def _sign(robot: Robot) -> Script:
    robot.say("reads and signs")
    yield from robot.press("Ctrl+Return")
    yield from robot.until(lambda: robot.find("finish.sign") is not None, "Finish")
    yield from robot.shot("finish")
    yield from robot.press("Ctrl+Return")
    yield from robot.until(lambda: robot.find("signed.state") is not None, "the signed visit")
    yield from robot.shot("signed")


def _send(robot: Robot, work: Path) -> Script:
    robot.say("seals and sends")
    yield from robot.press("Ctrl+K")
    yield from robot.focused("go_to.text")
    yield from robot.type("send")
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("exchange.send.browse") is not None, "Send & receive")
    yield from robot.tab_to("exchange.send.browse")
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("files") is not None, "the file dialog")
    yield from robot.insist(
        lambda: type_path(robot, str(work)), lambda: robot.find("files") is None, "the file dialog to close"
    )
    yield from robot.return_to_window()
    yield from robot.focused("exchange.send.browse")
    yield from robot.tab_to("exchange.send.go")
    yield from robot.press("Return")
    yield from robot.until(lambda: bool(list(work.glob("*.age"))), "a sealed package")
    yield from robot.see("Everything sent")
    yield from robot.shot("sent")
