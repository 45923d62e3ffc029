"""Lanes: where work runs. Services are synchronous and do not know which lane they are on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

T = TypeVar("T")


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


class InlineLane:
    """Runs each job at once on the calling thread: commands without a window and tests."""

    def submit(self, job: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(job())
        except Exception as problem:  # noqa: BLE001 - the future carries it to whoever reads the result
            future.set_exception(problem)
        return future

    def close(self) -> None:
        """Nothing waits in this lane."""
