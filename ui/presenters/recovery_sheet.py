"""The recovery sheet: its words, and writing it to a new file that only its owner can read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from homevisit.errors import HomeVisitError
from ui.notices import Notice
from ui.tokens import Tone
from ui.words import tr

GROUPS_ASKED = 2


def pick_groups(positions: Sequence[int]) -> tuple[int, ...]:
    """Which groups of a code are to be typed again."""
    picked = secrets.SystemRandom().sample(list(positions), min(GROUPS_ASKED, len(positions)))
    return tuple(sorted(picked))


def sheet_text(groups: Sequence[str], store: str, day: date) -> str:
    """What is printed or saved: whose code, for which store, and what it is for."""
    return tr(
        "first_run",
        "Homevisit recovery code\n\n{code}\n\nStore: {folder}\nMade: {day}\n\n"
        "With this code the store can be opened when the passphrase is forgotten.\n"
        "Keep it where nobody else can find it, and not with the laptop.\n",
        code="  ".join(groups),
        folder=store,
        day=f"{day:%d %B %Y}",
    )


def saved_notice() -> Notice:
    """The sheet is in the file that was chosen."""
    words = tr("first_run", "The recovery code is saved in that file.")
    return Notice(sentence=words, next_step=tr("first_run", "Keep the file away from this laptop."), tone=Tone.GOOD)


def other_groups_notice() -> Notice:
    """What was typed again is not the code."""
    return Notice(
        sentence=tr("first_run", "These are not the groups of the code above."),
        next_step=tr("first_run", "Compare them with your printed or written copy and type them again."),
    )


def save_sheet(path: Path, text: str) -> None:
    """Refuses to overwrite: what is there may be the code of another store."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as problem:
        raise HomeVisitError("recovery.file_exists") from problem
    except OSError as problem:
        raise HomeVisitError("recovery.not_written", errno=problem.errno) from problem
