"""Refuses to start when a foreign ``ui`` or ``resources`` folder would be run in place of ours.

Both names are common: a folder of that name in the current directory shadows ours under ``python -m homevisit``.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

NAMES = ("resources", "ui")


def place_of(name: str) -> Path | None:
    """The folder that holds the package of this name, found without importing it."""
    spec = find_spec(name)
    return Path(spec.origin).resolve().parent.parent if spec and spec.origin else None


def strangers(home: Path) -> tuple[str, ...]:
    """Those of our sibling packages that would not come from beside ``homevisit``."""
    return tuple(name for name in NAMES if place_of(name) != home)


def check() -> None:
    """End the program with one sentence unless both siblings are ours."""
    home = Path(__file__).resolve().parent.parent
    if found := strangers(home):
        raise SystemExit(
            f"homevisit: another “{found[0]}” folder stands in the way; start the program from a different folder."
        )
