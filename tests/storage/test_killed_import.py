"""A program killed while it takes in many entries has taken in all of them or none, with guards and index in place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from homevisit.clock import ManualClock
from homevisit.domain.card import Desk
from homevisit.domain.entry import Act
from homevisit.exchange.entries import write_entries
from homevisit.paths import Home
from homevisit.storage import triggers
from homevisit.storage.folding import MANY
from homevisit.storage.health import check
from homevisit.storage.store import Store
from tests.storage.making import START, family, made, reopened, visit

ROOT = Path(__file__).resolve().parents[2]
VISITS = MANY * 2

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@dataclass(frozen=True)
class Sent:
    """What is taken in, and the home that takes it in, which holds something already."""

    entries: Path
    count: int
    home: Path

    def taken_in_until(self, home: Path, statement: int) -> str:
        command = [sys.executable, "-m", "tests.storage.importing", str(home), str(self.entries), str(self.count)]
        done = subprocess.run([*command, str(statement)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        return done.stdout.strip()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    folder = tmp_path_factory.mktemp("killed-import")
    clock = ManualClock(START)
    sender = made(Home(folder / "sender"), clock).store
    sender.ledger.append([family(), *(visit(f"v{number}", f"Seen {number}") for number in range(VISITS))])
    early = list(sender.ledger.all())[: MANY // 2]
    sender.ledger.append([visit(f"v{number}", f"Corrected {number}", Act.AMEND) for number in range(4)])
    entries = list(sender.ledger.all())
    (folder / "entries").write_bytes(write_entries(entries))
    sender.close()
    taker = made(Home(folder / "taker"), clock, name="Sam Beech", role=Desk.SUPERVISOR).store
    taker.ledger.admit(early)
    taker.close()
    return Sent(folder / "entries", len(entries), folder / "taker")


def after_a_kill(sent: Sent, folder: Path, statement: int) -> int:
    """How many entries there are; whatever there is, is sound."""
    home = Path(shutil.copytree(sent.home, folder / str(statement)))
    assert sent.taken_in_until(home, statement) == "", "it was killed"
    store = reopened(Home(home))
    try:
        return sound(store)
    finally:
        store.close()


def sound(store: Store) -> int:
    triggers.compare(store.database)
    assert check(store) == ()
    return sum(1 for _ in store.ledger.all())


def statements(sent: Sent, folder: Path) -> int:
    """How many statements the whole import takes; afterwards everything is there."""
    home = Path(shutil.copytree(sent.home, folder / "whole"))
    found = int(sent.taken_in_until(home, 0))
    store = reopened(Home(home))
    assert sound(store) == sent.count
    store.close()
    return found


@pytest.mark.timeout(120)
def test_a_kill_in_the_middle_of_an_import_leaves_nothing_of_it(sent: Sent, tmp_path: Path) -> None:
    last = statements(sent, tmp_path)
    for statement in (last // 2, last - 1):
        assert after_a_kill(sent, tmp_path, statement) == MANY // 2


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_kill_at_any_statement_of_an_import_leaves_all_or_nothing(sent: Sent, tmp_path: Path) -> None:
    for statement in range(1, statements(sent, tmp_path) + 1):
        assert after_a_kill(sent, tmp_path, statement) in (MANY // 2, sent.count)
