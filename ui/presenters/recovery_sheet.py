"""Writes the recovery sheet to a new file that only its owner can read."""

from __future__ import annotations

import os
from pathlib import Path

from homevisit.errors import HomeVisitError


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
