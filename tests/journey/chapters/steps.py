"""What several chapters do: unlocking, going somewhere, answering a file dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from tests.journey.robot import Robot, Script

PRACTITIONER = "Ruth Ashdown"
PRACTITIONER_PASSPHRASE = "demo passphrase only"
SUPERVISOR = "Sal Winter"
SUPERVISOR_PASSPHRASE = "violet kettle harbour seventeen spoons"
FAMILY = "Finch"
COMMENTED = "Skye turned to her mother's voice"


def unlock(robot: Robot, passphrase: str) -> Script:
    """Type the passphrase and come to the desk."""
    yield from robot.until(lambda: robot.find("unlock") is not None, "the Unlock screen")
    yield from robot.shot("unlock")
    yield from robot.write("unlock.secret.line", passphrase)
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("desk") is not None, "the desk")


def unlock_by_keys(robot: Robot, passphrase: str) -> Script:
    """The same without the pointer."""
    yield from robot.focused("unlock.secret.line")
    yield from robot.type(passphrase)
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("desk") is not None, "the desk")


def start_visit(robot: Robot, family: str) -> Script:
    """By keys from anywhere to the note of a new visit."""
    yield from robot.press("Ctrl+K")
    yield from robot.focused("go_to.text")
    yield from robot.type(family)
    yield from robot.until(lambda: robot.lists(family), "the family among the places found")
    yield from robot.press("Return")
    yield from robot.focused("family.start_visit")
    yield from robot.press("Ctrl+N")
    yield from robot.focused("family.start.kind")
    yield from robot.press("Return")
    yield from robot.focused("visit.note.facts")


def enter_recovery_groups(robot: Robot, *, by_keys: bool = False) -> Script:
    """Type the groups of the recovery code that are asked for."""
    shown = robot.labelled("Recovery code:")
    groups = shown.accessibleName().partition(": ")[2].split() if shown else []
    for number, group in enumerate(groups, start=1):
        name = f"first_run.group{number}"
        if robot.find(name) is not None and by_keys:
            yield from robot.tab_to(name)
            yield from robot.type(group)
        elif robot.find(name) is not None:
            yield from robot.write(name, group)


def go(robot: Robot, page: str) -> Script:
    """Go to a page by the rail."""
    yield from robot.click(f"rail.{page}")
    yield from robot.until(lambda: robot.find(page) is not None, f"the page {page}")


def name_file(robot: Robot, path: Path) -> Script:
    """Type a path into the file dialog that has just opened and accept it."""
    yield from robot.until(lambda: isinstance(robot.find("files"), QFileDialog), "the file dialog")
    yield from robot.click("fileNameEdit")
    yield from robot.insist(
        lambda: type_path(robot, str(path)), lambda: robot.find("files") is None, "the file dialog to close"
    )


def type_path(robot: Robot, path: str) -> Script:
    """The dialog reads the folder while one types, and may put a suggestion in the way: then Return would go there."""
    yield from robot.press("Ctrl+a")
    yield from robot.type(path)
    if robot.text_of("fileNameEdit") == path:
        yield from robot.press("Return")


def save_card(robot: Robot, path: Path) -> Script:
    """Save one's own card, to be handed to the other person."""
    robot.say("saves the card to hand over")
    yield from go(robot, "exchange")
    yield from robot.click("cards.mine.save")
    yield from name_file(robot, path)
    yield from robot.until(path.exists, "the card file")


def add_card(robot: Robot, path: Path) -> Script:
    """Add the other person's card and say that the six words are the same."""
    robot.say("adds the other person's card and compares the six words")
    yield from go(robot, "exchange")
    yield from robot.click("cards.add.browse")
    yield from name_file(robot, path)
    yield from robot.until(lambda: robot.find("cards.question.yes") is not None, "the six words")
    yield from robot.shot("six-words")
    yield from robot.click("cards.question.yes")
    yield from robot.until(lambda: robot.find("cards.question.yes") is None, "the card to be kept")


def send_everything(robot: Robot, folder: Path) -> Script:
    """Seal what waits and put it into a folder."""
    robot.say("seals what waits and puts it into the folder")
    yield from go(robot, "exchange")
    before = len(list(folder.iterdir()))
    yield from robot.click("exchange.send.browse")
    yield from name_file(robot, folder)
    yield from robot.shot("before-sending")
    yield from robot.click("exchange.send.go")
    yield from robot.until(lambda: len(list(folder.glob("*.age"))) > before, "a sealed package in the folder")
    yield from robot.see("Everything sent")
    yield from robot.shot("sent")


def receive(robot: Robot, folder: Path) -> Script:
    """Take in the packages of a folder."""
    robot.say("takes in what arrived")
    yield from go(robot, "exchange")
    for package in sorted(folder.glob("*.age")):
        yield from robot.click("exchange.receive.browse")
        yield from name_file(robot, package)
    yield from robot.until(lambda: robot.find("exchange.inbox.list") is not None, "the inbox")
    yield from robot.shot("received")
