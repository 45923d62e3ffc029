"""The one door between the GUI thread and the lanes: jobs go out, results come back by one queued signal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from homevisit.errors import HomeVisitError
from homevisit.jobs import Lane

T = TypeVar("T")


class Where(Enum):
    """WRITER owns the database connection; WORKER is for slow work that needs no database."""

    WRITER = auto()
    WORKER = auto()


@dataclass(frozen=True, slots=True, eq=False)
class _Ticket:
    """One job on its way, with whom to tell."""

    future: Future[Any]
    done: Callable[[Any], None] | None
    failed: Callable[[HomeVisitError], None] | None
    owner: QObject | None

    def is_wanted(self) -> bool:
        return self.owner is None or shiboken6.isValid(self.owner)


class Bridge(QObject):
    """Runs jobs off the GUI thread and calls back on it.

    Callbacks always come later, by the event loop, whatever the lane. They are dropped once their owner (the QObject
    whose method ``done`` or ``failed`` is, or ``owner``) has been destroyed. An exception other than HomeVisitError
    is a bug: it is raised here, on the GUI thread, and so reaches ``sys.excepthook``.
    """

    idle = Signal()
    problem = Signal(object)
    _finished = Signal(object)

    def __init__(self, writer: Lane, worker: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {Where.WRITER: writer, Where.WORKER: worker}
        self._pending: set[_Ticket] = set()
        self._is_closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Nothing runs and no callback is outstanding."""
        return not self._pending

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[HomeVisitError], None] | None = None,
        *,
        owner: QObject | None = None,
        where: Where = Where.WRITER,
    ) -> Future[T]:
        """Start a job. Without ``failed`` an expected refusal goes to the signal ``problem`` (the window's quiet bar).

        After :meth:`shutdown` the job is not run and the future comes back cancelled.
        """
        if self._is_closed:
            refused: Future[T] = Future()
            refused.cancel()
            return refused
        future = self._lanes[where].submit(job)
        ticket = _Ticket(future, done, failed, owner or _owner_of(done) or _owner_of(failed))
        self._pending.add(ticket)
        future.add_done_callback(lambda _: self._finished.emit(ticket))
        return future

    @Slot(object)
    def _on_finished(self, ticket: _Ticket) -> None:
        self._pending.discard(ticket)
        try:
            self._deliver(ticket)
        finally:
            if self.is_idle:
                self.idle.emit()

    def _deliver(self, ticket: _Ticket) -> None:
        if ticket.future.cancelled():
            return
        error = ticket.future.exception()
        if error is not None and not isinstance(error, HomeVisitError):
            raise error
        if not ticket.is_wanted():
            return
        if error is not None:
            (ticket.failed or self.problem.emit)(error)
        elif ticket.done is not None:
            ticket.done(ticket.future.result())

    def drain(self, limit: float) -> bool:
        """Wait until what was submitted has run, at most ``limit`` seconds; says whether all of it did."""
        return not wait([ticket.future for ticket in self._pending], timeout=limit).not_done

    def shutdown(self, close: Callable[[], None] | None = None, *, limit: float = 5.0) -> bool:
        """Refuse new work, finish what was submitted, then run ``close`` (it closes the store) on the writer lane."""
        if self._is_closed:
            return True
        if close is not None:
            self.run(close)
        self._is_closed = True
        drained = self.drain(limit)
        if drained:
            for lane in self._lanes.values():
                lane.close()
        return drained


def _owner_of(callback: Callable[..., None] | None) -> QObject | None:
    found = getattr(callback, "__self__", None)
    return found if isinstance(found, QObject) else None
