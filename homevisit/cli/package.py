"""``package export``, ``package inspect``, ``package import``: sealed files out and in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, REFUSED, Call
from homevisit.cli.output import complain
from homevisit.cli.parsing import Commands
from homevisit.cli.wording import advice, entries, visits

if TYPE_CHECKING:
    from homevisit.domain.summaries import InboxRow
    from homevisit.exchange.package import Opened


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("package", "sealed packages out and in")
    made = group.add(
        "export",
        "seal what people do not have yet into a folder",
        run=export,
        example='--home home package export --to "A. Name" --out /media/stick',
    )
    made.add_argument("--to", nargs="+", required=True, metavar="NAME", help="names on cards that you trust")
    made.add_argument("--out", required=True, metavar="DIR")
    made = group.add("inspect", "open a package and take nothing in", run=inspect, example="package inspect FILE.age")
    made.add_argument("file", metavar="FILE")
    made = group.add("import", "take packages in", run=take_in, example="--home home package import /media/stick/*.age")
    made.add_argument("files", nargs="+", metavar="FILE", help="each is taken in or refused by itself")


def export(call: Call) -> int:
    """Seal and put into a folder."""
    place = Path(call.args.out).expanduser().absolute()
    with call.unlocked() as services:
        lost = services.teams.lost_laptops()
        known = [each.card for name in call.args.to for each in services.cards.laptops_of(name)]
        recipients = [card for card in known if card.device not in lost]
        rows = services.sending.export(recipients, place)
    lines = [f"{row.name}  {row.state.value}  {entries(row.entries)}, {visits(row.visits)}" for row in rows]
    call.answer([asdict(row) for row in rows], lines)
    return DONE


def inspect(call: Call) -> int:
    """Say what a package is, without a word of what was written."""
    with call.unlocked() as services:
        opened = services.receiving.inspect(Path(call.args.file).expanduser().absolute())
    document = _about(opened)
    call.answer(document, [f"{name.replace('_', ' ')}: {value}" for name, value in document.items()])
    return DONE


def take_in(call: Call) -> int:
    """Take each file in or refuse it; 1 if any was refused."""
    paths = [Path(name).expanduser().absolute() for name in call.args.files]
    with call.unlocked() as services:
        rows = services.receiving.take_in(paths)
    call.answer([asdict(row) for row in rows], [_line(row) for row in rows])
    refused = dict.fromkeys(row.code for row in rows if row.code)
    for code in refused:
        complain(f"refused: {code}\n{advice(code)}")
    return REFUSED if refused else DONE


def _about(opened: Opened) -> dict[str, object]:
    manifest = opened.manifest
    return {
        "package": manifest.package_id,
        "kind": manifest.kind.value,
        "from": opened.sender.name,
        "author": manifest.author,
        "device": manifest.device,
        "epoch": manifest.epoch,
        "number": manifest.seq,
        "created": manifest.created,
        "entries": manifest.entry_count,
        "recipients": list(manifest.recipients),
        "in_reply_to": list(manifest.in_reply_to),
        "digest": opened.digest,
    }


def _line(row: InboxRow) -> str:
    if row.code:
        return f"{row.file_name}  refused: {row.code}" + (f"  kept sealed as {row.kept}" if row.kept else "")
    return f"{row.file_name}  taken in: {row.new} new, {row.known} known, {row.held} waiting for others"
