"""A program that sends and receives and is killed at a chosen point of it; each time in a process of its own.

It imports everything once and forks, so that a kill costs no start of the interpreter.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.outward import Outward
from tests.desks import PASSPHRASE, open_desks
from tests.sync.exchanging import agree_with_all, entries_of, reviewed, signed

T = TypeVar("T")
FILE_EVENTS = frozenset({"open", "os.link", "os.remove", "os.rename", "os.scandir"})
ROUNDS = 3
PUT_AND_NOT_NOTED = -1
"""Killed when a package lies at the place and nothing says so yet; then somebody clears up the sealed copies."""


def prepared(root: Path) -> None:
    """Two desks of which the first has everything to do in its next run: to send, to fetch, to thank and to tidy."""
    (root / "place").mkdir(parents=True)
    desks = open_desks(root)
    mine, theirs = desks.practitioner, desks.supervisor
    for desk in (mine, theirs):
        desk.places.add("folder", "", {"path": str(root / "place")}, {})
    agree_with_all(mine)
    visit = signed(mine, "The first.")
    mine.syncing.run()
    theirs.syncing.run()
    reviewed(theirs, visit)
    agree_with_all(theirs)
    theirs.syncing.run()
    signed(mine, "The second.")
    desks.close()


def killed_at(root: Path, point: int) -> int:
    """Let the first desk run once and kill it at a point; gives how many points there are where it was not killed."""
    points = count(1)

    def step() -> None:
        if next(points) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def inside(job: Callable[[], T], /) -> T:
        step()
        result = job()
        step()
        return result

    services = _unlocked(root / "practitioner")
    sys.addaudithook(lambda event, _: step() if event in FILE_EVENTS else None)
    services.syncing.run(inside=inside)
    return next(points) - 1


def killed_before_noting(root: Path) -> int:
    """Let the first desk run and kill it at that very point; what it had sealed is removed from its home."""

    def inside(job: Callable[[], T], /) -> T:
        if isinstance(job, partial) and job.func.__name__ == Outward._note_put.__name__:
            shutil.rmtree(root / "practitioner" / "outgoing")
            os.kill(os.getpid(), signal.SIGKILL)
        return job()

    _unlocked(root / "practitioner").syncing.run(inside=inside)
    return 0


def settled(root: Path) -> dict[str, Any]:
    """What there is once both desks have run often enough."""
    desks = [_unlocked(root / name) for name in ("practitioner", "supervisor")]
    for _ in range(ROUNDS):
        for desk in desks:
            summary = desk.syncing.run()
    mine, theirs = desks
    exports = [row for row in theirs.receiving.inbox() if row.kind == "export"]
    found = {
        "check": [finding.code for desk in desks for finding in desk.upkeep.check()],
        "everything_sent": [desk.syncing.left() == 0 for desk in desks] + [summary.went_well],
        "exports": len(exports),
        "kept": sorted(path.name for path in mine.home.outgoing.iterdir() if path.name not in _kept(mine)),
        "left_open": [row.kind for row in mine.sending.outbox() if row.kind == "export" and row.outstanding],
        "new": sum(row.new for row in exports),
        "refused": [row.code for desk in desks for row in desk.receiving.inbox() if row.code],
        "numbers": _numbers(theirs),
        "gaps": [gap.packages for desk in desks for gap in desk.syncing.gaps()],
        "reviews": len([row for row in mine.receiving.inbox() if row.kind == "review"]),
        "same": entries_of(mine) == entries_of(theirs),
    }
    for desk in desks:
        desk.close()
    return found


def _numbers(desk: Services) -> list[bool]:
    """Whether each number of the chain, and each of those for this desk, came with one package only."""
    came = desk.store.database.rows_of("SELECT device, epoch, seq, number FROM inbox WHERE code = ''")
    return [len({row[:3] for row in came}) == len(came), len({(*row[:2], row[3]) for row in came}) == len(came)]


def _kept(desk: Services) -> frozenset[str]:
    return desk.store.packages.kept_names()


def _unlocked(home: Path) -> Services:
    return homes.unlock(Home(home), PASSPHRASE, clock=SystemClock())


def _forked(job: Callable[[], Any]) -> tuple[int, Any]:
    """Run a job in a process of its own: how it ended, and what it gave."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.write(writing, json.dumps(job()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status), json.loads(text) if text else None


def main() -> None:
    """Orders come as lines: a point to be killed at. Each is answered with what there is after all."""
    root = Path(sys.argv[1])
    template = root.with_name("template")
    prepared(root)
    shutil.copytree(root, template)
    for line in sys.stdin:
        shutil.rmtree(root)
        shutil.copytree(template, root)
        point = int(line)
        job = partial(killed_before_noting, root) if point == PUT_AND_NOT_NOTED else partial(killed_at, root, point)
        status, points = _forked(job)
        ended, found = _forked(lambda: settled(root))
        answer = {"points": points, "status": status, "ended": ended, "found": found}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
