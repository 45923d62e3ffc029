"""Finish: what will be signed exactly as it will read, what is missing, and the signature."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.clock import parse_instant
from homevisit.domain.completeness import Missing
from homevisit.domain.entry import Act, Entry
from homevisit.domain.family import Person
from homevisit.domain.moments import local_moment
from homevisit.domain.visit import VisitBody
from homevisit.errors import HomeVisitError
from homevisit.services.signing import Preview
from ui.bridge import Bridge
from ui.presenters.finish_words import Gap, gap_of
from ui.presenters.visit_autosave import Autosave
from ui.presenters.visit_changes import Change, changes_between
from ui.presenters.visit_state import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishState:
    """``gaps`` are what is missing, in the order of the steps. ``changes`` are against the version being amended."""

    phase: Phase = Phase.BUSY
    visit: str = ""
    family_name: str = field(default="", repr=False)
    people: tuple[Person, ...] = field(default=(), repr=False)
    body: VisitBody = field(default_factory=lambda: VisitBody(family=""), repr=False)
    gaps: tuple[Gap, ...] = ()
    act: Act = Act.SIGN
    changes: tuple[Change, ...] = ()
    reason: str = field(default="", repr=False)
    happened_at: datetime | None = None
    recorded_at: datetime | None = None
    is_signing: bool = False
    problem: HomeVisitError | None = None

    @property
    def still_open(self) -> int:
        """How many things stop the signature."""
        return sum(gap.blocking or not gap.reason for gap in self.gaps)

    @property
    def needs_reason(self) -> bool:
        return self.act is not Act.SIGN and not self.reason.strip()

    @property
    def can_sign(self) -> bool:
        return self.phase is Phase.READY and not (self.still_open or self.needs_reason or self.is_signing)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What is fetched in one go on the writer lane."""

    preview: Preview
    family_name: str = field(repr=False)
    people: tuple[Person, ...] = field(repr=False)
    changes: tuple[Change, ...] = ()


class FinishPresenter(QObject):
    """Everything the Finish page may ask for; ``signed`` carries the visit's id once it is an entry."""

    state_changed = Signal(object)
    saved = Signal(object)
    signed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._state = FinishState()
        self._autosave = Autosave(bridge, self)
        self._autosave.saved.connect(self.saved)
        self._autosave.failed.connect(self._on_problem)

    @property
    def state(self) -> FinishState:
        return self._state

    def open(self, visit: str) -> None:
        """Read the draft as it is now."""
        if visit != self._state.visit:
            self.flush()
            self._put(FinishState(visit=visit))
        self._bridge.run(lambda: self._read(visit), self._on_read, self._on_refused, owner=self)

    def leave_out(self, what: str, reason: str) -> None:
        """Give (or with "" take back) the reason for leaving something out."""
        visit = self._state.visit

        def leave() -> _Read:
            self._services.signing.leave_out(visit, what, reason)
            return self._read(visit)

        self._bridge.run(leave, self._on_read, self._on_problem, owner=self)

    def say_reason(self, reason: str) -> None:
        """Why a signed visit is amended."""
        visit = self._state.visit
        self._put(replace(self._state, reason=reason))
        self._autosave.touch(
            visit,
            lambda: self._state.reason,
            lambda text: self._services.drafting.save_reason(visit, str(text)),
        )

    def flush(self) -> Future[Any] | None:
        """Write the reason that is pending; the future of the write."""
        writes = self._autosave.flush()
        return writes[-1] if writes else None

    def sign(self, after: Sequence[Future[Any]] = ()) -> None:
        """Freeze the draft; once, however often it is asked for. ``after`` are writes that have to succeed before."""
        if not self._state.can_sign:
            return
        visit, reason = self._state.visit, self._state.reason
        self._autosave.forget()
        self._put(replace(self._state, is_signing=True, problem=None))

        def job() -> Entry:
            for write in after:
                write.result()
            return self._services.signing.sign(visit, reason)

        self._bridge.run(job, self._on_signed, self._on_problem, owner=self)

    def _read(self, visit: str) -> _Read:
        services = self._services
        preview = services.signing.preview(visit)
        brief = services.families.brief(preview.body.family)
        earlier = [services.records.version(entry) for entry in preview.draft.base.split(",") if entry]
        changes = changes_between(earlier[0], preview.body, brief.people, services.library) if earlier else ()
        return _Read(preview=preview, family_name=brief.details.name, people=brief.people, changes=changes)

    def _on_read(self, read: _Read) -> None:
        preview = read.preview
        if preview.draft.visit != self._state.visit:
            return
        library = self._services.library
        self._put(
            replace(
                self._state,
                phase=Phase.READY,
                family_name=read.family_name,
                people=read.people,
                body=preview.body,
                gaps=tuple(gap_of(item, read.people, library) for item in _in_order(preview.missing)),
                act=preview.act,
                changes=read.changes,
                reason=self._state.reason if self._state.phase is Phase.READY else preview.draft.reason,
                happened_at=local_moment(preview.body.started),
                recorded_at=parse_instant(preview.recorded_at),
                problem=None,
            )
        )

    def _on_signed(self, entry: Entry) -> None:
        self._put(FinishState())
        self.signed.emit(entry.envelope.record)

    def _on_refused(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, phase=Phase.REFUSED, problem=error))

    def _on_problem(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, is_signing=False, problem=error))

    def _put(self, state: FinishState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _in_order(missing: tuple[Missing, ...]) -> tuple[Missing, ...]:
    """What blocks first, then what is open, then what was left out with a reason."""
    return tuple(sorted(missing, key=lambda item: (not item.blocking, bool(item.reason))))
