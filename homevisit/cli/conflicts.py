"""``conflicts list``, ``show`` and ``settle``: what was signed without seeing each other, and which of it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call, UsageError
from homevisit.cli.output import local_time
from homevisit.cli.parsing import Commands

if TYPE_CHECKING:
    from homevisit.domain.conflicts import Conflict, Oddity, Side

LONGEST_VALUE = 200


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("conflicts", "what was signed without seeing each other")
    group.add("list", "everything to settle", run=list_all, example="--home home conflicts list")
    made = group.add("show", "both sides and what stood before", run=show, example="--home home conflicts show RECORD")
    made.add_argument("record", metavar="RECORD", help="the id that “conflicts list” shows")
    made = group.add(
        "settle",
        "say what holds; what is settled stays in the history",
        run=settle,
        example="--home home conflicts settle RECORD --take phone=2 --reason 'asked the mother'",
    )
    made.add_argument("record", metavar="RECORD", help="the id that “conflicts list” shows")
    made.add_argument(
        "--take", action="append", default=[], metavar="PART=SIDE", help="a number of “show”, an entry id, or “base”"
    )
    made.add_argument("--in-error", action="store_true", help="the record was entered in error")
    made.add_argument("--suggested", action="store_true", help="what “show” suggests for parts without --take")
    made.add_argument("--reason", default="", metavar="WORDS", help="why; signed with it")


def list_all(call: Call) -> int:
    """Everything to settle, and what does not add up."""
    with call.unlocked() as services:
        found, odd = services.conflicts.all(), services.conflicts.oddities()
    document = {"conflicts": [_document(each) for each in found], "oddities": [_odd_document(each) for each in odd]}
    lines = [*(_line(each) for each in found), *(_odd_line(each) for each in odd)]
    call.answer(document, lines or ["Nothing to settle."])
    return DONE


def show(call: Call) -> int:
    """One conflict with its sides and every part that differs."""
    with call.unlocked() as services:
        found = services.conflicts.of(call.args.record.strip())
    call.answer(_document(found), list(_lines(found)))
    return DONE


def settle(call: Call) -> int:
    """Sign what holds."""
    from homevisit.domain.entry import Kind

    args = call.args
    with call.unlocked() as services:
        found = services.conflicts.of(args.record.strip())
        choices = _choices(call, found)
        if found.kind is not Kind.VISIT:
            entry = services.conflicts.settle_details(found.record, choices, args.reason)
        elif args.in_error:
            entry = services.conflicts.withdraw_visit(found.record, args.reason)
        else:
            entry = services.conflicts.settle_visit(found.record, choices, args.reason)
    call.answer({"record": found.record, "entry": entry.id}, [f"Settled: {entry.id}"])
    return DONE


def _choices(call: Call, conflict: Conflict) -> dict[str, str]:
    from homevisit.domain.conflicts import BASE
    from homevisit.domain.summaries import IN_ERROR

    asked = {each.part: each.suggested for each in conflict.differences} if call.args.suggested else {}
    numbers = {str(number): side.entry for number, side in enumerate(conflict.sides, 1)}
    for given in call.args.take:
        part, _, side = given.partition("=")
        if part not in {each.part for each in conflict.differences}:
            raise UsageError("--take names a part that does not differ; “conflicts show” lists the parts.")
        if side != BASE and side not in (*numbers, *numbers.values()):
            raise UsageError("--take gives a side that is not there; “conflicts show” lists them with their numbers.")
        asked[part] = side if side == BASE else numbers.get(side, side)
    if call.args.in_error:
        asked[IN_ERROR] = next((side.entry for side in conflict.sides if side.is_mark), "")
    elif conflict.disputed:
        asked[IN_ERROR] = next((side.entry for side in conflict.sides if not side.is_mark), "")
    return asked


def _document(conflict: Conflict) -> dict[str, object]:
    return {
        "record": conflict.record,
        "kind": conflict.kind.value,
        "family": conflict.family,
        "family_name": conflict.family_name,
        "title": conflict.title,
        "disputed": conflict.disputed,
        "base": conflict.base,
        "sides": [
            {
                "entry": side.entry,
                "author": side.author,
                "author_name": side.author_name,
                "device": side.device,
                "recorded_at": side.recorded_at,
                "reason": side.reason,
                "in_error": side.is_mark,
            }
            for side in conflict.sides
        ],
        "differences": [
            {"part": each.part, "base": each.base, "values": dict(each.values), "suggested": each.suggested}
            for each in conflict.differences
        ],
    }


def _odd_document(odd: Oddity) -> dict[str, object]:
    return {
        "kind": odd.kind.value,
        "device": odd.device,
        "whose": odd.whose,
        "mine": odd.mine,
        "place": odd.place,
        "count": odd.count,
        "entries": list(odd.entries),
    }


def _line(conflict: Conflict) -> str:
    count = len(conflict.differences)
    what = "entered in error by one, changed by another" if conflict.disputed else f"{count} to settle"
    return f"{conflict.record}  {conflict.kind.value:<7}  {conflict.family_name}: {conflict.title}, {what}"


def _odd_line(odd: Oddity) -> str:
    from homevisit.domain.conflicts import Oddness

    whose = "your laptop" if odd.mine else f"a laptop of {odd.whose or 'somebody'}"
    if odd.kind is Oddness.FORK:
        return (
            f"{odd.count} different entries claim to be number {odd.place} of {whose}: a copied or restored store."
            " All are kept."
        )
    return f"{odd.count} of the entries that {whose} had signed are not here any more; they may still be with others."


def _lines(conflict: Conflict) -> Iterator[str]:
    yield _line(conflict)
    for number, side in enumerate(conflict.sides, 1):
        yield f"{number}. {_side_words(side)}"
        yield f"   {side.entry}"
    for each in conflict.differences:
        yield f"{each.part}:"
        yield f"   base: {_value(each.base)}"
        for number, side in enumerate(conflict.sides, 1):
            if side.entry in each.values:
                yield f"   {number}{'*' if side.entry == each.suggested else ' '}   {_value(each.values[side.entry])}"
    if any(each.suggested for each in conflict.differences):
        yield "*  what “settle --suggested” takes"


def _side_words(side: Side) -> str:
    said = " – entered in error" if side.is_mark else ""
    reason = f": {' '.join(side.reason.split())}" if side.reason else ""
    return f"{side.author_name or 'somebody'}, {local_time(side.recorded_at)}{said}{reason}"


def _value(value: object) -> str:
    if value in (None, ""):
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_VALUE else plain[: LONGEST_VALUE - 1] + "…"
