"""Where the icons and fonts lie, without importlib.resources: that import alone costs 25 ms of a cold start."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path


@lru_cache(maxsize=1)
def _folder() -> Path:
    spec = find_spec("resources")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the resources that ship with the program are missing")
    return Path(spec.origin).parent


def resource_path(folder: str, name: str) -> Path:
    """A file that ships with the program; both names are constants of the source, never typed or received."""
    return _folder() / folder / name
