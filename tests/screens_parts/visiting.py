"""The screens of a visit: writing it, finishing it, and reading it once it is signed."""

from __future__ import annotations

from collections.abc import Callable

from tests.journey.robot import Script
from tests.screens_parts.stage import Screen, Stage

Way = Callable[[Stage], Script]


def opened(name: str, fact: str) -> Way:
    """Straight to the page of a visit."""

    def reach(stage: Stage) -> Script:
        yield from stage.go(name, stage.facts.ids[fact])

    return reach


def step(words: str, fact: str = "ready") -> Way:
    """One step of a visit, by the column at the left."""

    def reach(stage: Stage) -> Script:
        yield from stage.go("visit", stage.facts.ids[fact])
        yield from stage.robot.click_row("visit.steps.list", words)

    return reach


def failed(stage: Stage) -> Script:
    """Nobody opened the door."""
    yield from step("Contact", "empty")(stage)
    yield from stage.robot.click("visit.contact.attendance.no-access")


def talk(stage: Stage) -> Script:
    yield from stage.go("visit", stage.facts.ids["ready"])
    yield from stage.robot.click_row("visit.prompts.list", "Three-step conversation")


def next_step(stage: Stage) -> Script:
    yield from stage.robot.click("prompts.next")


def observe(stage: Stage) -> Script:
    yield from stage.robot.click("visit.prompts.back")
    yield from stage.robot.click_row("visit.prompts.list", "2-minute observation")
    yield from stage.robot.click("prompts.timer.start")
    yield from stage.robot.click("*obs.lines.control.text")
    yield from stage.robot.press("Ctrl+T")
    yield from stage.robot.type("He looks up; she stops talking and smiles.")
    yield from stage.robot.click("prompts.timer.start")


def add_phq(stage: Stage) -> Script:
    """A set from the library; question 9 opens the panel, and Done waits for it."""
    yield from stage.go("visit", stage.facts.ids["ready"])
    yield from stage.robot.click_row("visit.steps.list", "Add a prompt set")
    yield from stage.robot.write("visit.picker.words", "PHQ-9")
    yield from stage.robot.press("Return")
    for _ in range(9):
        yield from stage.robot.press("2")
        yield from stage.robot.press("Tab")
    yield from stage.robot.click("prompts.next")
    yield from stage.robot.see("One answer calls for action today")


def settle_panel(stage: Stage) -> Script:
    """The reason is written: the score stands with its band, and the page lets go."""
    for _ in range(3):
        yield from stage.robot.press("Tab")
    yield from stage.robot.type("Her crisis team came this morning and knows.")
    yield from stage.robot.press("Tab")
    yield from stage.robot.see("9 of 27")


def handed_over(stage: Stage) -> Script:
    """The mother answers the first questions by herself."""
    yield from stage.robot.click("visit.prompts.hand_over")
    yield from stage.robot.see("Your answers go to the practitioner")


def first_question(stage: Stage) -> Script:
    yield from stage.robot.click("handover.start")
    yield from stage.robot.see("Little interest or pleasure")


def given_back(stage: Stage) -> Script:
    yield from stage.robot.click("handover.practitioner")


def answers_hidden(stage: Stage) -> Script:
    yield from stage.robot.write("handover.check.secret.line", stage.facts.passphrase)
    yield from stage.robot.press("Return")
    yield from stage.robot.until(lambda: stage.robot.find("visit.prompts.open_answers") is not None, "hidden answers")


def add_prompts(stage: Stage) -> Script:
    yield from stage.robot.click("visit.prompts.back")
    yield from stage.robot.click("visit.prompts.add")


def asked_again(stage: Stage) -> Script:
    """A set that was answered at an earlier visit: the earlier words stand beside the prompts."""
    yield from stage.robot.click("visit.picker.back")
    yield from stage.robot.click_row("visit.prompts.list", "Needs check")


def back_to_note(stage: Stage) -> Script:
    yield from stage.robot.click("visit.prompts.back")
    yield from stage.go("visit", stage.facts.ids["long-draft"])


def leaving_out(stage: Stage) -> Script:
    yield from stage.go("finish", stage.facts.ids["missing"])
    yield from stage.robot.click_label("Leave out")


def withdraw(stage: Stage) -> Script:
    yield from stage.go("signed", stage.facts.ids["sent-back"])
    yield from stage.robot.click("signed.withdraw")


WRITING = (
    Screen("visit-empty", opened("visit", "missing")),
    Screen("visit-note", step("Note"), is_main=True),
    Screen("visit-contact", step("Contact")),
    Screen("visit-present", step("Who was present"), is_main=True),
    Screen("visit-failed", failed),
    Screen("conversation-1", talk, is_main=True),
    Screen("conversation-2", next_step),
    Screen("conversation-3", next_step),
    Screen("observation", observe, is_main=True),
    Screen("safety-panel", add_phq, is_main=True),
    Screen("score", settle_panel, is_main=True),
    Screen("handover-welcome", handed_over, is_main=True),
    Screen("handover-question", first_question, is_main=True),
    Screen("handover-check", given_back),
    Screen("handover-hidden", answers_hidden),
    Screen("prompts-add", add_prompts, is_main=True),
    Screen("needs-check", asked_again, is_main=True),
    Screen("visit-long", back_to_note, is_main=True),
)

READING = (
    Screen("finish-missing", opened("finish", "missing"), is_main=True),
    Screen("finish-leaving-out", leaving_out),
    Screen("finish-ready", opened("finish", "ready"), is_main=True),
    Screen("finish-amendment", opened("finish", "amending")),
    Screen("signed", opened("signed", "signed"), is_main=True),
    Screen("signed-comment", opened("signed", "sent-back"), is_main=True),
    Screen("signed-withdraw", withdraw),
    Screen("signed-withdrawn", opened("signed", "withdrawn")),
    Screen("signed-two-heads", opened("signed", "two-heads"), is_main=True),
    Screen("signed-long", opened("signed", "long-signed"), is_main=True),
)
