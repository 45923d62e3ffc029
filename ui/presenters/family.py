"""One family: the brief before the door opens, its people, its timeline, and the way into a visit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.changes import Changes
from homevisit.domain.family import Person, Relation
from homevisit.domain.summaries import ActionRow, FamilyBrief, FieldConflict, VisitDraft, VisitRow
from homevisit.domain.visit import Contact
from homevisit.errors import HomeVisitError
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell
from ui.words import tr

ROOM = "family"
RELOAD = "reload"
CONCERNS = Changes.FAMILIES | Changes.VISITS | Changes.DRAFTS | Changes.REVIEWS | Changes.OUTBOX | Changes.INBOX


@dataclass(frozen=True, slots=True, kw_only=True)
class TieTyped:
    """A tie that is being chosen: ``source`` is the ``relation`` of ``target``."""

    source: str = ""
    target: str = ""
    relation: str = Relation.PARENT.value
    shares_home: bool = True
    parental_responsibility: bool = False

    @property
    def is_whole(self) -> bool:
        return bool(self.source) and bool(self.target) and self.source != self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyState:
    """``brief`` is None until the family was read, or where it is not on this laptop (``missing``).

    ``before`` is what stood, by record and field, before two people changed it without seeing each other.
    """

    family: str = ""
    brief: FamilyBrief | None = None
    timeline: tuple[VisitRow, ...] = ()
    drafts: tuple[VisitDraft, ...] = ()
    today: date = date.min
    suggested: Contact = Contact.ADDITIONAL
    choosing: bool = False
    contact: Contact = Contact.ADDITIONAL
    busy: bool = False
    tie: TieTyped | None = None
    erring: bool = False
    in_home: bool = False
    missing: bool = False
    before: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    brief: FamilyBrief
    timeline: tuple[VisitRow, ...] = field(repr=False)
    drafts: tuple[VisitDraft, ...] = field(repr=False)
    suggested: Contact
    before: Mapping[tuple[str, str], str] = field(repr=False)


class FamilyPresenter(QObject):
    """Holds a FamilyState; opening a family is written into the access log once per arrival."""

    state_changed = Signal(object)

    def __init__(
        self, shell: Shell, *, begins_in_home: Callable[[], bool] = lambda: False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._begins_in_home = begins_in_home
        self._state = FamilyState()
        self._choose_when_read = False
        shell.privacy.changed.connect(self._on_privacy)

    @property
    def state(self) -> FamilyState:
        return self._state

    def open(self, family: str, *, choosing: bool = False) -> None:
        """Show a family; ``choosing`` asks for the kind of contact as soon as it was read."""
        self._choose_when_read = choosing
        if family != self._state.family:
            self._put(FamilyState(family=family, in_home=self._shell.privacy.in_home))
        self._load(family, logged=True)

    def refresh(self, changes: Changes) -> None:
        if changes & CONCERNS and self._state.family:
            self._load(self._state.family)

    def choose_visit(self) -> None:
        """Ctrl+N: ask what kind of contact it is, with the one that is due already chosen; asked early, it waits."""
        self._choose_when_read = self._state.brief is None
        if self._state.brief is not None:
            self._put(replace(self._state, choosing=True, contact=self._state.suggested))

    def choose_contact(self, contact: Contact) -> None:
        self._put(replace(self._state, contact=contact))

    def drop_choice(self) -> None:
        self._put(replace(self._state, choosing=False))

    def start_visit(self) -> None:
        """Begin the visit; the page of the visit opens as soon as the draft is safe."""
        state, drafting = self._state, self._shell.services.drafting
        if not state.choosing or state.busy:
            return
        self._put(replace(state, busy=True))
        self._shell.bridge.run(lambda: drafting.start(state.family, state.contact), self._on_started, self._on_failed)

    def open_draft(self, visit: str) -> None:
        self._shell.go("visit", visit)

    def open_visit(self, visit: str) -> None:
        """A line of the timeline: unsigned work goes on, a signed visit is read."""
        drafts = {draft.visit for draft in self._state.drafts}
        self._shell.go("visit" if visit in drafts else "signed", visit)

    def complete(self, action: ActionRow, done: bool) -> None:
        """Tick off what was planned, or take the tick back."""
        families = self._shell.services.families
        self._write(lambda: families.complete_action(action, done=done))

    def settle(self, conflict: FieldConflict, entry: str) -> None:
        """One of several values holds."""
        families = self._shell.services.families
        self._write(lambda: families.settle(conflict, entry))

    def begin_tie(self) -> None:
        """Ask who is related to whom."""
        people = self._state.brief.people if self._state.brief else ()
        self._put(replace(self._state, tie=_likely_tie(people), erring=False))

    def change_tie(self, **values: Any) -> None:
        if self._state.tie is not None:
            self._put(replace(self._state, tie=replace(self._state.tie, **values)))

    def drop_tie(self) -> None:
        self._put(replace(self._state, tie=None))

    def enter_tie(self) -> None:
        """Sign the tie that was chosen."""
        tie, family, families = self._state.tie, self._state.family, self._shell.services.families
        if tie is None or not tie.is_whole:
            return
        self._put(replace(self._state, tie=None))
        self._write(
            lambda: families.tie(
                family,
                tie.source,
                tie.target,
                Relation(tie.relation),
                shares_home=tie.shares_home,
                parental_responsibility=tie.parental_responsibility,
            )
        )

    def begin_error(self) -> None:
        """Ask who or what was entered in error."""
        self._put(replace(self._state, erring=True, tie=None))

    def drop_error(self) -> None:
        self._put(replace(self._state, erring=False))

    def withdraw(self, record: str, reason: str) -> None:
        """Take out a person or a tie that was entered in error."""
        brief, families = self._state.brief, self._shell.services.families
        if brief is None:
            return
        self._put(replace(self._state, erring=False, notice=None))
        if record in {person.id for person in brief.people}:
            self._write(lambda: families.withdraw_person(record, reason))
        else:
            self._write(lambda: families.withdraw_tie(brief.id, record, reason))

    def act(self, action: str) -> None:
        """The button of the notice was pressed."""
        self._put(replace(self._state, notice=None))
        if action == RELOAD:
            self._load(self._state.family)

    def _load(self, family: str, *, logged: bool = False) -> None:
        services = self._shell.services
        self._shell.bridge.run(
            lambda: _look(services, family, logged=logged),
            self._on_loaded,
            lambda error: self._on_refused(family, error),
            owner=self,
        )

    def _write(self, job: Callable[[], object]) -> None:
        self._shell.bridge.run(job, lambda _: self._shell.tell(Changes.FAMILIES), self._on_failed, owner=self)

    def _on_loaded(self, loaded: _Loaded) -> None:
        if loaded.brief.id != self._state.family:
            return
        self._put(
            replace(
                self._state,
                brief=loaded.brief,
                timeline=loaded.timeline,
                drafts=loaded.drafts,
                suggested=loaded.suggested,
                before=loaded.before,
                today=self._shell.clock.now().astimezone().date(),
                missing=False,
            )
        )
        if self._choose_when_read:
            self.choose_visit()

    def _on_refused(self, family: str, error: HomeVisitError) -> None:
        if family == self._state.family:
            missing = error.code == "family.unknown"
            self._put(replace(self._state, missing=missing, notice=None if missing else _again(error)))

    def _on_started(self, draft: VisitDraft) -> None:
        self._put(replace(self._state, choosing=False, busy=False))
        if self._begins_in_home():
            self._shell.privacy.enter(draft.body.family)
        self._shell.go("visit", draft.visit)

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, busy=False, notice=notice_of(error)))
        self._load(self._state.family)

    def _on_privacy(self) -> None:
        self._put(replace(self._state, in_home=self._shell.privacy.in_home, tie=None, erring=False))

    def _put(self, state: FamilyState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _look(services: Services, family: str, *, logged: bool) -> _Loaded:
    families = services.families
    brief = families.open(family) if logged else families.brief(family)
    return _Loaded(
        brief=brief,
        timeline=families.timeline(family),
        drafts=tuple(draft for draft in services.drafting.unfinished() if draft.body.family == family),
        suggested=services.today.suggested(family),
        before=_before(services, brief),
    )


def _before(services: Services, brief: FamilyBrief) -> dict[tuple[str, str], str]:
    records = dict.fromkeys(conflict.record for conflict in brief.conflicts)
    return {
        (record, each.part): each.base if isinstance(each.base, str) else json.dumps(each.base)
        for record in records
        for each in services.conflicts.of(record).differences
    }


def _likely_tie(people: tuple[Person, ...]) -> TieTyped:
    """The first carer as parent of the first child: most often what is to be said."""
    babies = [person.id for person in people if person.details.role.value in ("child", "unborn")]
    carers = [person.id for person in people if person.details.role.value in ("mother", "father", "second-carer")]
    return TieTyped(source=next(iter(carers), ""), target=next(iter(babies), ""))


def _again(error: HomeVisitError) -> Notice:
    return notice_of(error, action=RELOAD, action_label=tr(ROOM, "Try again"))
