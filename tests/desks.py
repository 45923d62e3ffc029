"""Two real desks on disk for tests: homes made once per process and copied, cards exchanged, keys cheap to derive."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from homevisit.assembly import Services
from homevisit.clock import Clock, SystemClock
from homevisit.domain.card import Desk
from homevisit.domain.completeness import Missing
from homevisit.domain.family import CARERS, FamilyDetails, Person, PersonDetails, Role
from homevisit.domain.visit import Asked, ChildSeen, Contact, Presence, Section, SeenAlone
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.storage.homes import Profile
from homevisit.storage.keys import Cost

PASSPHRASE = "four plain test words"
CHEAP = Cost(memory_kib=64, iterations=1, lanes=1, allow_weak=True)
PRACTITIONER, SUPERVISOR = "Ines Practitioner", "Sal Supervisor"


@dataclass(frozen=True, slots=True)
class Desks:
    """Unlocked services of a practitioner and of the supervisor; each has confirmed the other's card."""

    practitioner: Services
    supervisor: Services
    folder: Path

    def close(self) -> None:
        self.practitioner.close()
        self.supervisor.close()


def open_desks(folder: Path, *, clock: Clock | None = None) -> Desks:
    """A fresh pair of desks below ``folder``."""
    template = _template()
    for name in ("practitioner", "supervisor"):
        shutil.copytree(template / name, folder / name)
    time = clock or SystemClock()
    return Desks(
        practitioner=homes.unlock(Home(folder / "practitioner"), PASSPHRASE, clock=time),
        supervisor=homes.unlock(Home(folder / "supervisor"), PASSPHRASE, clock=time),
        folder=folder,
    )


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="homevisit-desks-"))
    one = _make(folder / "practitioner", PRACTITIONER, Desk.PRACTITIONER)
    other = _make(folder / "supervisor", SUPERVISOR, Desk.SUPERVISOR)
    for giver, taker in ((one, other), (other, one)):
        card = giver.cards.save(folder / f"{giver.cards.mine().card.person}.card")
        taker.cards.confirm(taker.cards.read(card))
    one.close()
    other.close()
    return folder


def _make(root: Path, name: str, desk: Desk) -> Services:
    profile = Profile(name=name, role=desk, title="Tester", registration="T1", organisation="Example Trust")
    return homes.create(Home(root), profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services


def add_family(services: Services, name: str = "Example") -> str:
    """A family with a baby, a mother and a father."""
    people = [
        PersonDetails(name=f"Baby {name}", role=Role.CHILD, birth_date="2026-09-20"),
        PersonDetails(name=f"Mother {name}", role=Role.MOTHER),
        PersonDetails(name=f"Father {name}", role=Role.FATHER),
    ]
    return services.families.create(FamilyDetails(name=name), people)


def whole_draft(services: Services, family: str, words: str = "Seen and awake.") -> str:
    """A draft that misses nothing; returns the visit's id."""
    draft = services.drafting.start(family, Contact.ADDITIONAL)
    people = services.families.brief(family).people
    carer = next(person for person in people if person.details.role in CARERS)
    body = replace(
        draft.body,
        present=(Presence(person=carer.id),),
        children=tuple(_seen(person) for person in people if person.details.role is Role.CHILD),
        alone=(SeenAlone(person=carer.id, alone=Asked.YES),),
    )
    services.drafting.save_contact(draft.visit, body)
    for section in Section:
        services.drafting.save_section(draft.visit, section, words)
    return draft.visit


def leave_out_the_rest(services: Services, visit: str, reason: str = "left out in a test") -> None:
    """Give everything that a draft still misses the same reason."""
    for item in services.signing.preview(visit).missing:
        services.signing.leave_out(visit, item.what, reason)


def open_points(missing: tuple[Missing, ...]) -> list[str]:
    """What still stops a signature."""
    return [item.what for item in missing if item.blocking or not item.reason]


def _seen(person: Person) -> ChildSeen:
    return ChildSeen(person=person.id, seen=Asked.YES, awake=Asked.YES)
