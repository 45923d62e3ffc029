"""The practitioner's chapters: a visit from unlocking to signing, sending it, and reading what came back."""

from __future__ import annotations

from pathlib import Path

from tests.journey.chapters.steps import (
    COMMENTED,
    FAMILY,
    PRACTITIONER_PASSPHRASE,
    add_card,
    go,
    receive,
    save_card,
    send_everything,
    unlock,
)
from tests.journey.robot import Robot, Script


def visit(robot: Robot, _: Path) -> Script:
    """A practitioner unlocks, visits a family, and signs the note."""
    robot.say("unlocks")
    yield from unlock(robot, PRACTITIONER_PASSPHRASE)
    yield from robot.until(lambda: robot.find("today.due.list") is not None, "Today")
    yield from robot.shot("today")
    yield from _find_family(robot)
    yield from _write_note(robot)
    yield from _who_was_there(robot)
    yield from _talk(robot)
    yield from _watch(robot)
    yield from _cover(robot)
    yield from _sign(robot)


def send(robot: Robot, work: Path) -> Script:
    """The practitioner exchanges cards with the supervisor and sends the visit."""
    robot.say("unlocks")
    yield from unlock(robot, PRACTITIONER_PASSPHRASE)
    yield from save_card(robot, work / "ruth.card")
    yield from add_card(robot, work / "sal.card")
    yield from send_everything(robot, work / "to-supervisor")


def returned(robot: Robot, work: Path) -> Script:
    """The practitioner takes the review in and finds the comment on the very words."""
    robot.say("unlocks")
    yield from unlock(robot, PRACTITIONER_PASSPHRASE)
    yield from receive(robot, work / "to-practitioner")
    robot.say("opens the visit that was sent back")
    yield from go(robot, "today")
    yield from robot.click_row("today.attention.list", FAMILY)
    yield from robot.until(lambda: robot.find("signed.comment.1") is not None, "the supervisor's comment")
    yield from robot.see("Well seen. How long did she keep looking?")
    yield from robot.see("Sent back")
    yield from robot.shot("comment-on-the-passage")


def _find_family(robot: Robot) -> Script:
    robot.say("finds the family by typing the beginning of its name")
    yield from go(robot, "families")
    yield from robot.shot("families")
    yield from robot.write("families.words", FAMILY[:4])
    yield from robot.see("1 family found")
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("family") is not None, "the family")
    yield from robot.shot("family")
    robot.say("starts a visit; the contact that is due is chosen already")
    yield from robot.click("family.start_visit")
    yield from robot.until(lambda: robot.find("family.start.start") is not None, "the kind of contact to choose")
    yield from robot.shot("start-a-visit")
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("visit.note.facts") is not None, "the visit")


def _write_note(robot: Robot) -> Script:
    robot.say("writes the note; every word is kept as it is typed")
    yield from robot.write("visit.note.facts", "At home, in the living room. ")
    yield from robot.press("Ctrl+T")
    yield from robot.type(COMMENTED + " and looked for a while.")
    yield from robot.write("visit.note.parents-view", "Mother: she knows me already.")
    yield from robot.write("visit.note.baby", "Warm, held, listened to; a little tired.")
    yield from robot.write("visit.note.analysis", "A calm start. Feeding is settling.")
    yield from robot.see("Saved")
    yield from robot.shot("note")


def _who_was_there(robot: Robot) -> Script:
    robot.say("says who was present, whether the baby was seen and awake, the mother alone")
    yield from robot.click_row("visit.steps.list", "Who was present")
    yield from robot.click_label("Danielle Finch, mother")
    yield from robot.click_label("Danielle Finch seen alone: Yes")
    yield from robot.click_label("Skye Finch seen: Yes")
    yield from robot.click_label("Skye Finch awake: Yes")
    yield from robot.shot("who-was-present")


def _talk(robot: Robot) -> Script:
    robot.say("has the three-step conversation with the mother, in her own words")
    yield from robot.click_row("visit.prompts.list", "Three-step conversation")
    yield from robot.click("*step1.consent.control.1")
    yield from robot.write("*step1.q1.words.control.text", "Tired, close, learning.")
    yield from robot.write("*step1.q2.words.control.text", "When she grabs my finger in the bath.")
    yield from robot.write("*step1.q3.words.control.text", "That I will not hear her at night.")
    yield from robot.shot("three-questions")
    robot.say("writes down a strength first, then what follows")
    yield from robot.click("prompts.next")
    yield from robot.write("*step2.strength.what.control.text", "Danielle notices what Skye looks at.")
    yield from robot.write("*step2.strength.evidence.control.text", "Her answer to question 2.")
    yield from robot.shot("strengths")
    yield from robot.click("prompts.next")
    yield from robot.click_label("What follows from this conversation?: No further support needed")
    yield from robot.shot("step-three")
    yield from robot.click("visit.prompts.back")


def _watch(robot: Robot) -> Script:
    robot.say("watches mother and baby; the two minutes run beside")
    yield from robot.click_row("visit.prompts.list", "2-minute observation")
    yield from robot.click("prompts.timer.start")
    yield from robot.click("*obs.lines.control.text")
    yield from robot.press("Ctrl+T")
    yield from robot.type("Skye looks up, Danielle stops talking and smiles.")
    yield from robot.shot("two-minute-observation")
    yield from robot.click("visit.prompts.back")


def _cover(robot: Robot) -> Script:
    robot.say("covers the screen when somebody comes in, and uncovers it")
    yield from robot.press("F12")
    yield from robot.until(lambda: robot.find("cover") is not None, "the cover")
    yield from robot.shot("covered")
    yield from robot.press("F12")
    yield from robot.until(lambda: robot.find("cover") is None, "the visit again")


def _sign(robot: Robot) -> Script:
    robot.say("reads what will be signed, and signs")
    yield from robot.press("Ctrl+Return")
    yield from robot.until(lambda: robot.find("finish.sign") is not None, "Finish")
    yield from robot.shot("finish")
    robot.say("leaves the plan open, with the reason")
    yield from robot.click_label("Leave out")
    yield from robot.write("*.reason", "To be made with the feeding team on Friday.")
    yield from robot.press("Return")
    yield from robot.until(lambda: _enabled(robot, "finish.sign"), "the signature to be possible")
    yield from robot.shot("ready-to-sign")
    yield from robot.press("Ctrl+Return")
    yield from robot.until(lambda: robot.find("signed.state") is not None, "the signed visit")
    yield from robot.shot("signed")


def _enabled(robot: Robot, name: str) -> bool:
    found = robot.find(name)
    return found is not None and found.isEnabled()
