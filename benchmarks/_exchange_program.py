"""One side of ``exchange`` in a process of its own, as on a machine of its own: it sends, or it takes in."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks._homes import unlocked
from homevisit.assembly import Services
from homevisit.domain.entry import Act, Kind
from homevisit.exchange.proving import provers
from homevisit.storage.ledger import NewEntry

WORD = "Thriving"
Figures = dict[str, Any]


def main() -> None:
    """Arguments: send or take, the home, the stick, how many are changed (send) or what to take (take)."""
    side, home, stick = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    services = unlocked(home)
    found = _send(services, stick, int(sys.argv[4])) if side == "send" else _take(services, stick, sys.argv[4])
    services.close()
    provers().end()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    found["children"] = {"cpu": children.ru_utime + children.ru_stime, "peak": children.ru_maxrss * 1024}
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(found), flush=True)


def _send(services: Services, stick: Path, changed: int) -> Figures:
    """Everything that was signed, then some visits that were amended since."""
    to = [known.card for known in services.cards.known()]
    found: Figures = {}
    with timed(found, "first"):
        rows = services.sending.export(to, stick)
    found["first"]["packages"] = [row.name for row in rows]
    services.store.ledger.append(_amended(services, changed))
    with timed(found, "some"):
        rows = services.sending.export(to, stick)
    found["some"]["packages"] = [row.name for row in rows]
    found["bytes"] = {name: sum((stick / each).stat().st_size for each in found[name]["packages"]) for name in found}
    services.places.add("folder", "", {"path": str(stick)}, {})
    services.syncing.run()  # the first run looks at every entry once
    with timed(found, "nothing"):
        assert services.syncing.run().went_well
    return found


def _take(services: Services, stick: Path, told: str) -> Figures:
    """The same packages in the same order, until everything can be found."""
    sent = json.loads(told)
    found: Figures = {}
    for part in ("first", "some"):
        with timed(found, part):
            rows = services.receiving.take_in([stick / name for name in sent[part]])
            hits = services.finding.search(WORD)
        assert not [row.code for row in rows if row.code], "every package is taken in"
        assert not any(row.held for row in rows), "nothing waits for a parent"
        found[part]["entries"] = sum(row.new for row in rows)
        found[part]["hits"] = len(hits)
    return found


def _amended(services: Services, count: int) -> Iterator[NewEntry]:
    """The first visits once more, with another word in the note."""
    for record in services.store.ledger.records(Kind.VISIT)[:count]:
        entry = services.store.ledger.history(record)[-1]
        assert entry.body is not None
        note: Figures = {**entry.body["note"], "plan": "Changed afterwards."}
        yield NewEntry(
            record=record,
            kind=Kind.VISIT,
            act=Act.AMEND,
            family=entry.envelope.family,
            body={**entry.body, "note": note},
            reason="A word was wrong.",
        )


@contextmanager
def timed(found: Figures, name: str) -> Iterator[None]:
    """Seconds on the wall, and of the processor in this process and the children that ended meanwhile."""
    before, begun = _used(), time.perf_counter()
    yield
    found[name] = {"wall": time.perf_counter() - begun, "cpu": _used() - before}


def _used() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


if __name__ == "__main__":
    main()
