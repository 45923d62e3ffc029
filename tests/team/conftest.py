"""Fixtures of the team tests: two desks, an organisation with a team file of them, and a further laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.clock import Clock, SystemClock
from homevisit.domain.card import SignedCard
from homevisit.domain.hlc import tick
from homevisit.domain.place import Place
from homevisit.domain.team import Team
from homevisit.exchange.manifest import PackageKind
from homevisit.exchange.package import Contents, seal
from homevisit.exchange.team import TeamFile
from homevisit.paths import Home
from homevisit.services import homes, team_making
from homevisit.services.announcing import Announcement
from homevisit.services.second_laptop import SecondLaptop
from homevisit.services.team_making import TeamMaking
from tests.desks import CHEAP, PASSPHRASE, Desks, open_desks

WORDS = "words of the team key"


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who keeps the team file: two files and the words of the key."""

    making: TeamMaking
    file: Path
    key: Path

    @property
    def team(self) -> Team:
        return self.making.read(self.file).team

    def change(self, team: Team) -> TeamFile:
        return self.making.change(self.file, team)

    def add(self, desk: Services) -> None:
        self.change(team_making.with_card(self.team, own_card(desk)))

    def add_place(self, place: Place, secret: dict[str, str]) -> None:
        self.making.add_place(self.file, self.key, WORDS, place=place, secret=secret)

    def sign(self) -> Path:
        """The next version as it is handed out."""
        self.making.sign(self.file, self.key, WORDS)
        out = self.file.with_name(f"version-{self.team.version}.homevisit-team")
        out.write_bytes(self.file.read_bytes())
        return out


def own_card(desk: Services) -> SignedCard:
    identity = desk.store.identity
    return SignedCard(card=identity.card, signature=identity.card_signature)


def take(desk: Services, file: Path) -> Team:
    """Open a team file, the words compared."""
    return desk.teams.take(desk.teams.read(file))


def key_package(desk: Services, announcement: Announcement, folder: Path) -> Path:
    """The announcement as a sealed package in a folder."""
    identity = desk.store.identity
    seq, prev = desk.store.packages.next_place(identity.card.device, identity.epoch)
    contents = Contents(
        kind=PackageKind.KEY,
        author=identity.card.person,
        device=identity.card.device,
        epoch=identity.epoch,
        seq=seq,
        prev=prev,
        recipients=tuple(sorted({card.person for card in announcement.devices})),
        created=tick("", SystemClock().now()),
        document=announcement.document,
    )
    sealed = seal(contents, signer=identity.sign_key, recipients=[card.age_recipient for card in announcement.devices])
    (folder / sealed.name).write_bytes(sealed.data)
    return folder / sealed.name


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    made = open_desks(tmp_path)
    yield made
    made.close()


def founded(file: Path, desks: Desks, *, clock: Clock | None = None) -> Organisation:
    """A team of both desks, the supervisor of whom is the supervisor; not signed yet. Its key lies beside the file."""
    making = TeamMaking(clock or SystemClock(), cost=CHEAP)
    made = Organisation(making=making, file=file, key=file.with_name(f"{file.name}-key"))
    making.create(made.file, made.key, WORDS, organisation="Example Trust")
    made.add(desks.practitioner)
    made.add(desks.supervisor)
    people = [desk.store.identity.card.person for desk in (desks.practitioner, desks.supervisor)]
    made.change(team_making.with_supervisors(made.team, people[0], [people[1]]))
    return made


@pytest.fixture
def organisation(tmp_path: Path, desks: Desks) -> Organisation:
    """A team of both desks, not signed yet."""
    return founded(tmp_path / "t.homevisit-team", desks)


@pytest.fixture
def further(tmp_path: Path) -> Iterator[Callable[[Services], Services]]:
    """Makes a further laptop of the person of a desk."""
    made: list[Services] = []

    def make(desk: Services) -> Services:
        file = tmp_path / f"{len(made)}.homevisit-laptop"
        words = SecondLaptop(desk.store, SystemClock(), cost=CHEAP).write(file)
        home = Home(tmp_path / f"further-{len(made)}")
        profile = homes.joining(file, f"  {words.upper()} ")
        made.append(homes.create(home, profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services)
        return made[-1]

    yield make
    for each in made:
        each.close()
