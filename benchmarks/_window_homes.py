"""Two desks with thousands of visits on the way to and from each: made once by whole runs, and kept in ``build``."""

from __future__ import annotations

import random
import shutil
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks._exchange_records import BEGINNING, VISITS_OF_A_FAMILY, visit
from benchmarks._homes import (
    Size,
    copied,
    exchange_cards,
    large_home,
    made_once,
    sender_home,
    share_all,
    unlocked,
    use_stick,
)
from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.codec import plain
from homevisit.domain.entry import Act, Kind
from homevisit.domain.review import Decision, ReviewBody
from homevisit.domain.summaries import VisitRow
from homevisit.ids import new_id
from homevisit.paths import Home
from homevisit.services.demo.making import PASSPHRASE, QUICK, SUPERVISOR
from homevisit.services.homes import create
from homevisit.storage.ledger import NewEntry
from resources import read_text

PRACTITIONERS, SUPERVISORS, STICK = "practitioner", "supervisor", "stick"


def window_homes(size: Size) -> Path:
    """A folder for each desk: its home, and a stick with what a colleague or the practitioner sent to it."""
    said = f"making a practitioner and a supervisor with {size.meanwhile:,} visits on their way"
    return made_once(f"window-{size.visits}-{size.meanwhile}", partial(_make, size), said=said)


def _make(size: Size, folder: Path) -> None:
    with copied(large_home(size), sender_home(size)) as (practitioner, colleague):
        _fill(folder, practitioner, colleague, size.meanwhile)


def _fill(folder: Path, practitioner: Path, colleague: Path, count: int) -> None:
    sticks = {desk: folder / desk / STICK for desk in (PRACTITIONERS, SUPERVISORS)}
    for stick in sticks.values():
        stick.mkdir(parents=True)
    ours, theirs = unlocked(practitioner), unlocked(colleague)
    over = create(Home(folder / SUPERVISORS / "home"), SUPERVISOR, PASSPHRASE, clock=SystemClock(), cost=QUICK).services
    exchange_cards(ours, theirs, colleague)
    exchange_cards(ours, over, practitioner)
    _first_exchange(ours, over, colleague / "first")
    _add_visits(theirs, count)
    share_all(theirs, ours)
    _run(theirs, sticks[PRACTITIONERS])
    _add_reviews(over, count)
    _add_visits(ours, count)
    for services in (ours, theirs, over):
        services.close()
    shutil.copytree(practitioner, folder / PRACTITIONERS / "home")
    sending = unlocked(practitioner)
    _run(sending, sticks[SUPERVISORS])
    sending.close()


def _first_exchange(ours: Services, over: Services, stick: Path) -> None:
    """Everything that is there already was sent and arrived."""
    stick.mkdir()
    for services in (ours, over, ours, over):
        _run(services, stick)


def _run(services: Services, stick: Path) -> None:
    """Where a place is left, the window would begin by itself."""
    use_stick(services, stick)
    services.syncing.run()
    for place in services.places.all():
        services.places.remove(place.id)


def _add_visits(services: Services, count: int) -> None:
    families = [family.id for family in services.families.list()]
    services.store.ledger.append(_visits(families, count))


def _visits(families: list[str], count: int) -> Iterator[NewEntry]:
    dice, words = random.Random(families[0]), tomllib.loads(read_text("demo/phrases.toml"))
    for number in range(count):
        family = families[number // VISITS_OF_A_FAMILY % len(families)]
        yield visit(family, BEGINNING + timedelta(hours=number), dice, words)


def _add_reviews(services: Services, count: int) -> None:
    services.store.ledger.append([_review(row) for row in services.reviews.queue().rows[:count]])


def _review(row: VisitRow) -> NewEntry:
    body = ReviewBody(visit=row.id, version=row.head, decision=Decision.READ)
    return NewEntry(record=new_id(), kind=Kind.REVIEW, act=Act.SIGN, family=row.family, body=plain(body))
