"""A signed visit: the version that is shown, all versions with both times, its reviews, and what may follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.domain.conflicts import BASE, Conflict
from homevisit.domain.entry import Act
from homevisit.domain.family import Person
from homevisit.domain.filing import FhirServer, Filing
from homevisit.domain.summaries import ReviewRow, SignedVisit, Version
from homevisit.domain.visit import RecordState, VisitBody
from homevisit.errors import HomeVisitError
from ui.bridge import Bridge
from ui.presenters.visit_state import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedState:
    """``shown`` is the entry that is read; ``beside`` the other head of a conflict, read next to it.

    ``differing`` says in what its versions differ, ``choices`` which one holds for each part.

    ``is_withdrawing`` opens the panel that asks for the reason; ``withdraw_reason`` is kept until it is done.
    """

    phase: Phase = Phase.BUSY
    visit: str = ""
    signed: SignedVisit | None = field(default=None, repr=False)
    people: tuple[Person, ...] = field(default=(), repr=False)
    shown: str = ""
    body: VisitBody = field(default_factory=lambda: VisitBody(family=""), repr=False)
    beside: VisitBody | None = field(default=None, repr=False)
    differing: Conflict | None = field(default=None, repr=False)
    choices: Mapping[str, str] = field(default_factory=dict)
    may_change: bool = False
    has_draft: bool = False
    filings: tuple[Filing, ...] = ()
    servers: tuple[FhirServer, ...] = ()
    is_withdrawing: bool = False
    is_busy: bool = False
    problem: HomeVisitError | None = None

    @property
    def version(self) -> Version | None:
        """The version that is read."""
        versions = self.signed.versions if self.signed else ()
        return next((item for item in versions if item.entry == self.shown), None)

    @property
    def head(self) -> str:
        """The newest version, as the record shows it."""
        return self.signed.row.head if self.signed else ""

    @property
    def reviews(self) -> tuple[ReviewRow, ...]:
        """The reviews of the version that is read."""
        return tuple(item for item in (self.signed.reviews if self.signed else ()) if item.body.version == self.shown)

    @property
    def is_withdrawn(self) -> bool:
        return self.signed is not None and self.signed.row.state is RecordState.WITHDRAWN

    @property
    def is_disputed(self) -> bool:
        """Marked as entered in error by one version that stands, and not by another."""
        standing = {self.head, *self.conflict}
        versions = self.signed.versions if self.signed else ()
        acts = {item.act is Act.WITHDRAW for item in versions if item.entry in standing}
        return len(acts) > 1

    @property
    def conflict(self) -> tuple[str, ...]:
        """The other heads that stand beside the one that is shown."""
        return self.signed.other_heads if self.signed else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    signed: SignedVisit = field(repr=False)
    people: tuple[Person, ...] = field(repr=False)
    body: VisitBody = field(repr=False)
    beside: VisitBody | None = field(repr=False)
    differing: Conflict | None = field(repr=False)
    shown: str
    may_change: bool
    has_draft: bool
    filings: tuple[Filing, ...]
    servers: tuple[FhirServer, ...]


class SignedVisitPresenter(QObject):
    """Everything the page of a signed visit may ask for."""

    state_changed = Signal(object)
    amending = Signal(str)
    withdrawn = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._state = SignedState()

    @property
    def state(self) -> SignedState:
        return self._state

    def open(self, visit: str) -> None:
        """Read the visit as its newest version says."""
        if visit != self._state.visit:
            self._put(SignedState(visit=visit))
        self._run(lambda: self._read(visit))

    def show_version(self, entry: str) -> None:
        """Read another version, exactly as it was signed."""
        state = self._state
        if entry == state.shown or state.signed is None:
            return
        self._bridge.run(
            lambda: self._services.records.version(entry),
            lambda body: self._put(replace(self._state, shown=entry, body=body, beside=None, problem=None)),
            self._on_problem,
            owner=self,
        )

    def amend(self) -> None:
        """Open the visit for an amendment, or the one already under way; several versions become one by the choices."""
        state, services = self._state, self._services
        visit, choices = state.visit, state.choices
        settles = state.differing is not None and not state.has_draft
        self._put(replace(state, is_busy=True))
        self._bridge.run(
            lambda: services.conflicts.prepare_visit(visit, choices) if settles else services.drafting.amend(visit),
            lambda _: self._on_amending(visit),
            self._on_problem,
            owner=self,
        )

    def choose(self, part: str, side: str) -> None:
        """Which version holds for one part; "" goes back to what is suggested."""
        choices = {**self._state.choices, part: side}
        self._put(replace(self._state, choices=_sound_choices(choices, self._state.differing)))

    def settle_in_error(self) -> None:
        """Of a mark and a change beside it the mark holds, for the reason that was given on it."""
        visit = self._state.visit
        self._put(replace(self._state, is_busy=True, problem=None))

        def job() -> _Read:
            self._services.conflicts.withdraw_visit(visit)
            return self._read(visit)

        self._run(job, self._on_withdrawn)

    def note_printed(self) -> None:
        """Say in the access log that this visit went to a printer."""
        visit = self._state.visit
        self._bridge.run(lambda: self._services.records.note_printed(visit), owner=self)

    def ask_withdraw(self, asked: bool) -> None:
        """Open or close the panel that asks why this was entered in error."""
        self._put(replace(self._state, is_withdrawing=asked))

    def withdraw(self, reason: str) -> None:
        """Mark the visit as entered in error; it stays readable."""
        visit = self._state.visit
        self._put(replace(self._state, is_busy=True, problem=None))

        def job() -> _Read:
            self._services.signing.withdraw(visit, reason)
            return self._read(visit)

        self._run(job, self._on_withdrawn)

    def _read(self, visit: str) -> _Read:
        services = self._services
        signed = services.records.visit(visit)
        people = services.families.brief(signed.body.family).people
        me = services.store.identity.card.person
        is_open = bool(signed.other_heads) and signed.row.state is not RecordState.WITHDRAWN
        differing = services.conflicts.of(visit) if is_open else None
        writers = {side.author for side in differing.sides} if differing else set()
        return _Read(
            signed=signed,
            people=people,
            body=signed.body,
            beside=services.records.version(signed.other_heads[0]) if signed.other_heads else None,
            shown=signed.row.head,
            differing=differing,
            may_change=me in {signed.row.author, *writers},
            has_draft=services.drafting.exists(visit),
            filings=services.filing.of_visit(visit),
            servers=services.filing.servers() if signed.row.author == me else (),
        )

    def _run(self, job: Callable[[], _Read], then: Callable[[_Read], Any] | None = None) -> None:
        def done(read: _Read) -> None:
            self._on_read(read)
            if then is not None:
                then(read)

        self._bridge.run(job, done, self._on_problem, owner=self)

    def _on_read(self, read: _Read) -> None:
        if read.signed.row.id != self._state.visit:
            return
        self._put(
            replace(
                self._state,
                phase=Phase.READY,
                signed=read.signed,
                people=read.people,
                shown=read.shown,
                body=read.body,
                beside=read.beside,
                differing=read.differing,
                choices=_sound_choices(self._state.choices, read.differing),
                may_change=read.may_change,
                has_draft=read.has_draft,
                filings=read.filings,
                servers=read.servers,
                is_withdrawing=False,
                is_busy=False,
                problem=None,
            )
        )

    def _on_amending(self, visit: str) -> None:
        self._put(replace(self._state, is_busy=False, has_draft=True))
        self.amending.emit(visit)

    def _on_withdrawn(self, read: _Read) -> None:
        self.withdrawn.emit(read.signed.row.id)

    def _on_problem(self, error: HomeVisitError) -> None:
        phase = Phase.REFUSED if self._state.signed is None else self._state.phase
        self._put(replace(self._state, phase=phase, is_busy=False, problem=error))

    def _put(self, state: SignedState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _sound_choices(choices: Mapping[str, str], differing: Conflict | None) -> dict[str, str]:
    """What was chosen stays while it is among the versions; the rest is as suggested."""
    found: dict[str, str] = {}
    for each in differing.differences if differing else ():
        given = choices.get(each.part, "")
        is_sound = given in each.values or (given == BASE and bool(differing and differing.base))
        found[each.part] = given if is_sound else each.suggested
    return found
