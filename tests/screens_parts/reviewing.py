"""The supervisor's screens: reading a visit of the queue, commenting on a passage, deciding."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from tests.journey.robot import Script
from tests.screens_parts.stage import Screen, Stage

MARKED = 40


def read(stage: Stage) -> Script:
    """The first visit that nobody has reviewed."""
    yield from stage.robot.press("J")
    yield from stage.robot.until(lambda: stage.robot.find("review.reader") is not None, "the visit to be shown")


def comment(stage: Stage) -> Script:
    """On a passage, marked as a person does by dragging over it."""
    page = _page(stage)
    start = page.toPlainText().find(" – ")
    cursor = QTextCursor(page.document())
    cursor.setPosition(start + 3)
    cursor.setPosition(start + 3 + MARKED, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    page.setFocus()
    yield from stage.robot.press("C")
    yield from stage.robot.until(lambda: stage.robot.find("review.comment.1") is not None, "a place for the comment")
    yield from stage.robot.type("Well seen. How long did it last?")


def decide(stage: Stage) -> Script:
    yield from stage.robot.click("review.decision.action-needed")
    yield from stage.robot.write("review.action", "Ring the family before Friday and tell me how they are.")


def reviewed(stage: Stage) -> Script:
    """A visit that was reviewed before, the last of the queue."""
    yield from stage.robot.click_row("review.queue", "Reviewed")
    yield from stage.robot.until(lambda: stage.robot.find("review.signed") is not None, "the signed review")


def _page(stage: Stage) -> QTextEdit:
    found = stage.robot.find("review.reader")
    page = found if isinstance(found, QTextEdit) else found.findChild(QTextEdit) if found else None
    if page is None:
        raise AssertionError("the reader is not shown")
    return page


SCREENS = (
    Screen("review-reading", read, is_main=True),
    Screen("review-comment", comment),
    Screen("review-decision", decide, is_main=True),
    Screen("review-signed", reviewed),
)
