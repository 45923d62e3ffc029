"""A person's choices about the program itself: one small file in the home, without a name or a secret in it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from homevisit.errors import HomeVisitError

THEMES = ("system", "light", "dark", "contrast")
NATIONS = ("england", "scotland", "wales", "northern-ireland")
_LARGEST_FILE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``lock_after`` is in minutes; ``window`` is x, y, width, height, and () before the first time."""

    theme: str = "system"
    text_scale: int = 100
    lock_after: int = 5
    visits_in_home: bool = False
    sync_by_itself: bool = True
    sync_metered: bool = False
    nation: str = "england"
    window: tuple[int, ...] = ()
    maximised: bool = False
    shortcuts: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> Settings:
    """Read the settings; whatever is missing, unreadable or out of range has its usual value."""
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST_FILE))
    except (OSError, ValueError, RecursionError):
        return Settings()
    return from_json(found) if isinstance(found, dict) else Settings()


def from_json(found: Mapping[str, Any]) -> Settings:
    """Settings of a JSON object; a value that fails its check is left out."""
    good = {name: value for name, value in found.items() if name in _CHECKS and _CHECKS[name](value)}
    if "window" in good:
        good["window"] = tuple(good["window"])
    return Settings(**good)


def save(path: Path, settings: Settings) -> None:
    """Replace the file as a whole, readable only by its owner."""
    data = json.dumps(asdict(settings), indent=2, sort_keys=True).encode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_name(f".settings-{os.urandom(8).hex()}")
        try:
            _write(new, data)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise HomeVisitError("settings.not_saved", errno=problem.errno) from problem


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_window(value: object) -> bool:
    return isinstance(value, list) and len(value) in (0, 4) and all(_is_whole(n, -100_000, 100_000) for n in value)


def _is_text_map(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all(isinstance(text, str) and len(text) <= 64 for pair in value.items() for text in pair)


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "theme": lambda value: value in THEMES,
    "text_scale": lambda value: _is_whole(value, 100, 200),
    "lock_after": lambda value: _is_whole(value, 0, 60),
    "window": _is_window,
    "nation": lambda value: value in NATIONS,
    "visits_in_home": lambda value: isinstance(value, bool),
    "sync_by_itself": lambda value: isinstance(value, bool),
    "sync_metered": lambda value: isinstance(value, bool),
    "maximised": lambda value: isinstance(value, bool),
    "shortcuts": _is_text_map,
}
