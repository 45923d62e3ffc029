"""A place behind a network: a worker process does the talking, so that neither the window nor the store ever waits."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final, TypeAlias

from homevisit.errors import HomeVisitError
from homevisit.ids import PACKAGE_NAME
from homevisit.sync.transports.calling import Worker
from homevisit.sync.transports.frames import Head
from homevisit.sync.transports.options import Options
from homevisit.sync.transports.patience import Patience

Answer: TypeAlias = bytes | HomeVisitError
Asked: TypeAlias = tuple[str, Head, bytes]

AT_ONCE: Final = 16
BYTES_AT_ONCE: Final = 16 * 1024 * 1024
# What concerns one package only; anything else is about the place, and asking it again at once would be no use.
OF_ONE: Final = frozenset(
    ("package.too_large", *(f"place.{what}" for what in ("damaged", "failed", "gone", "name", "taken", "too_large")))
)
# Beyond what the worker allows itself, before it is taken for dead.
_LINGER: Final = 30.0


class Remote:
    """A ``Transport`` whose worker starts at the first request."""

    def __init__(self, options: Options, *, patience: Patience) -> None:
        self._options = options
        self._patience = patience
        self._numbers = itertools.count(1)
        self._worker: Worker | None = None
        self._is_closed = False

    def check(self) -> None:
        self._one("check")

    def put_new(self, name: str, data: bytes) -> None:
        _check_name(name)
        self._one("put", data, name=name, is_new=False)

    def put_many(self, items: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, HomeVisitError | None]]:
        for name, answer in self._many(self._puts(items)):
            yield name, answer if isinstance(answer, HomeVisitError) else None

    def names(self) -> tuple[str, ...]:
        found = json.loads(self._one("names"))
        return tuple(name for name in found if PACKAGE_NAME.fullmatch(name))

    def get(self, name: str, *, max_bytes: int) -> bytes:
        _check_name(name)
        return self._one("get", name=name, max_bytes=max_bytes)

    def get_many(self, names: Iterable[str], *, max_bytes: int) -> Iterator[tuple[str, bytes | HomeVisitError]]:
        return self._many((name, {"act": "get", "name": name, "max_bytes": max_bytes}, b"") for name in names)

    def remove(self, name: str) -> None:
        _check_name(name)
        self._one("remove", name=name)

    def close(self) -> None:
        self._is_closed = True
        if self._worker is not None:
            self._worker.end()

    def _puts(self, items: Iterable[tuple[str, bytes]]) -> Iterator[Asked]:
        """One listing tells what is new among many; a name that it hides is only written again."""
        source = iter(items)
        first = list(itertools.islice(source, AT_ONCE + 1))
        there: frozenset[str] | None = None
        if len(first) > AT_ONCE:
            with suppress(HomeVisitError):  # then each is asked for by itself, and says what is wrong
                there = frozenset(self.names())
        for name, data in itertools.chain(first, source):
            yield name, {"act": "put", "name": name, "is_new": there is not None and name not in there}, data

    def _one(self, act: str, body: bytes = b"", **values: object) -> bytes:
        ((_, answer),) = self._many([(str(values.get("name", "")), {"act": act, **values}, body)])
        if isinstance(answer, HomeVisitError):
            raise answer
        return answer

    def _many(self, asked: Iterable[Asked]) -> Iterator[tuple[str, Answer]]:
        """Several at once; when the place itself refuses, the rest is refused with the same code."""
        flight = _Flight(self._running())
        for name, head, body in asked:
            while flight.is_full(len(body)) and flight.over is None:
                yield from self._landed(flight)
            if (refusal := flight.over or _wrong_name(name)) is not None:
                yield name, refusal
                continue
            number = next(self._numbers)
            flight.depart(number, name, len(body), head)
            flight.worker.ask({**head, "n": number}, body)
        while flight.names:
            yield from self._landed(flight)

    def _landed(self, flight: _Flight) -> Iterator[tuple[str, Answer]]:
        """The next answer to one of these, or the refusal of them all when there will be none."""
        try:
            number, answer = flight.worker.reply(self._patience.whole_of(flight.largest) + _LINGER)
        except HomeVisitError as lost:
            flight.over = HomeVisitError("place.closed") if self._is_closed else lost
            yield from ((name, flight.over) for name in flight.names.values())
            flight.names.clear()
            return
        if number in flight.names:  # anything else is what an earlier caller no longer waited for
            flight.sizes.pop(number)
            if isinstance(answer, HomeVisitError) and answer.code not in OF_ONE:
                flight.over = answer
            yield flight.names.pop(number), answer

    def _running(self) -> Worker:
        if self._is_closed:
            raise HomeVisitError("place.closed")
        if self._worker is None or not self._worker.is_alive:
            self._worker = Worker(self._options, self._patience)
        return self._worker


class _Flight:
    """Requests that are under way, by number, and the refusal that ended it."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.names: dict[int, str] = {}
        self.sizes: dict[int, int] = {}
        self.largest = 0
        self.over: HomeVisitError | None = None

    def depart(self, number: int, name: str, size: int, head: Head) -> None:
        self.names[number], self.sizes[number] = name, size
        self.largest = max(self.largest, size, int(str(head.get("max_bytes", 0))))

    def is_full(self, more: int) -> bool:
        return bool(self.names) and (len(self.names) >= AT_ONCE or sum(self.sizes.values()) + more > BYTES_AT_ONCE)


def _wrong_name(name: str) -> HomeVisitError | None:
    return None if not name or PACKAGE_NAME.fullmatch(name) else HomeVisitError("place.name")


def _check_name(name: str) -> None:
    if not PACKAGE_NAME.fullmatch(name):
        raise HomeVisitError("place.name")
