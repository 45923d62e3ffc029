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
    """WRITER owns the database connection; WORKER is for slow work that needs no database; EXCHANGE waits for networks

    and drives, and goes to the store by :meth:`Bridge.inside` only.
    """

    WRITER = auto()
    WORKER = auto()
    EXCHANGE = auto()


@dataclass(frozen=True, slots=True, eq=False)
class _Ticket:
    """One job on its way, with whom to tell."""

    future: Future[Any]
    done: Callable[[Any], None] | None
    failed: Callable[[HomeVisitError], None] | None
    owner: QObject | None
    where: Where

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

    def __init__(self, writer: Lane, worker: Lane, exchange: Lane | None = None) -> None:
        super().__init__()
        self._lanes = {Where.WRITER: writer, Where.WORKER: worker, Where.EXCHANGE: exchange or worker}
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
        self._note(_Ticket(future, done, failed, owner or _owner_of(done) or _owner_of(failed), where))
        return future

    def _note(self, ticket: _Ticket) -> None:
        self._pending.add(ticket)
        ticket.future.add_done_callback(lambda _: self._finished.emit(ticket))

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

    def inside(self, job: Callable[[], T]) -> T:
        """For work on the exchange lane: run one short job on the writer lane, and wait for it.

        Once the program is leaving, the store belongs to whoever closes it: ``store.locked``.
        """
        try:
            return self._lanes[Where.WRITER].submit(lambda: self._unless_closed(job)).result()
        except RuntimeError as ended:
            if self._is_closed:  # the lane takes no more jobs
                raise HomeVisitError("store.locked") from ended
            raise

    def _unless_closed(self, job: Callable[[], T]) -> T:
        if self._is_closed:
            raise HomeVisitError("store.locked")
        return job()

    def drain(self, limit: float) -> bool:
        """Wait until what was submitted has run, at most ``limit`` seconds; says whether all of it did.

        Nobody waits for the exchange: it can be cut off at any point, and a network may hold it up for long.
        """
        waited_for = [ticket.future for ticket in self._pending if ticket.where is not Where.EXCHANGE]
        return not wait(waited_for, timeout=limit).not_done

    def shutdown(self, close: Callable[[], None] | None = None, *, limit: float = 5.0) -> bool:
        """Refuse new work, finish what was submitted, then run ``close`` (it closes the store) on the writer lane."""
        if self._is_closed:
            return True
        self._is_closed = True  # first: what the exchange still asks of the store must not come after the close
        if close is not None:
            self._note(_Ticket(self._lanes[Where.WRITER].submit(close), None, None, None, Where.WRITER))
        drained = self.drain(limit)
        if drained:
            for lane in self._lanes.values():
                lane.close()
        return drained


def _owner_of(callback: Callable[..., None] | None) -> QObject | None:
    found = getattr(callback, "__self__", None)
    return found if isinstance(found, QObject) else None
