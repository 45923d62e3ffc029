"""The supervisor's review desk: read, comment on the very passage, decide on the exact version, sign."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.changes import Changes
from homevisit.domain.entry import Entry
from homevisit.domain.family import Person
from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.domain.summaries import SignedVisit
from homevisit.domain.visit import VisitBody
from homevisit.errors import HomeVisitError
from homevisit.services.reviews import Queue, ReviewDraft
from ui.messages import notice_of
from ui.presenters.review_state import ReviewState, in_groups
from ui.presenters.review_words import CARRIED, REMOVED, SIGNED, conflict_notice, notice_words
from ui.presenters.visit_autosave import Autosave
from ui.presenters.visit_times import read_day
from ui.shell import Shell

UNDO, SEND = "undo", "send"


@dataclass(frozen=True, slots=True)
class _Opened:
    signed: SignedVisit
    people: tuple[Person, ...]
    draft: ReviewDraft


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is written as the draft of a review."""

    body: ReviewBody
    family: str
    decided: bool


class ReviewPresenter(QObject):
    """Everything the review desk may ask for. What is written is kept at every pause, and at once on leaving."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = ReviewState()
        self._removed: tuple[int, Comment] | None = None
        self._autosave = Autosave(shell.bridge, self)
        self._autosave.saved.connect(shell.note_saved)
        self._autosave.failed.connect(self._on_failed)
        shell.flush_with(self, self.flush)

    @property
    def state(self) -> ReviewState:
        return self._state

    def load(self) -> None:
        """Read the queue anew."""
        self._shell.bridge.run(self._read_queue, self._on_queue, self._on_failed)

    def open(self, visit: str) -> None:
        """Read a visit; what was written about the one before is kept."""
        if visit == self._state.visit and self._state.signed is not None:
            return
        self.flush()
        self._removed = None
        self._put(replace(self._empty(), visit=visit))
        self._read(visit)

    def reload(self) -> None:
        """Something arrived or was written: read the queue and the open visit again."""
        self.load()
        if self._state.visit:
            self.flush()
            self._read(self._state.visit)

    def step(self, step: int) -> None:
        """J and K: the next or previous visit of the queue."""
        order = [row.id for row in self._state.queue]
        if order:
            now = order.index(self._state.visit) if self._state.visit in order else (-1 if step > 0 else len(order))
            self.open(order[min(len(order) - 1, max(0, now + step))])

    def show_version(self, entry: str) -> None:
        """Read another version exactly as it was signed."""
        if entry != self._state.shown:
            services = self._shell.services
            self._shell.bridge.run(
                lambda: services.records.version(entry),
                lambda body: self._on_version(entry, body),
                self._on_failed,
                owner=self,
            )

    def point_at(self, anchor: Anchor | None) -> None:
        """The passage or answer that a new comment would be pinned to."""
        self._put(replace(self._state, anchor=anchor))

    def activate(self, index: int) -> None:
        """Let a comment stand out, on its passage and in the list."""
        self._put(replace(self._state, active=index))

    def add_comment(self) -> None:
        """A new comment on the passage pointed at, or on the whole visit; the cursor goes into it."""
        draft = self._state.draft
        if not self._state.can_write or draft is None:
            return
        new = Comment(anchor=self._state.anchor or Anchor(), text="")
        self._change(replace(draft, comments=(*draft.comments, new)))
        self._put(replace(self._state, active=len(self._state.comments) - 1, focus=self._state.focus + 1))

    def write_comment(self, place: int, text: str) -> None:
        """What a comment of the draft says now."""
        draft = self._state.draft
        if draft is not None and place < len(draft.comments):
            changed = replace(draft.comments[place], text=text)
            self._change(replace(draft, comments=(*draft.comments[:place], changed, *draft.comments[place + 1 :])))

    def remove_comment(self, place: int) -> None:
        """Take a comment out; it can be put back from the notice."""
        draft = self._state.draft
        if draft is None or place >= len(draft.comments):
            return
        gone = draft.comments[place]
        self._removed = (place, gone)
        self._change(replace(draft, comments=(*draft.comments[:place], *draft.comments[place + 1 :])))
        notice = notice_words(REMOVED, action=UNDO) if gone.text.strip() else None
        self._put(replace(self._state, active=-1, notice=notice))

    def decide(self, decision: str) -> None:
        """The decision that was chosen; "" takes it back."""
        draft = self._state.draft
        if draft is not None:
            chosen = Decision(decision) if decision else None
            self._put(replace(self._state, decision=chosen))
            self._change(replace(draft, decision=chosen or Decision.READ))

    def write_action(self, text: str) -> None:
        """What is to be done."""
        if self._state.draft is not None:
            self._change(replace(self._state.draft, action=text))

    def write_due(self, text: str) -> None:
        """By when, kept as typed; one that is no day is explained beside the field and cannot be signed."""
        if self._state.draft is not None:
            self._put(replace(self._state, due_wrong=bool(text.strip()) and self._day(text) is None))
            self._change(replace(self._state.draft, due=text))

    def review_again(self) -> None:
        """Write one more review of a version that has one."""
        self._put(replace(self._state, is_again=True))

    def sign(self) -> None:
        """Sign the review of exactly the version that was read."""
        state = self._state
        if not state.can_sign or state.draft is None or state.decision is None:
            return
        has_action = state.decision is Decision.ACTION
        body = replace(
            state.draft,
            decision=state.decision,
            comments=tuple(comment for comment in state.draft.comments if comment.text.strip()),
            action=state.draft.action.strip() if has_action else "",
            due=self._day(state.draft.due) or "" if has_action else "",
        )
        self._autosave.forget()
        self._put(replace(state, is_signing=True, notice=None))
        reviews = self._shell.services.reviews
        self._shell.bridge.run(lambda: reviews.decide(body), self._on_signed, self._on_refused)

    def act(self, action: str) -> None:
        """The button of the notice."""
        if action == SEND:
            self._shell.go("exchange")
        elif action == UNDO and self._removed is not None and self._state.draft is not None:
            place, comment = self._removed
            comments = self._state.draft.comments
            self._removed = None
            self._put(replace(self._state, notice=None))
            self._change(replace(self._state.draft, comments=(*comments[:place], comment, *comments[place:])))

    def dismiss(self) -> None:
        self._put(replace(self._state, notice=None))

    def flush(self) -> Future[Any] | None:
        """Write what is pending now: before another visit, another page, a lock or the end."""
        futures = self._autosave.flush()
        return futures[-1] if futures else None

    def _change(self, draft: ReviewBody) -> None:
        self._put(replace(self._state, draft=draft))
        self._autosave.touch(draft.visit, self._newest, self._save)

    def _newest(self) -> object:
        row = self._state.row
        draft = self._state.draft
        return _Kept(draft, row.family if row else "", self._state.decision is not None) if draft else None

    def _save(self, value: object) -> datetime:
        if not isinstance(value, _Kept):
            return self._shell.clock.now()
        return self._shell.services.reviews.save(value.body, value.family, decided=value.decided)

    def _read(self, visit: str) -> None:
        self._shell.bridge.run(
            lambda: self._opened(visit), lambda opened: self._on_opened(visit, opened), self._on_failed, owner=self
        )

    def _opened(self, visit: str) -> _Opened:
        services = self._shell.services
        signed = services.records.visit(visit)
        return _Opened(signed, _people_of(services, signed.row.family), services.reviews.draft(visit, signed.row.head))

    def _empty(self) -> ReviewState:
        """The queue, and no visit of it open."""
        return ReviewState(is_loaded=self._state.is_loaded, queue=self._state.queue, late=self._state.late)

    def _read_queue(self) -> Queue:
        """In order: the window would wait for ten thousand. What did not change stays the same object."""
        queue, known = self._shell.services.reviews.queue(), {row.id: row for row in self._state.queue}
        rows = [known[row.id] if known.get(row.id) == row else row for row in queue.rows]
        return replace(queue, rows=in_groups(rows, queue.late))

    def _on_queue(self, queue: Queue) -> None:
        self._put(replace(self._state, is_loaded=True, queue=queue.rows, late=queue.late))
        if not self._state.visit and queue.rows:
            self.open(queue.rows[0].id)

    def _on_opened(self, visit: str, opened: _Opened) -> None:
        if visit != self._state.visit:
            return
        draft, signed = self._newest_draft(opened), opened.signed
        notice = notice_words(CARRIED) if draft.carried else self._state.notice
        self._put(
            replace(
                self._state,
                signed=signed,
                people=opened.people,
                body=signed.body,
                shown=signed.row.head,
                draft=draft.body,
                decision=draft.body.decision if draft.decided else None,
                is_again=self._state.is_again or draft.saved_at is not None,
                due_wrong=bool(draft.body.due.strip()) and self._day(draft.body.due) is None,
                is_signing=False,
                notice=conflict_notice() if signed.row.heads > 1 else notice,
            )
        )

    def _newest_draft(self, opened: _Opened) -> ReviewDraft:
        """What was typed while the visit was read again is newer than what the store gave."""
        draft = self._state.draft
        if draft is None or self._autosave.is_clean or draft.version != opened.signed.row.head:
            return opened.draft
        return replace(opened.draft, body=draft, decided=self._state.decision is not None)

    def _on_version(self, entry: str, body: VisitBody) -> None:
        self._put(replace(self._state, body=body, shown=entry, anchor=None, active=-1))

    def _on_signed(self, _: Entry) -> None:
        self._put(replace(self._state, is_again=False, active=-1, notice=notice_words(SIGNED, action=SEND)))
        self._shell.tell(Changes.REVIEWS | Changes.VISITS | Changes.OUTBOX | Changes.DRAFTS)

    def _on_refused(self, error: HomeVisitError) -> None:
        """Not signed: what was written is still there, and is kept."""
        self._put(replace(self._state, is_signing=False, notice=notice_of(error)))
        if self._state.draft is not None:
            self._change(self._state.draft)

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, is_loaded=True, notice=notice_of(error)))

    def _day(self, text: str) -> str | None:
        return read_day(text, self._shell.clock.now().astimezone().date())

    def _put(self, state: ReviewState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _people_of(services: Services, family: str) -> tuple[Person, ...]:
    """Nobody, where the family has not arrived yet: the visit can be read all the same."""
    try:
        return services.families.brief(family).people
    except HomeVisitError as error:
        if error.code != "family.unknown":
            raise
        return ()
