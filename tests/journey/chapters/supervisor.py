"""The supervisor's chapters: starting on an empty laptop, and reviewing what was sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from tests.journey.chapters.steps import (
    COMMENTED,
    FAMILY,
    SUPERVISOR,
    SUPERVISOR_PASSPHRASE,
    add_card,
    enter_recovery_groups,
    go,
    receive,
    save_card,
    send_everything,
    unlock,
)
from tests.journey.robot import Robot, Script


def first_run(robot: Robot, work: Path) -> Script:
    """A supervisor starts on an empty laptop."""
    robot.say("an empty home: says who she is")
    yield from robot.write("first_run.name", SUPERVISOR)
    yield from robot.click("first_run.desk.supervisor")
    yield from robot.write("first_run.organisation", "Example Community Trust")
    yield from robot.shot("who-you-are")
    yield from robot.click("first_run.next")
    robot.say("chooses a passphrase and sees its strength")
    yield from robot.write("first_run.passphrase.line", SUPERVISOR_PASSPHRASE)
    yield from robot.write("first_run.repeated.line", SUPERVISOR_PASSPHRASE)
    yield from robot.see("Very strong")
    yield from robot.shot("passphrase")
    yield from robot.click("first_run.next")
    yield from _confirm_recovery_code(robot)
    yield from robot.click("first_run.next")
    yield from robot.until(lambda: robot.find("desk") is not None, "the desk")
    yield from robot.shot("empty-desk")
    yield from save_card(robot, work / "sal.card")


def review(robot: Robot, work: Path) -> Script:
    """The supervisor opens the package, comments on the very words, and sends the visit back."""
    robot.say("unlocks her own laptop")
    yield from unlock(robot, SUPERVISOR_PASSPHRASE)
    yield from add_card(robot, work / "ruth.card")
    yield from receive(robot, work / "to-supervisor")
    robot.say("finds the visit in the queue and reads it")
    yield from go(robot, "review")
    yield from robot.click_row("review.queue", FAMILY)
    yield from robot.until(lambda: COMMENTED in _page_text(robot), "the visit to be shown")
    yield from robot.shot("to-review")
    robot.say("marks a passage and comments on it")
    yield from robot.click("review.reader")
    _mark(robot, COMMENTED)
    yield from robot.press("C")
    yield from robot.until(lambda: robot.find("review.comment.1") is not None, "a place for the comment")
    yield from robot.type("Well seen. How long did she keep looking?")
    yield from robot.shot("comment")
    robot.say("sends the visit back and signs the review")
    yield from robot.click("review.decision.send-back")
    yield from robot.click("review.sign")
    yield from robot.until(lambda: robot.find("review.signed") is not None, "the signed review")
    yield from robot.shot("reviewed")
    yield from send_everything(robot, work / "to-practitioner")


def _confirm_recovery_code(robot: Robot) -> Script:
    robot.say("keeps the recovery code and types two groups of it again")
    yield from robot.until(lambda: robot.labelled("Recovery code:") is not None, "the recovery code")
    yield from robot.shot("recovery-code")
    yield from enter_recovery_groups(robot)
    yield from robot.click("first_run.next")
    yield from robot.see("There is never anything to save")


def _reader(robot: Robot) -> QTextEdit | None:
    found = robot.find("review.reader")
    return found if isinstance(found, QTextEdit) else found.findChild(QTextEdit) if found else None


def _page_text(robot: Robot) -> str:
    page = _reader(robot)
    return page.toPlainText() if page else ""


def _mark(robot: Robot, words: str) -> None:
    """Select words as a person does by dragging over them."""
    page = _reader(robot)
    cursor = page.document().find(words) if page else QTextCursor()
    if page is None or cursor.isNull():
        raise AssertionError(f"“{words}” is not on the page")
    page.setTextCursor(QTextCursor(cursor))
