"""Data that ships with the program, read through importlib.resources; absolute and upward names are refused."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath


def item(name: str) -> Traversable:
    """The resource with this relative name, such as ``icons/lock.svg``."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"not a resource name: {name}")
    return files("resources").joinpath(*path.parts)


def read_bytes(name: str) -> bytes:
    """The bytes of a resource."""
    return item(name).read_bytes()


def read_text(name: str) -> str:
    """The text of a UTF-8 resource."""
    return item(name).read_text(encoding="utf-8")


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """Names of the resources directly in a folder that end with ``suffix``, sorted."""
    return tuple(sorted(f"{folder}/{entry.name}" for entry in item(folder).iterdir() if entry.name.endswith(suffix)))
