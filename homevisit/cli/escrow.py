"""``team escrow-key|recovery-file|recover``: the organisation's key to laptops whose passphrase was forgotten."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call, UsageError, has_terminal
from homevisit.cli.comparing import path_of
from homevisit.cli.parsing import Commands
from homevisit.errors import HomeVisitError

if TYPE_CHECKING:
    from homevisit.services.team import OfferedTeam

SAID = (
    "Your organisation will hold a key that can open this laptop’s records: the team file asks for it.\n"
    "It is for a forgotten passphrase; whoever keeps that key can then read you a code."
)


def declare(group: Commands) -> None:
    """Declare the commands among those of the team."""
    made = group.add(
        "escrow-key", "a key that opens laptops of the team", run=make_key, example="team escrow-key recovery.key"
    )
    made.add_argument("file", metavar="FILE", help="a new file; keep it offline, where few people reach it")
    made = group.add(
        "recovery-file",
        "the sealed recovery code of a locked home, for the organisation; asks no passphrase",
        run=hand_out,
        example="--home home team recovery-file code.age",
    )
    made.add_argument("file", metavar="FILE", help="a new file; only the organisation’s key opens it")
    made = group.add(
        "recover",
        "open the sealed recovery code of a laptop",
        run=recover,
        example="team recover code.age --identity-file recovery.key",
    )
    made.add_argument("file", metavar="FILE", help="what the laptop handed out")
    made.add_argument("--identity-file", required=True, metavar="KEY", help="the file that “team escrow-key” made")


def make_key(call: Call) -> int:
    """Make the key; only its recipient is shown."""
    from homevisit.services.escrow_files import make_key as make

    path = path_of(call.args.file)
    recipient = make(path, call.clock)
    call.answer(
        {"file": str(path), "recipient": recipient},
        [
            f"Made {path}: whoever has it can open every laptop of the team together with that laptop’s file.",
            "Keep it offline, and a copy of it elsewhere. Its recipient, for “team set … --recovery-escrow”:",
            recipient,
        ],
    )
    return DONE


def hand_out(call: Call) -> int:
    """Write the sealed code of the home."""
    from homevisit.services import homes

    path = path_of(call.args.file)
    homes.hand_out_code(call.home, path)
    call.answer(
        {"file": str(path)},
        [
            f"Written to {path}",
            "Give it to whoever keeps the recovery key of your organisation; nobody else can open it.",
            "Type the code that is read out to you under “Use recovery code”, then choose a new passphrase.",
        ],
    )
    return DONE


def recover(call: Call) -> int:
    """Show the code of a laptop."""
    from homevisit.services.escrow_files import recover as opened

    found = opened(path_of(call.args.file), path_of(call.args.identity_file))
    call.answer(
        {"code": found.code, "name": found.name, "laptop": found.laptop, "made_at": found.made_at},
        [
            f"Recovery code of the laptop of {found.name}",
            f"  {found.code}",
            f"  laptop {found.laptop}, made {found.made_at}",
            "Make sure whom you are speaking with, then read it out. It opens this laptop once.",
        ],
    )
    return DONE


def agreed(call: Call, offered: OfferedTeam) -> None:
    """Tell of the key before a newer team file brings it, and go on only if the person does."""
    if call.args.yes or call.args.words is not None:
        return
    if not has_terminal():
        raise UsageError("this team file gives your organisation a key to this laptop’s records; go on with --yes.")
    sys.stderr.write(f"Team of {offered.team.organisation}\n{SAID}\nGo on? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise HomeVisitError("team.not_confirmed")
