"""The parser of all commands, and carrying out one of them with the exit status that machines rely on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from typing_extensions import override

from homevisit import __version__
from homevisit.cli import (
    card,
    conflicts,
    demo,
    fhir,
    laptop,
    package,
    place,
    prompts,
    reading,
    self_test,
    sharing,
    store,
    sync,
    team,
)
from homevisit.cli.call import REFUSED, USAGE, Call, UsageError
from homevisit.cli.output import complain, discard_stdout, tolerate_any_text, write_document
from homevisit.cli.parsing import Commands
from homevisit.errors import HomeVisitError
from homevisit.hardening import harden
from homevisit.paths import Home, default_home

GROUPS = (demo, store, reading, card, laptop, team, package, place, sync, fhir, prompts, conflicts, sharing, self_test)
INTERRUPTED = 130
COMMANDS, COLUMN = "commands:\n", 60
ABOUT = """\
Notes of home visits, offline, encrypted and signed. Without a command the window opens. More: COMMAND --help
Exit status: 0 done, 1 refused with a code on stderr, 2 called wrongly."""


class OneScreen(argparse.RawDescriptionHelpFormatter):
    """Help with half a line for each command and nothing else, so that a terminal of 24 lines shows it all."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=118)

    @override
    def start_section(self, heading: str | None) -> None:
        """The options need no heading: everything in front of the commands is one."""
        super().start_section(argparse.SUPPRESS if heading == "options" else heading)

    @override
    def add_argument(self, action: argparse.Action) -> None:
        if action.nargs == argparse.PARSER:  # the commands: list them without a heading of their own
            for each in action._get_subactions():  # type: ignore[attr-defined]  # noqa: SLF001 - argparse has no other way
                super().add_argument(each)
        else:
            super().add_argument(action)


class AllCommands(argparse.ArgumentParser):
    """The parser of the first word; its help sets the commands in two columns."""

    @override
    def format_help(self) -> str:
        head, mark, rest = super().format_help().partition(COMMANDS)
        named = [line.strip().split(None, 1) for line in rest.splitlines() if line.strip()]
        lines = [f"  {name:<11}{text}" for name, text in named]
        half = (len(lines) + 1) // 2
        pairs = zip(lines[:half], [*lines[half:], ""], strict=False)
        return head + mark + "\n".join(f"{left:<{COLUMN}}{right}".rstrip() for left, right in pairs) + "\n"


def parser() -> argparse.ArgumentParser:
    """Every command with its options; nothing heavy is imported for it."""
    top = AllCommands(
        prog="homevisit",
        description=ABOUT,
        formatter_class=OneScreen,
        add_help=False,
        allow_abbrev=False,
        usage="homevisit [--home DIR] [--passphrase-file FILE] [--json] COMMAND …",
    )
    top.add_argument("--home", metavar="DIR", help="the folder of the store (default: your own data folder)")
    top.add_argument("--passphrase-file", metavar="FILE", help="first line is the passphrase; - for stdin")
    top.add_argument("--json", action="store_true", help="one JSON document on stdout")
    top.add_argument("--version", action="version", version=f"homevisit {__version__}", help=argparse.SUPPRESS)
    top.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)
    commands = Commands(
        top.add_subparsers(
            parser_class=argparse.ArgumentParser,
            prog="homevisit",
            dest="command",
            metavar="COMMAND",
            required=True,
            title="commands",
        )
    )
    for group in GROUPS:
        group.add(commands)
    return top


def main(words: Sequence[str]) -> int:
    """Carry out one command; gives the exit status."""
    harden()
    tolerate_any_text()
    try:
        status = _carried_out(words)
        sys.stdout.flush()
    except BrokenPipeError:
        discard_stdout()
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _carried_out(words: Sequence[str]) -> int:
    try:
        args = parser().parse_args(words)
    except SystemExit as ended:  # argparse has said why, or has shown the help
        return int(ended.code or 0)
    home = Home(Path(args.home).expanduser().absolute()) if args.home else default_home()
    call = Call(args, home, as_json=args.json)
    run: Callable[[Call], int] = args.run
    try:
        return run(call)
    except UsageError as fault:
        complain(str(fault))
        return USAGE
    except HomeVisitError as error:
        return _refused(error, call)


def _refused(error: HomeVisitError, call: Call) -> int:
    from homevisit.cli.wording import refusal

    if call.as_json:
        write_document({"refused": {"code": error.code, "values": error.values}})
    complain(refusal(error))
    return REFUSED
