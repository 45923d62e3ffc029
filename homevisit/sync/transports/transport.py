"""What every way of carrying packages can do, so that sending and receiving need not know which way it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from homevisit.errors import HomeVisitError


class Transport(Protocol):
    """An open place. Every refusal is a ``HomeVisitError`` with a code ``place.*``.

    Names are those of packages (``ids.PACKAGE_NAME``); any other name is ``place.name``. Used from one thread;
    ``close`` may be called from another one to break off what is running, which then ends with ``place.closed``.
    """

    def check(self) -> None:
        """Refuse a place that cannot take a package; writes a trial file and takes it away, with old leftovers."""

    def put_new(self, name: str, data: bytes) -> None:
        """Write a package once and read it back; the same bytes under the same name are done already."""

    def put_many(self, items: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, HomeVisitError | None]]:
        """Each name with its refusal or ``None``, as they are done and in any order; ``items`` is read as they go.

        One refusal stops nothing but its own package. A place that has gone refuses each of the rest quickly.
        """

    def names(self) -> tuple[str, ...]:
        """The names of packages that the place says it has: a hint, since a listing may be old or false."""

    def get(self, name: str, *, max_bytes: int) -> bytes:
        """The bytes of a package; ``place.gone`` if there is none, ``package.too_large`` beyond ``max_bytes``."""

    def get_many(self, names: Iterable[str], *, max_bytes: int) -> Iterator[tuple[str, bytes | HomeVisitError]]:
        """Each name with its bytes or the refusal, as they arrive and in any order."""

    def remove(self, name: str) -> None:
        """Take away one's own package when its time is over; one that is not there is done already."""

    def close(self) -> None:
        """Let the place go; closing twice does nothing."""
