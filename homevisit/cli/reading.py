"""``search``, ``history``, ``families list``, ``visits list|queue``: what the store holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from homevisit.cli import queue
from homevisit.cli.call import DONE, Call
from homevisit.cli.output import local_time
from homevisit.cli.parsing import Commands
from homevisit.cli.wording import visits
from homevisit.errors import HomeVisitError

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.domain.summaries import SearchHit, Version, VisitRow

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_HITS = 10_000
MARKS = str.maketrans({"\ue000": "[", "\ue001": "]"})
NO_MARKS = str.maketrans({"\ue000": None, "\ue001": None})


def add(commands: Commands) -> None:
    """Declare the commands."""
    made = commands.add("search", "search everything that was signed", run=search, example="--home home search bath")
    made.add_argument("words", nargs="+", metavar="WORD", help="the last one may be the beginning of a word")
    made.add_argument("--family", default="", metavar="ID", help="only this family")
    made.add_argument("--most", type=int, default=50, metavar="N", help="at most so many finds (default: 50)")
    made = commands.add(
        "history", "every entry of one record, with its verdict", run=history, example="--home home history RECORD"
    )
    made.add_argument("record", metavar="RECORD", help="the id that “families list”, “visits list” or “search” shows")
    families = commands.group("families", "list families with their ids")
    made = families.add("list", "list families by name", run=list_families, example="--home home families list")
    made.add_argument("words", nargs="*", metavar="WORD", help="only those with people, address or name like this")
    visits = commands.group("visits", "signed visits with their ids, and those to review")
    made = visits.add("list", "list signed visits, newest first", run=list_visits, example="--home home visits list")
    made.add_argument("--family", default="", metavar="ID", help="only this family")
    visits.add(
        "queue", "visits of others that wait for a review, late ones first", run=queue.show, example="visits queue"
    )


def search(call: Call) -> int:
    """Find text; no find is an answer, not a refusal."""
    args = call.args
    with call.unlocked() as services:
        hits = services.finding.search(" ".join(args.words), family=args.family, most=min(max(1, args.most), MOST_HITS))
    call.answer([_hit(hit) for hit in hits], [_hit_line(hit) for hit in hits] or ["Nothing found."])
    return DONE


def history(call: Call) -> int:
    """Every entry of a record in causal order."""
    record = call.args.record.strip()
    if not ID.fullmatch(record):
        raise HomeVisitError("record.unknown")  # without repeating what was typed: it may be a name
    with call.unlocked() as services:
        versions = services.records.history(record)
    call.answer([asdict(version) for version in versions], [line for each in versions for line in _version_lines(each)])
    return DONE


def list_families(call: Call) -> int:
    """Families by name."""
    with call.unlocked() as services:
        rows = services.families.list(" ".join(call.args.words))
    lines = [f"{row.id}  {visits(row.visits):>10}  {row.last_visit[:10]:<10}  {row.name}" for row in rows]
    call.answer([asdict(row) for row in rows], lines or ["No families."])
    return DONE


def list_visits(call: Call) -> int:
    """Signed visits, newest first."""
    with call.unlocked() as services:
        rows = sorted(_visits(services, call.args.family), key=lambda row: row.started, reverse=True)
    call.answer([asdict(row) for row in rows], [_visit_line(row) for row in rows] or ["No signed visits."])
    return DONE


def _visits(services: Services, family: str) -> Iterator[VisitRow]:
    if family and not ID.fullmatch(family):
        raise HomeVisitError("family.unknown")
    chosen = [services.families.brief(family).id] if family else [row.id for row in services.families.list()]
    for each in chosen:
        yield from services.families.timeline(each)


def _hit(hit: SearchHit) -> dict[str, object]:
    return {**asdict(hit), "snippet": hit.snippet.translate(NO_MARKS)}


def _hit_line(hit: SearchHit) -> str:
    text = " ".join(hit.snippet.translate(MARKS).split())
    return f"{hit.record}  {hit.kind.value:<6}  {local_time(hit.when):<16}  {hit.family_name}: {text}"


def _visit_line(row: VisitRow) -> str:
    when = row.started.replace("T", " ")
    return f"{row.id}  {when:<16}  {row.contact.value:<11}  {row.state.value:<15}  {row.family_name}"


def _version_lines(version: Version) -> Iterator[str]:
    verdict = "erased" if version.erased else "genuine" if version.genuine else "NOT GENUINE"
    yield f"{version.number}. {version.kind.value} {version.act.value} by {version.author_name}: {verdict}"
    yield f"   happened {local_time(version.happened_at)}, recorded {local_time(version.recorded_at)}"
    if version.reason:
        yield f"   reason: {' '.join(version.reason.split())}"
    yield f"   {version.entry}"
