"""For work that waits for a network: how its short steps on the store are run where the store is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Inside(Protocol):
    """Runs a short job where the store is, and waits for it: ``Bridge.inside`` on the exchange lane."""

    def __call__(self, job: Callable[[], T], /) -> T: ...


def at_once(job: Callable[[], T], /) -> T:
    """For callers on the thread that owns the store."""
    return job()
