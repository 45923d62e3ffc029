"""How every command is declared: a name, one line, an example, and the general options after it as well as before."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from homevisit.cli.call import Call

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name for it


class Commands:
    """Adds commands to a parser, or sub-commands to a command."""

    def __init__(self, place: Subparsers) -> None:
        self._place = place

    def add(self, name: str, help_text: str, *, run: Callable[[Call], int], example: str) -> argparse.ArgumentParser:
        """A command that does something."""
        made = self._new(name, help_text, f"example: homevisit {example}")
        made.set_defaults(run=run)
        again = made.add_argument_group("general options, here or before the command")
        again.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="the folder of the store")
        again.add_argument("--passphrase-file", metavar="FILE", default=argparse.SUPPRESS, help="- for stdin")
        again.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one JSON document")
        return made

    def group(self, name: str, help_text: str) -> Commands:
        """A command that only holds others, such as ``card``."""
        made = self._new(name, help_text, "")
        return Commands(made.add_subparsers(dest=f"{name}_command", metavar="COMMAND", required=True))

    def _new(self, name: str, help_text: str, epilog: str) -> argparse.ArgumentParser:
        return self._place.add_parser(
            name,
            help=help_text,
            description=help_text[0].upper() + help_text[1:] + ".",
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
