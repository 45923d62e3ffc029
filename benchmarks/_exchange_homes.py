"""Two homes that exchange, one with signed visits and one empty: made once by the real code and kept in ``build``."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks._exchange_records import visits, write_documents
from benchmarks._homes import exchange_cards, made_once
from homevisit.clock import SystemClock
from homevisit.paths import Home
from homevisit.services.demo.making import PASSPHRASE, PRACTITIONER, QUICK, SUPERVISOR
from homevisit.services.homes import create

SENDER, TAKER, DOCUMENTS = "sender", "taker", "documents.jsonl"
SIGNED_AT_ONCE = 2_000


def exchange_homes(count: int) -> Path:
    """The folder with both homes and the same records as documents, a line each."""
    return made_once(f"exchange-{count}", partial(_make, count), said=f"signing {count:,} visits")


def _make(count: int, folder: Path) -> None:
    clock = SystemClock()
    sender = create(Home(folder / SENDER), PRACTITIONER, PASSPHRASE, clock=clock, cost=QUICK).services
    taker = create(Home(folder / TAKER), SUPERVISOR, PASSPHRASE, clock=clock, cost=QUICK).services
    exchange_cards(sender, taker, folder)
    new = visits(count)
    while portion := list(islice(new, SIGNED_AT_ONCE)):
        sender.store.ledger.append(portion)
    write_documents(sender.store.ledger.all(), folder / DOCUMENTS)
    sender.close()
    taker.close()
