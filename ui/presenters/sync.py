"""Runs of sending and receiving: one at a time, on a lane of their own, with what each came to."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.changes import Changes
from homevisit.domain.sync_summary import Stage, Summary
from homevisit.errors import HomeVisitError
from ui.bridge import Where
from ui.messages import notice_of
from ui.notices import Notice
from ui.presenters.sync_words import summary_notice

if TYPE_CHECKING:
    from ui.shell import Shell

LOOK_MS = 150
CAME = Changes.INBOX | Changes.VISITS | Changes.FAMILIES | Changes.REVIEWS | Changes.OUTBOX


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """``stage`` is None until a run says where it is. ``notice`` is what an asked-for run came to, or why it ended.

    ``summary`` and ``ended_at`` are of the last run, whoever began it.
    """

    is_running: bool = False
    is_stopping: bool = False
    stage: Stage | None = None
    summary: Summary | None = None
    ended_at: datetime | None = None
    notice: Notice | None = None


class SyncRuns(QObject):
    """``ended`` carries these runs after each one. A run that nobody asked for ends without a notice.

    Where a run is arrives at any rate on its own thread; it is looked at a few times in a second.
    """

    state_changed = Signal(object)
    ended = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._state = SyncState()
        self._asked = False
        self._latest: Stage | None = None
        self._job: Future[Summary] | None = None
        self._is_over = False
        self._stop = threading.Event()
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self._show_stage)

    @property
    def state(self) -> SyncState:
        return self._state

    @property
    def is_running(self) -> bool:
        return self._state.is_running

    @property
    def has_more(self) -> bool:
        """Whether the next run should not be long in coming: something is left, or the last one did not get through."""
        summary = self._state.summary
        return summary is None or not (summary.everything_sent and summary.went_well)

    def start(self, *, asked: bool) -> None:
        """Send and receive now. Asked for, every place is tried, also one that did not answer a moment ago."""
        if self.is_running:
            self._asked = self._asked or asked
            return
        self._asked, self._latest, self._is_over = asked, None, False
        self._stop.clear()
        self._looks.start()
        self._put(is_running=True, is_stopping=False, stage=None, notice=None)
        self._job = self._shell.bridge.run(
            lambda: self._run(patient=not asked), self._on_ended, self._on_failed, where=Where.EXCHANGE
        )

    def stop(self) -> None:
        """End the run; no place is waited for any longer, and the next run goes on from there."""
        if self.is_running:
            self._stop.set()
            self._shell.services.syncing.break_off()
            self._put(is_stopping=True)

    def dismiss(self) -> None:
        self._put(notice=None)

    def _run(self, *, patient: bool) -> Summary:
        syncing = self._shell.services.syncing
        return syncing.run(self._note, self._stop.is_set, inside=self._shell.bridge.inside, patient=patient)

    def _note(self, stage: Stage) -> None:
        self._latest = stage

    def _show_stage(self) -> None:
        """A run that a bug ended calls nobody back: noticed here, so that the next one may begin."""
        if self._is_over:
            self._on_failed(HomeVisitError("app.fault"))
            return
        self._is_over = self._job is not None and self._job.done()
        self._put(stage=self._latest)

    def _on_ended(self, summary: Summary) -> None:
        self._finish(summary_notice(summary) if self._asked else None, summary)
        if summary.received_entries or summary.refused or summary.delivered or summary.sent:
            self._shell.tell(CAME)
        self.ended.emit(self)

    def _on_failed(self, error: HomeVisitError) -> None:
        """The store could not be used; what a place does is in the summary and never fails a run."""
        self._finish(notice_of(error) if self._asked else None, None)
        self.ended.emit(self)

    def _finish(self, notice: Notice | None, summary: Summary | None) -> None:
        self._looks.stop()
        self._put(
            is_running=False,
            is_stopping=False,
            stage=None,
            notice=notice,
            summary=summary,
            ended_at=self._shell.clock.now(),
        )

    def _put(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
