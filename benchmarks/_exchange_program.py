"""One side of ``exchange`` in a process of its own, as on a machine of its own: told when to send and receive."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks._homes import unlocked, use_stick
from homevisit.assembly import Services
from homevisit.domain.entry import Act, Kind
from homevisit.exchange.proving import provers
from homevisit.jobs import switch_often
from homevisit.storage.ledger import NewEntry

WORD = "Thriving"
LOOK_AGAIN_AFTER = 0.02
Figures = dict[str, Any]


def main() -> None:
    """Arguments: the home, the folder, how many visits are amended (0 on the taker's side). Reads one step a line."""
    home, place, changed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    switch_often()  # as the window and the command do
    services = unlocked(home)
    use_stick(services, place)
    print("ready", flush=True)
    for line in sys.stdin:
        step, _, count = line.strip().partition(" ")
        if step == "amend":
            made = _amend(services, changed)
        else:
            made = _catch_up(services) if step == "catch-up" else _run(services, until=int(count or 0))
        print(json.dumps(made), flush=True)
    services.close()
    provers().end()
    print(json.dumps({"peak": _peak(resource.RUSAGE_SELF), "children": _peak(resource.RUSAGE_CHILDREN)}), flush=True)


def _run(services: Services, *, until: int) -> Figures:
    """Send and receive, until what came can be found; again and again until so many entries have come."""
    used, begun, received = _used(), time.perf_counter(), 0
    while True:
        summary = services.syncing.run()
        received += summary.received_entries
        assert not summary.refused, "nothing is refused"
        if received >= until:
            break
        if not summary.received_entries:
            time.sleep(LOOK_AGAIN_AFTER)
    hits = services.finding.search(WORD)
    spent = {"begun": begun, "wall": time.perf_counter() - begun, "cpu": _used() - used}
    assert not any(row.held for row in services.receiving.inbox()), "nothing waits for a parent"
    return {
        **spent,
        "sent": summary.sent_entries,
        "received": received,
        "delivered": summary.delivered,
        "left": summary.left,
        "hits": len(hits),
    }


def _catch_up(services: Services) -> Figures:
    """What the window does once nobody waits, and the command before it ends."""
    used, begun = _used(), time.perf_counter()
    while services.upkeep.catch_up():
        pass
    return {"wall": time.perf_counter() - begun, "cpu": _used() - used}


def _amend(services: Services, changed: int) -> Figures:
    services.store.ledger.append(_amended(services, changed))
    return {}


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


def _used() -> float:
    """Seconds of the processor, of this process alone."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def _peak(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss * 1024


if __name__ == "__main__":
    main()
