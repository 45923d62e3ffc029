"""Two homes of a team that asks for reviews within days and holds a recovery key, and the screens where that shows."""

from __future__ import annotations

import shutil
from dataclasses import replace

from homevisit.clock import SystemClock
from homevisit.domain.card import SignedCard
from homevisit.domain.team import Policy
from homevisit.services import escrow_files, homes, team_making
from homevisit.services.demo.making import PASSPHRASE, QUICK
from homevisit.services.team_making import TeamMaking
from tests.journey.robot import Script
from tests.screens_parts.facts import Facts
from tests.screens_parts.stage import Screen, Sitting, Stage
from ui.settings_places import TEAM, settings_arg

WORDS = "words of the team key"


def make_team(facts: Facts) -> None:
    """Copies of both homes of the demo, each with the team file opened."""
    clock, folder = SystemClock(), facts.folder
    for name in ("practitioner", "supervisor"):
        shutil.copytree(folder / name, folder / f"team-{name}")
    mine, other = (
        homes.unlock(facts.home(f"team-{name}"), PASSPHRASE, clock=clock) for name in ("practitioner", "supervisor")
    )
    making, file, key = TeamMaking(clock, cost=QUICK), folder / "t.homevisit-team", folder / "t.key"
    team = making.create(file, key, WORDS, organisation="Applewick Community Health").team
    people = []
    for desk in (mine, other):
        identity = desk.store.identity
        people.append(identity.card.person)
        team = team_making.with_card(team, SignedCard(card=identity.card, signature=identity.card_signature))
    team = team_making.with_supervisors(team, people[0], [people[1]])
    recipient = escrow_files.make_key(folder / "recovery.key", clock)
    making.change(
        file, replace(team, policy=Policy(idle_lock=10, retention=90, escalation=5, recovery_escrow=recipient))
    )
    making.sign(file, key, WORDS)
    for desk in (mine, other):
        desk.teams.take(desk.teams.read(file))
        desk.escrow.told()
        desk.close()


def help_offered(stage: Stage) -> Script:
    yield from stage.robot.click("unlock.recovery")
    yield from stage.robot.until(lambda: stage.robot.find("unlock.help") is not None, "the help")


def today_late(stage: Stage) -> Script:
    robot = stage.robot
    yield from robot.click("unlock.recovery")
    yield from robot.write("unlock.secret.line", stage.facts.passphrase)
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("today.late") is not None, "the line about late reviews")


def team_card(stage: Stage) -> Script:
    yield from stage.go("settings", settings_arg(TEAM))
    yield from stage.robot.until(lambda: stage.robot.find("settings.team.escrow") is not None, "the organisation's key")


def review_late(stage: Stage) -> Script:
    robot = stage.robot
    yield from robot.write("unlock.secret.line", stage.facts.passphrase)
    yield from robot.press("Return")
    yield from robot.until(lambda: robot.find("review.late") is not None, "a late visit")


SITTINGS = (
    Sitting(
        "team-practitioner",
        (
            Screen("help-from-the-organisation", help_offered, is_main=True),
            Screen("today-late", today_late, is_main=True),
            Screen("settings-team", team_card, is_main=True),
        ),
    ),
    Sitting("team-supervisor", (Screen("review-late", review_late, is_main=True),)),
)
