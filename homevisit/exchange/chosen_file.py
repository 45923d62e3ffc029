"""Reading a file that somebody chose: never much more than it may hold, whatever it turns out to be."""

from __future__ import annotations

from pathlib import Path

from homevisit.errors import HomeVisitError


def read_chosen(path: Path, *, most: int, code: str) -> bytes:
    """Its bytes, one more than ``most`` where it is too large, for the reader to refuse; ``code`` if unreadable."""
    try:
        with path.open("rb") as source:
            return source.read(most + 1)
    except OSError:
        raise HomeVisitError(code) from None
