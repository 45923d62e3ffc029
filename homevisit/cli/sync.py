"""``sync``, ``outbox``, ``inbox``: sending and receiving through the places, with exit statuses for a scheduler."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call, UsageError
from homevisit.cli.output import complain, local_time
from homevisit.cli.parsing import Commands
from homevisit.cli.wording import advice, counted, entries, sentence, visits
from homevisit.jobs import switch_often

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.domain.summaries import InboxRow, OutboxRow
    from homevisit.domain.sync_summary import Held, Summary

UNFINISHED = 3
EVERY_MINUTES = 5


def add(commands: Commands) -> None:
    """Declare the commands."""
    made = commands.add(
        "sync",
        "send and receive through the places",
        run=sync,
        example="--home home --passphrase-file F sync --once",
    )
    made.add_argument(
        "--once", action="store_true", help="one run: 0 all went well, 3 something has to wait or be looked at"
    )
    made.add_argument(
        "--every",
        type=int,
        metavar="MINUTES",
        help=f"go on until interrupted (default {EVERY_MINUTES}, without --once)",
    )
    commands.add("outbox", "packages that leave, and where each stands", run=outbox, example="--home home outbox")
    commands.add("inbox", "what arrived, and what was refused and why", run=inbox, example="--home home inbox")


def sync(call: Call) -> int:
    """Send and receive once, or again and again."""
    if call.args.once and call.args.every is not None:
        raise UsageError("give --once or --every, not both.")
    minutes = EVERY_MINUTES if call.args.every is None else call.args.every
    if minutes < 1:
        raise UsageError("--every takes whole minutes, 1 or more.")
    with call.unlocked() as services:
        status = _once(call, services)
        while not call.args.once:
            threading.Event().wait(minutes * 60)
            status = _once(call, services)
    return status


def outbox(call: Call) -> int:
    """List every package that was made, newest first."""
    with call.unlocked() as services:
        rows, left = services.sending.outbox(), services.syncing.left()
    call.answer({"left": left, "packages": [asdict(row) for row in rows]}, [*map(_out, rows), _left(left)])
    return DONE


def inbox(call: Call) -> int:
    """List everything that arrived, newest first, and what has not."""
    with call.unlocked() as services:
        rows, gaps = services.receiving.inbox(), services.syncing.gaps()
    missing = [_gap(gap.packages, gap.name, mine=gap.mine) for gap in gaps]
    call.answer(
        {"gaps": [asdict(gap) for gap in gaps], "packages": [asdict(row) for row in rows]}, [*map(_in, rows), *missing]
    )
    return DONE


def _once(call: Call, services: Services) -> int:
    if not services.places.all():
        raise UsageError("there is no place to send through; add one with “place add”.")
    switch_often()
    summary = services.syncing.run(patient=not call.args.once)
    call.answer(asdict(summary) | {"everything_sent": summary.everything_sent}, _lines(summary))
    for result in summary.places:
        if result.code:
            complain(f"{result.title}: {result.code}: {advice(result.code)}")
    for code, count in Counter(summary.refused).items():
        complain(f"{counted(count, 'package', 'packages')} refused: {code}: {advice(code)}")
    while services.upkeep.catch_up():
        pass
    return DONE if summary.went_well and summary.everything_sent and not summary.gaps else UNFINISHED


def _lines(summary: Summary) -> list[str]:
    receipts = counted(summary.receipts, "receipt", "receipts")
    sent = f"sent {summary.sent} ({entries(summary.sent_entries)}), {receipts}"
    new = counted(summary.received_entries, "new entry", "new entries")
    received = f"received {summary.received} ({new}), refused {len(summary.refused)}"
    lines = [f"{sent}; {received}; delivered {summary.delivered}"]
    for held in summary.held:
        lines.append(_held(held))
    lines += [_gap(gap.packages, gap.name, mine=gap.mine) for gap in summary.gaps]
    lines.append(_left(summary.left))
    return lines


def _held(held: Held) -> str:
    """Why a place did not take packages is told beside the place."""
    if held.place:
        return f"held {counted(held.count, 'package', 'packages')} for {held.place}: {sentence(held.code)}"
    return f"held {held.count}{f' for {held.name}' if held.name else ''}: {advice(held.code)}"


def _left(left: int | None) -> str:
    if left is None:
        return "the run was broken off before what is left could be counted"
    return f"{entries(left)} still to be sent" if left else "everything is sent"


def _gap(packages: int, name: str, *, mine: bool) -> str:
    whose = "your other laptop" if mine else name or "somebody"
    have = "packages have" if packages > 1 else "package has"
    return f"{packages} {have} not arrived from {whose}: packed anew there after a day; if it stays, add another place"


def _out(row: OutboxRow) -> str:
    to = ", ".join(row.recipients)
    what = f"{entries(row.entries)}, {visits(row.visits)}" if row.entries else row.kind
    parts = [local_time(row.made_at), row.name, row.state.value, f"to {to}", what, f"next: {row.next_action.value}"]
    return "  ".join(parts + ([row.code] if row.code else []))


def _in(row: InboxRow) -> str:
    if row.code:
        return f"{local_time(row.received_at)}  {row.file_name}  refused: {row.code}: {advice(row.code)}"
    counts = f"{row.new} new, {row.known} known, {row.held} waiting for others"
    return f"{local_time(row.received_at)}  {row.file_name}  from {row.sender_name}  {row.kind}: {counts}"
