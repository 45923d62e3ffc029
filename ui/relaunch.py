"""Locking replaces the process: nothing in Python can wipe a key from memory, so the memory itself is given back."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ui.navigation import Place

RETURN_OPTION = "--return-to"


def arguments(place: Place | None) -> list[str]:
    """The command line that starts this program again, with the place to come back to (a page and an id, no names)."""
    given = sys.argv if getattr(sys, "frozen", False) else sys.orig_argv
    kept = _without_option([sys.executable, *given[1:]])
    return [*kept, RETURN_OPTION, place.to_text()] if place else kept


def relaunch(place: Place | None) -> None:
    """Become a fresh process at its unlock screen. Does not come back; if it cannot start, the program ends."""
    command = arguments(place)
    try:
        if os.name == "nt":
            os.spawnv(os.P_NOWAIT, command[0], command)  # noqa: S606 - the same, where exec would not wait
        else:
            _keep_no_files_open()
            os.execv(command[0], command)  # noqa: S606 - replaces this very program by itself
    finally:
        os._exit(0)


def _without_option(command: list[str]) -> list[str]:
    kept: list[str] = []
    words = iter(command)
    for word in words:
        if word == RETURN_OPTION:
            next(words, None)
        elif not word.startswith(f"{RETURN_OPTION}="):
            kept.append(word)
    return kept


def _keep_no_files_open() -> None:
    """Descriptors that a library opened without close-on-exec must not reach the locked process."""
    folder = Path("/proc/self/fd")
    names = [entry.name for entry in folder.iterdir()] if folder.exists() else [str(n) for n in range(3, 256)]
    for descriptor in map(int, names):
        if descriptor > 2:
            try:
                os.set_inheritable(descriptor, False)
            except OSError:
                continue
