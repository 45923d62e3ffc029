"""Every screen with the way to it, home by home; the names are those of the pictures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from tests.journey.chapters.steps import name_file
from tests.journey.robot import Script
from tests.screens_parts import exchanging_screens, of_a_team, reviewing, visiting
from tests.screens_parts.stage import Screen, Sitting, Stage

Way = Callable[[Stage], Script]
LABELS = {"name": "Name", "birth": "Date of birth", "nhs_number": "NHS number"}


def page(name: str, fact: str = "") -> Way:
    """Straight to a page, about the record that the facts know by this name."""

    def reach(stage: Stage) -> Script:
        yield from stage.go(name, stage.facts.ids[fact] if fact else "")

    return reach


def keys(chord: str, *, see: str) -> Way:
    """By a shortcut, until something is there."""

    def reach(stage: Stage) -> Script:
        yield from stage.robot.press(chord)
        yield from stage.robot.until(lambda: stage.robot.find(see) is not None, see)

    return reach


def unlocked(stage: Stage) -> Script:
    """With the passphrase of the demo."""
    robot = stage.robot
    yield from robot.write("unlock.secret.line", stage.facts.passphrase)
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("desk") is not None, "the desk")
    yield from stage.quiet()


def as_found(stage: Stage) -> Script:
    """What the program shows by itself."""
    yield from stage.quiet()


def wrong_passphrase(stage: Stage) -> Script:
    yield from stage.robot.write("unlock.secret.line", "not this one")
    yield from stage.robot.press("Return")
    yield from stage.robot.see("That passphrase does not")


def recovery_code(stage: Stage) -> Script:
    yield from stage.robot.click("unlock.recovery")


def families_found(stage: Stage) -> Script:
    yield from stage.go("families")
    yield from stage.robot.write("families.words", "wright")
    yield from stage.robot.see("1 family found")


def families_none(stage: Stage) -> Script:
    yield from stage.robot.press("Ctrl+a")
    yield from stage.robot.type("nobody by this name")
    yield from stage.robot.see("No family here has")


def start_panel(stage: Stage) -> Script:
    yield from stage.go("family", stage.facts.ids["Finch"])
    yield from stage.robot.click("family.start_visit")
    yield from stage.robot.until(lambda: stage.robot.find("family.start.start") is not None, "the kinds of contact")


def conflict(stage: Stage) -> Script:
    yield from stage.go("family", stage.facts.ids["Carrow"])


def person_problem(stage: Stage) -> Script:
    yield from stage.go("new-family")
    robot = stage.robot
    yield from robot.click("*.more")
    for box, text in (("name", "Ayla Kowalczyk"), ("birth", "31 February"), ("nhs_number", "999 000 0001")):
        first = robot.labelled(LABELS[box], QLineEdit)
        yield from robot.write(first.objectName() if first else box, text)
    yield from robot.press("Tab")


def in_home(stage: Stage) -> Script:
    yield from stage.go("family", stage.facts.ids["Finch"])
    yield from stage.robot.press("Ctrl+h")
    yield from stage.robot.see("In-home view is on")


def search(stage: Stage) -> Script:
    yield from stage.go("search")
    yield from stage.robot.write("search.words", "latch")
    yield from stage.robot.until(lambda: stage.robot.find("search.finds") is not None, "what was found")
    yield from stage.quiet()


def library(stage: Stage) -> Script:
    yield from stage.go("library")
    yield from stage.robot.click_row("library.list", "GAD-7")
    yield from stage.quiet()


def library_trial(stage: Stage) -> Script:
    yield from stage.robot.click("library.try")
    yield from stage.robot.until(lambda: stage.robot.find("library.trial.form") is not None, "the set as it is asked")


def filing(stage: Stage) -> Script:
    """A server is being named."""
    yield from stage.go("filing")
    yield from stage.robot.click("filing.add")
    yield from stage.robot.until(lambda: stage.robot.find("filing.url") is not None, "the form")


def go_to(stage: Stage) -> Script:
    yield from stage.go("today")
    yield from stage.robot.press("Ctrl+k")
    yield from stage.robot.write("go_to.text", "ca")
    yield from stage.robot.see("Carrow")


def shortcut_sheet(stage: Stage) -> Script:
    for _ in range(2):  # the first one empties the line
        yield from stage.robot.press("Escape")
    yield from stage.robot.until(lambda: stage.robot.find("go_to") is None, "the places to close")
    yield from stage.robot.press("F1")
    yield from stage.robot.until(lambda: stage.robot.find("shortcut_sheet") is not None, "the shortcuts")


def settings(stage: Stage) -> Script:
    yield from stage.robot.press("Escape")
    yield from stage.robot.until(lambda: stage.robot.find("shortcut_sheet") is None, "the sheet to close")
    yield from stage.go("settings")


def team_words(stage: Stage) -> Script:
    """The team file is opened, and its six words are to be compared."""
    yield from stage.robot.click("settings.team.open")
    yield from name_file(stage.robot, stage.facts.team)
    yield from stage.robot.until(lambda: stage.robot.find("settings.team.yes") is not None, "the six words")
    yield from stage.quiet()


def laptops(stage: Stage) -> Script:
    yield from stage.robot.click("settings.team.yes")
    yield from stage.robot.see("Supervised by")
    yield from stage.robot.return_to_window()
    yield from stage.robot.tab_to("settings.laptops.add")
    yield from stage.quiet()


def ready_check(stage: Stage) -> Script:
    yield from stage.go("today")
    yield from stage.robot.click("today.check")
    yield from stage.robot.until(lambda: stage.robot.find("today.ready.close") is not None, "the check")


def six_words(stage: Stage) -> Script:
    yield from stage.robot.press("F12")
    yield from stage.robot.press("Ctrl+h")
    yield from stage.go("exchange")
    yield from stage.robot.click("cards.add.browse")
    yield from name_file(stage.robot, stage.facts.card)
    yield from stage.robot.until(lambda: stage.robot.find("cards.question.yes") is not None, "the six words")


def first_person(stage: Stage) -> Script:
    robot = stage.robot
    yield from robot.write("first_run.name", "Sal Winter")
    yield from robot.click("first_run.desk.supervisor")
    yield from robot.write("first_run.organisation", "Example Community Trust")


def first_passphrase(stage: Stage) -> Script:
    robot = stage.robot
    yield from robot.click("first_run.next")
    yield from robot.write("first_run.passphrase.line", "violet kettle harbour seventeen spoons")
    yield from robot.write("first_run.repeated.line", "violet kettle harbour seventeen spoons")
    yield from robot.see("Very strong")


def first_code(stage: Stage) -> Script:
    yield from stage.robot.click("first_run.next")
    yield from stage.robot.until(lambda: stage.robot.labelled("Recovery code:") is not None, "the recovery code")


def first_ready(stage: Stage) -> Script:
    robot = stage.robot
    shown = robot.labelled("Recovery code:")
    groups = shown.accessibleName().partition(": ")[2].split() if shown else []
    for number, group in enumerate(groups, start=1):
        if robot.find(f"first_run.group{number}") is not None:
            yield from robot.write(f"first_run.group{number}", group)
    yield from robot.click("first_run.next")
    yield from robot.see("There is never anything to save")


def first_desk(stage: Stage) -> Script:
    yield from stage.robot.click("first_run.next")
    yield from stage.robot.until(lambda: stage.robot.find("desk") is not None, "the desk")
    yield from stage.quiet()


ENTERING = (
    Sitting(
        "new",
        (
            Screen("first-run-person", first_person, is_main=True),
            Screen("first-run-passphrase", first_passphrase),
            Screen("first-run-code", first_code, is_main=True),
            Screen("first-run-ready", first_ready),
            Screen("review-empty", first_desk),
            Screen("exchange-empty", page("exchange")),
            Screen("search-empty", page("search")),
        ),
    ),
    Sitting(
        "homevisit",
        (
            Screen("unlock", as_found, is_main=True),
            Screen("unlock-wrong", wrong_passphrase),
            Screen("unlock-recovery", recovery_code),
        ),
    ),
    Sitting("broken", (Screen("trouble", as_found, is_main=True),)),
)

DESK = (
    Screen("today", unlocked, is_main=True),
    Screen("today-ready", ready_check),
    Screen("families", page("families"), is_main=True),
    Screen("families-found", families_found),
    Screen("families-none", families_none),
    Screen("family", page("family", "Marlowe"), is_main=True),
    Screen("family-twins", page("family", "Osei-Wright")),
    Screen("family-unborn", page("family", "Adeyemi")),
    Screen("family-conflict", conflict),
    Screen("family-long", page("family", "long"), is_main=True),
    Screen("family-start", start_panel),
    Screen("over-time", page("over-time", "Sandhu"), is_main=True),
    Screen("new-family", page("new-family"), is_main=True),
    Screen("person-problem", person_problem),
)

UNLOCK = Screen("", unlocked)

OTHER = (
    *exchanging_screens.SCREENS,
    Screen("library", library, is_main=True),
    Screen("library-trial", library_trial),
    Screen("filing", filing, is_main=True),
    Screen("search", search, is_main=True),
    Screen("go-to", go_to),
    Screen("shortcuts", shortcut_sheet, is_main=True),
    Screen("settings", settings, is_main=True),
    Screen("settings-team-words", team_words),
    Screen("settings-laptops", laptops, is_main=True),
    Screen("in-home", in_home, is_main=True),
    Screen("cover", keys("F12", see="cover")),
    Screen("exchange-six-words", six_words),
)

SITTINGS = (
    *ENTERING,
    Sitting("practitioner", DESK),
    Sitting("practitioner", (UNLOCK, *visiting.WRITING)),
    Sitting("practitioner", (UNLOCK, *visiting.READING)),
    Sitting("practitioner", (UNLOCK, *OTHER)),
    Sitting(
        "interrupted",
        (
            Screen("recovered", unlocked),
            Screen("recovery", page("recovery", "ready"), is_main=True),
        ),
    ),
    Sitting("bare", (Screen("today-empty", unlocked, is_main=True), Screen("families-empty", page("families")))),
    Sitting("supervisor", (Screen("review", unlocked, is_main=True), *reviewing.SCREENS)),
    *of_a_team.SITTINGS,
)
