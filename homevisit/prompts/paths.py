"""Where an occurrence of an item stands in a response, as a value and as a text that comments can be pinned to."""

from __future__ import annotations

from urllib.parse import quote, unquote

Step = tuple[str, int]
Path = tuple[Step, ...]
ROOT: Path = ()


def path_text(path: Path) -> str:
    """``step2.strength:1/step2.strength.what``; the index 0 is left out."""
    return "/".join(quote(link, safe="") + (f":{index}" if index else "") for link, index in path)


def parse_path(text: str) -> Path:
    """Read what :func:`path_text` wrote; ValueError for anything else."""
    return tuple(_parse_step(part) for part in text.split("/")) if text else ROOT


def without_repeat(path: Path, place: Path, link: str, removed: int) -> Path | None:
    """The path once one repeat of ``link`` below ``place`` is gone; None if it lay in that repeat."""
    depth = len(place)
    if len(path) <= depth or path[:depth] != place or path[depth][0] != link or path[depth][1] < removed:
        return path
    if path[depth][1] == removed:
        return None
    return (*place, (link, path[depth][1] - 1), *path[depth + 1 :])


def with_repeat(path: Path, place: Path, link: str, inserted: int) -> Path:
    """The path once one repeat of ``link`` below ``place`` has come in at an index."""
    depth = len(place)
    if len(path) <= depth or path[:depth] != place or path[depth][0] != link or path[depth][1] < inserted:
        return path
    return (*place, (link, path[depth][1] + 1), *path[depth + 1 :])


def _parse_step(part: str) -> Step:
    link, _, index = part.partition(":")
    return unquote(link), int(index) if index else 0
