"""A program that takes entries in and kills itself at a statement: the nth one of the import, by the driver's trace."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from homevisit.clock import ManualClock
from homevisit.exchange.entries import read_entries
from homevisit.paths import Home
from tests.storage.making import START, reopened


def main() -> None:
    """Arguments: home, file of entries, how many, the statement at which to die (0 for none)."""
    home, raw, count, last = Home(Path(sys.argv[1])), Path(sys.argv[2]).read_bytes(), int(sys.argv[3]), int(sys.argv[4])
    store = reopened(home, ManualClock(START))
    seen = 0

    def follow(_statement: str) -> None:
        nonlocal seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    store.database.conn.set_trace_callback(follow)
    store.ledger.admit(read_entries(raw, count=count))
    store.database.conn.set_trace_callback(None)
    print(seen, flush=True)
    store.close()


if __name__ == "__main__":
    main()
