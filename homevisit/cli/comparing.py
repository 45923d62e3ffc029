"""Six words that are compared before something is trusted: given as an option, or asked about on a terminal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from homevisit.cli.call import Call, UsageError, has_terminal
from homevisit.errors import HomeVisitError


def declare_words(made: ArgumentParser) -> None:
    """The options of a command that asks for the words."""
    confirmed = made.add_mutually_exclusive_group()
    confirmed.add_argument("--words", metavar='"W1 … W6"', help="the six words as the person read them out")
    confirmed.add_argument("--yes", action="store_true", help="you compared the words already")


def compared(call: Call, about: str, words: tuple[str, ...], *, code: str) -> None:
    """Refuse with ``<code>.words_differ`` or ``.not_confirmed`` unless the words are the same."""
    if call.args.yes:
        return
    if call.args.words is not None:
        if tuple(call.args.words.lower().split()) != words:
            raise HomeVisitError(f"{code}.words_differ")
        return
    if not has_terminal():
        raise UsageError("there is no terminal to ask on; give --words or --yes.")
    sys.stderr.write(f"{about}\n  {' '.join(words)}\nAre these the words the person reads out? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise HomeVisitError(f"{code}.not_confirmed")


def path_of(named: str) -> Path:
    """A path as it was typed."""
    return Path(named).expanduser().absolute()
