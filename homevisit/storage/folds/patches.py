"""Fields of a foreign patch that do not fit their place are left out, so that one bad field never hides a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from homevisit.errors import HomeVisitError


def readable(fields: Mapping[str, object], read: Callable[[Mapping[str, object]], object]) -> dict[str, object]:
    """The fields that the codec takes."""
    return {name: value for name, value in fields.items() if _taken({name: value}, read)}


def _taken(one: Mapping[str, object], read: Callable[[Mapping[str, object]], object]) -> bool:
    try:
        read(one)
    except HomeVisitError:
        return False
    return True
