"""Homes to measure on: the large one is built once and kept in ``build``; what writes works on a copy of it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.demo.making import PASSPHRASE, DemoSize, make_demo

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
MADE = "made.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured: the homes, and how often each thing is repeated."""

    families: int = 1_000
    visits: int = 10_000
    sender_families: int = 150
    sender_visits: int = 1_500
    rounds: int = 7
    saves: int = 2_000
    seconds: float = 6.0
    exchanged: int = 10_000
    changed: int = 500
    meanwhile: int = 2_000


WHOLE = Size()
TINY = Size(
    families=3,
    visits=10,
    sender_families=2,
    sender_visits=4,
    rounds=1,
    saves=3,
    seconds=0.5,
    exchanged=30,
    changed=5,
    meanwhile=6,
)


def made_once(name: str, make: Callable[[Path], object], *, said: str, **of: int) -> Path:
    """This folder of ``build``, filled by ``make`` unless it is there, of this schema and ``of`` the same."""
    folder, made = BUILD / f"bench-{name}", {"schema": _schema(), **of}
    if (folder / MADE).exists() and made.items() <= json.loads((folder / MADE).read_text("utf-8")).items():
        return folder
    part = folder.with_name(f"{folder.name}.part")
    for leftover in (folder, part):
        shutil.rmtree(leftover, ignore_errors=True)
    print(f"{said}, in build/ …", flush=True)
    part.mkdir(parents=True)
    begun = time.perf_counter()
    make(part)
    (part / MADE).write_text(json.dumps({**made, "seconds": time.perf_counter() - begun}), "utf-8")
    return part.rename(folder)


def large_home(size: Size) -> Path:
    """The home with the families and visits of this size, closed."""
    return _kept("home", size.families, size.visits, seed=7)


def sender_home(size: Size) -> Path:
    """A home whose packages others take in; of another seed, or it would hold the same records."""
    return _kept("sender", size.sender_families, size.sender_visits, seed=8)


def build_seconds(size: Size) -> float:
    """How long building the large home took, whenever that was."""
    return float(json.loads((large_home(size) / MADE).read_text("utf-8"))["seconds"])


def unlocked(folder: Path) -> Services:
    """The services of a home, whose keys are cheap to derive."""
    return homes.unlock(Home(folder), PASSPHRASE, clock=SystemClock())


@contextmanager
def copied(*folders: Path) -> Iterator[list[Path]]:
    """Copies that may be written to and go away again."""
    with tempfile.TemporaryDirectory(prefix="homevisit-bench-") as scratch:
        yield [Path(shutil.copytree(folder, Path(scratch) / str(place))) for place, folder in enumerate(folders)]


def exchange_cards(one: Services, other: Services, folder: Path) -> None:
    """Each confirms the card of the other."""
    for place, (giver, taker) in enumerate(((one, other), (other, one))):
        taker.cards.confirm(taker.cards.read(giver.cards.save(folder / f"{place}.card")))


def share_all(giver: Services, taker: Services) -> None:
    """Every family is shared: without that, nothing of it goes to a colleague."""
    for family in giver.families.list():
        giver.sharing.share(family.id, taker.cards.mine().card.person, "measured")


def use_stick(services: Services, stick: Path) -> None:
    """The one place, and a consent to everybody who gets something."""
    services.places.add("folder", "A stick", {"path": str(stick)}, {})
    for recipient in services.sharing.recipients():
        if recipient.card is not None:
            services.sharing.agree(recipient.card.person)


def _kept(name: str, families: int, visits: int, *, seed: int) -> Path:
    size = DemoSize(families=families, visits=visits, seed=seed)
    return made_once(
        f"{name}-{families}-{visits}",
        lambda folder: make_demo(Home(folder), clock=SystemClock(), size=size),
        said=f"building a home of {families:,} families and {visits:,} visits",
        seed=seed,
    )


def _schema() -> str:
    """A home of another schema is built anew."""
    sources = sorted((ROOT / "homevisit" / "storage" / "migrations").glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
