"""A visit while it is being written: holds the draft, keeps it safe at every pause, says what is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.clock import Clock
from homevisit.domain.draft_parts import CONTACT_PART, NOTE_PREFIX, RESPONSE_PREFIX
from homevisit.domain.family import Person
from homevisit.domain.moments import local_moment
from homevisit.domain.visit import Section, VisitBody
from homevisit.errors import HomeVisitError
from homevisit.prompts.given import given_in_visit
from homevisit.prompts.session import Session
from homevisit.services.earlier import EarlierAnswers, EarlierResponses
from ui.bridge import Bridge
from ui.presenters.visit_answers import VisitAnswers
from ui.presenters.visit_autosave import Autosave
from ui.presenters.visit_derived import derived
from ui.presenters.visit_opening import Opened, opened_state, read_visit
from ui.presenters.visit_prompts import Asking, Wanted, knows, picks, prompt_places
from ui.presenters.visit_state import Phase, VisitState
from ui.presenters.visit_steps import FINISH, MORE, PROMPTS, step_of


class VisitPresenter(QObject):
    """Everything the Visit page may ask for. ``saved`` carries when the newest words became safe; ``handing_in`` asks
    for what was typed and not yet announced, before the page is filled anew.
    """

    state_changed = Signal(object)
    saved = Signal(object)
    finish_asked = Signal(str)
    handing_in = Signal()

    def __init__(self, services: Services, bridge: Bridge, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._clock = clock
        self._state = VisitState()
        self._answers = VisitAnswers(services.library, {})
        self._earlier = EarlierResponses(services.library)
        self._autosave = Autosave(bridge, self)
        self._autosave.saved.connect(self._on_saved)
        self._autosave.failed.connect(self._on_failed)

    @property
    def state(self) -> VisitState:
        return self._state

    @property
    def answers(self) -> VisitAnswers:
        return self._answers

    def open(self, visit: str, focus: str = "") -> None:
        """Show the draft of a visit; ``focus`` is what should get the cursor."""
        if visit != self._state.visit:
            self.leave()
            self._answers = VisitAnswers(self._services.library, {})
            self._put(VisitState(visit=visit, revision=self._state.revision, focus_serial=self._state.focus_serial))
        self._autosave.flush()
        self._bridge.run(
            lambda: read_visit(self._services, self._clock, visit),
            lambda opened: self._on_opened(opened, focus or "note.facts"),
            lambda error: self._on_refused(visit, error),
            owner=self,
        )

    def go(self, step: str) -> None:
        """Show a step; Finish is a page of its own."""
        if step == FINISH:
            self.finish()
        elif step == MORE:
            self.look_for(Wanted())
            self.open_prompts(MORE)
        elif step.startswith(PROMPTS):
            self.open_prompts(step.removeprefix(PROMPTS))
        else:
            self._put(replace(self._state, step=step))

    def focus(self, what: str) -> None:
        """Go to the step in which ``what`` is written, and put the cursor there."""
        self.go(step_of(what))
        self._put(replace(self._state, focus=what, focus_serial=self._state.focus_serial + 1))

    def finish(self) -> None:
        """Everything typed is handed in, and once it is safe it is time to read it: what is signed comes from there."""
        writes, visit = self._autosave.flush(), self._state.visit
        if writes:
            self._bridge.run(lambda: _wait(writes), lambda _: self._on_safe(visit), _announced_already, owner=self)
        else:
            self.finish_asked.emit(visit)

    def note_edited(self, section: Section, read: Callable[[], str]) -> None:
        """The text of a section changed; ``read`` gives the newest text when it is written."""

        def newest() -> str:
            text = read()
            note = self._state.body.note
            if text != note.get(section):
                self._update(replace(self._state.body, note={**note, section: text}))
            return text

        visit, drafting = self._state.visit, self._services.drafting
        self._autosave.touch(
            self._part(NOTE_PREFIX + section.value),
            newest,
            lambda text: drafting.save_section(visit, section, str(text)),
        )

    def change_contact(self, change: Callable[[VisitBody], VisitBody]) -> None:
        """The facts of the contact changed; ``change`` makes the new body and leaves note and responses as they are."""
        self._update(change(self._state.body))
        visit, drafting = self._state.visit, self._services.drafting

        def save(value: object) -> datetime:
            assert isinstance(value, VisitBody)  # noqa: S101 - what ``read`` below gave
            return drafting.save_contact(visit, value)

        self._autosave.touch(self._part(CONTACT_PART), lambda: self._state.body, save)

    def open_prompts(self, key: str) -> None:
        """Show the prompts of one response; "" shows the list of them, ``MORE`` what could be added."""
        state = replace(self._state, open_prompt=key)
        if key in ("", MORE) or any(place.key == key for place in state.places):
            self._put(state)
            return
        self._put(replace(state, added=(*state.added, key)), silent=True)
        self._update(self._state.body)

    def look_for(self, wanted: Wanted) -> None:
        """Narrow down the prompt sets that could be added."""
        found = picks(self._services.library, self._asking(self._state.body), self._state.places, wanted)
        self._put(replace(self._state, wanted=wanted, picks=found))

    def session(self, key: str) -> Session | None:
        """The answers to a prompt set in this visit, being filled in; None where that very set does not ship."""
        body = self._state.body
        given = given_in_visit(self._state.people, key.partition("/")[2], started=self._started(body))
        return self._answers.session(key, knows(self._asking(body), key), given)

    def earlier(self, key: str) -> EarlierAnswers | None:
        """What the same person answered to the same set at a visit before; None where there is nothing."""
        return self._earlier.of(key)

    def response_changed(self, key: str) -> None:
        """An answer changed in the session of this key; an emptied response is taken out of the visit."""
        visit, drafting, answers = self._state.visit, self._services.drafting, self._answers

        def save(value: object) -> datetime:
            return drafting.save_response(visit, key, value if isinstance(value, dict) else None)

        self._autosave.touch(self._part(RESPONSE_PREFIX + key), lambda: answers.newest(key), save)
        self._update(self._state.body)

    def handed_changed(self, key: str) -> None:
        """The screen went out of the practitioner's hands, came back, or the answers were opened."""
        self._put(replace(self._state, unopened=self._answers.handed.unopened))
        self.response_changed(key)

    def flush(self) -> Future[Any] | None:
        """Write everything pending now and mark the draft as properly left; the future ends when both are done."""
        return self.leave()

    def leave(self) -> Future[Any] | None:
        """The page is left: what the draft holds now is what a later comparison starts from."""
        writes, visit = self._autosave.flush(), self._state.visit
        is_open = self._state.phase is Phase.READY
        if not is_open and not writes:
            return None

        def settle() -> None:
            _wait(writes)
            if is_open and self._services.drafting.exists(visit):
                self._services.drafting.settle(visit)

        return self._bridge.run(settle, None, _announced_already, owner=self)

    def reload_people(self) -> None:
        """Somebody of the family was changed elsewhere."""
        family, visit = self._state.body.family, self._state.visit

        def done(people: tuple[Person, ...]) -> None:
            if visit == self._state.visit:
                self._put(replace(self._state, people=people), silent=True)
                self._update(self._state.body)

        self._bridge.run(lambda: self._services.families.brief(family).people, done, owner=self)

    def stamp(self) -> str:
        """The time of day as a timed line begins with it."""
        return self._clock.now().astimezone().strftime("%H:%M")

    def write_now(self) -> None:
        """The focus left a field, or the person asks to try again: write what is pending without waiting."""
        self._autosave.flush()

    def _on_opened(self, opened: Opened, focus: str) -> None:
        if opened.draft.visit != self._state.visit:
            return
        self.handing_in.emit()
        if self._autosave.holds(self._part("")):
            self._on_newer_words(focus)
            return
        self._earlier = opened.earlier
        self._answers = VisitAnswers(self._services.library, opened.draft.responses)
        self._put(opened_state(self._state, opened, self._answers.handed.unopened), silent=True)
        self._update(opened.draft.body)
        self.focus(focus)

    def _on_newer_words(self, focus: str) -> None:
        """Words of this visit are not on the disk: what was read there must not take their place."""
        problem = self._state.problem
        if problem is None:
            self.open(self._state.visit, focus)
        elif self._state.phase is Phase.READY:
            self.focus(focus)
        else:
            self._on_refused(self._state.visit, problem)

    def _on_safe(self, visit: str) -> None:
        if visit == self._state.visit:
            self.finish_asked.emit(visit)

    def _on_refused(self, visit: str, error: HomeVisitError) -> None:
        if visit == self._state.visit:
            self._put(replace(self._state, phase=Phase.REFUSED, problem=error))

    def _on_saved(self, moment: datetime) -> None:
        if self._autosave.is_clean:
            was_refused = self._state.phase is Phase.REFUSED
            self._put(replace(self._state, saved_at=moment, problem=None))
            if was_refused:
                self.open(self._state.visit)
        self.saved.emit(moment)

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, problem=error))

    def _update(self, body: VisitBody) -> None:
        """Everything that follows from a body: steps, prompts, what is wrong with the times."""
        now = self._clock.now()
        still_open = self._answers.still_open()
        kept = [*still_open, *self._state.added]
        places = prompt_places(self._services.library, self._asking(body), kept)
        self._put(derived(self._state, body, places, still_open, now))

    def _asking(self, body: VisitBody) -> Asking:
        template = self._services.schedules.current.template(body.contact)
        return Asking(people=self._state.people, day=self._started(body).astimezone().date(), template=template)

    def _started(self, body: VisitBody) -> datetime:
        return local_moment(body.started) or self._clock.now()

    def _part(self, name: str) -> str:
        return f"{self._state.visit}/{name}"

    def _put(self, state: VisitState, *, silent: bool = False) -> None:
        if state == self._state:
            return
        self._state = state
        if not silent:
            self.state_changed.emit(state)


def _wait(writes: Sequence[Future[Any]]) -> None:
    for write in writes:
        write.result()


def _announced_already(_: HomeVisitError) -> None:
    """The write that failed has said so by itself."""
