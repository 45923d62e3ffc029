"""One call of a command: its arguments, its home, how secrets are asked for and where answers go."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.cli.output import write_document, write_lines
from homevisit.clock import SystemClock
from homevisit.paths import Home

if TYPE_CHECKING:
    from homevisit.assembly import Services

DONE, REFUSED, USAGE = 0, 1, 2
LONGEST_SECRET = 64 * 1024


class UsageError(Exception):
    """The command was called in a way that cannot work; the text says what to do instead."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a command is given."""

    args: Namespace
    home: Home
    as_json: bool

    @property
    def clock(self) -> SystemClock:
        return SystemClock()

    def answer(self, document: object, lines: Iterable[str]) -> None:
        """Give the result: the document under ``--json``, otherwise the lines."""
        if self.as_json:
            write_document(document)
        else:
            write_lines(lines)

    @contextmanager
    def unlocked(self) -> Iterator[Services]:
        """The services of the home's store; closed again whatever happens."""
        from homevisit.services import homes

        services = homes.unlock(self.home, self.passphrase(), clock=self.clock)
        try:
            yield services
        finally:
            services.close()

    def passphrase(self, prompt: str = "Passphrase: ") -> str:
        """The passphrase from its file, or asked for where there is a terminal."""
        named = self.args.passphrase_file
        return read_secret(named) if named else ask_secret(prompt, option="--passphrase-file FILE")

    def new_passphrase(self) -> str:
        """A passphrase for a new store: from its file, or asked for twice."""
        first = self.passphrase("New passphrase: ")
        if not self.args.passphrase_file and first != ask_secret("The same again: ", option="--passphrase-file FILE"):
            raise UsageError("the two passphrases differ; nothing was made.")
        return first


def read_secret(named: str) -> str:
    """The first line of a file, or of stdin for ``-``."""
    try:
        if named == "-":
            text = sys.stdin.readline(LONGEST_SECRET)
        else:
            with Path(named).open(encoding="utf-8-sig") as source:
                text = source.readline(LONGEST_SECRET)
    except (OSError, ValueError):
        raise UsageError("the file with the passphrase or code cannot be read.") from None
    return text.rstrip("\r\n")


def ask_secret(prompt: str, *, option: str) -> str:
    """Ask on the terminal without showing what is typed."""
    if not has_terminal():
        raise UsageError(f"there is no terminal to ask on; give {option}.")
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise UsageError("nothing was typed.") from None


def has_terminal() -> bool:
    """Whether a person can be asked something."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
