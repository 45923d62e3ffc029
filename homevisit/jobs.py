"""Lanes: where work runs. Services are synchronous and do not know which lane they are on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol, TypeVar

T = TypeVar("T")

SWITCH_SECONDS = 0.000_1
"""A thread that was away, in Qt or in the database, waits this long to get the interpreter back from a busy one.

In one repaint that is dozens of times: at Python's own 5 ms such a repaint took 120 ms, and taking in many entries a
tenth longer; at 0.5 ms each wait was two to four times what it is now.
"""


def switch_often() -> None:
    """For programs in which several threads work at once."""
    sys.setswitchinterval(SWITCH_SECONDS)


class Lane(Protocol):
    """Runs jobs in the order given and returns a future for each."""

    def submit(self, job: Callable[[], T]) -> Future[T]: ...

    def close(self) -> None: ...


class ThreadLane:
    """One worker thread: the writer lane owns the database connection, the worker lane everything slow besides."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def submit(self, job: Callable[[], T]) -> Future[T]:
        return self._executor.submit(job)

    def close(self) -> None:
        """Finish what was submitted, then end the thread."""
        self._executor.shutdown(wait=True)


class LooseLane:
    """One thread that the end of the program does not wait for: a network may hold it up, and whatever it does may be

    cut off at any point. It begins with its first job.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, job: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        self._jobs.put(lambda: _settle(future, job))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        return future

    def close(self) -> None:
        """End the thread after what it is doing, without waiting for that."""
        self._jobs.put(None)

    def _work(self) -> None:
        while (turn := self._jobs.get()) is not None:
            turn()


class InlineLane:
    """Runs each job at once on the calling thread: commands without a window and tests."""

    def submit(self, job: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        _settle(future, job)
        return future

    def close(self) -> None:
        """Nothing waits in this lane."""


def _settle(future: Future[T], job: Callable[[], T]) -> None:
    try:
        future.set_result(job())
    except Exception as problem:  # noqa: BLE001 - the future carries it to whoever reads the result
        future.set_exception(problem)
