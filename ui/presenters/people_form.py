"""One form for entering and changing families and people. What is typed is kept until it is entered or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import FamilyDetails, Person, PersonDetails, Role
from homevisit.errors import HomeVisitError
from homevisit.services.form_drafts import KeptForm
from ui.messages import notice_of, words_of
from ui.notices import Notice
from ui.presenters.person_form import (
    DayReader,
    FamilyTyped,
    PersonRead,
    PersonTyped,
    from_json,
    read_family,
    read_person,
    to_json,
    typed_family,
    typed_person,
)
from ui.presenters.visit_autosave import Autosave
from ui.shell import Shell

Also = Callable[[], None]
NEW_FAMILY = "new-family"
FIRST_PEOPLE = (PersonTyped(role=Role.CHILD.value), PersonTyped(role=Role.MOTHER.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """``name`` is the form's draft ("" closed). ``family`` is None in a form about one person.

    ``problems`` are those that may be shown now, by ``field`` or ``<place>.field``; ``revision`` grows when the
    fields were filled from outside, so that the view shows them anew.
    """

    name: str = ""
    family: FamilyTyped | None = None
    people: tuple[PersonTyped, ...] = ()
    read: tuple[PersonRead, ...] = ()
    problems: dict[str, str] = field(default_factory=dict, repr=False)
    revision: int = 0
    kept_at: datetime | None = None
    changed: bool = False
    busy: bool = False
    notice: Notice | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.name)

    def problems_of(self, place: int) -> dict[str, str]:
        """The problems of the person at this place, by field."""
        own = f"{place}."
        return {name.removeprefix(own): words for name, words in self.problems.items() if name.startswith(own)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What a form starts from, and what entering it does: the job gives the record's id."""

    name: str
    family: FamilyTyped | None = None
    people: tuple[PersonTyped, ...] = ()
    enter: Callable[[FamilyDetails | None, tuple[PersonDetails, ...], Also], str]


class PeopleFormPresenter(QObject):
    """``entered`` carries the id of what was entered or changed; ``closed`` says that a person put the form away."""

    state_changed = Signal(object)
    entered = Signal(str)
    closed = Signal()

    def __init__(self, shell: Shell, read_day: DayReader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._read_day = read_day
        self._state = FormState()
        self._form: _Form | None = None
        self._touched: set[str] = set()
        self._tried = False
        self._autosave = Autosave(shell.bridge, self)
        self._autosave.saved.connect(shell.note_saved)
        self._autosave.failed.connect(self._on_failed)
        shell.flush_with(self, self.flush)

    @property
    def state(self) -> FormState:
        return self._state

    def open_new_family(self) -> None:
        """A family with its first people."""
        families = self._shell.services.families

        def enter(details: FamilyDetails | None, people: tuple[PersonDetails, ...], also: Also) -> str:
            return families.create(details or FamilyDetails(name=""), people, also=also)

        self._open(_Form(name=NEW_FAMILY, family=FamilyTyped(), people=FIRST_PEOPLE, enter=enter))

    def open_family(self, family: str, details: FamilyDetails) -> None:
        """Change what is kept about a family as a whole."""
        families = self._shell.services.families

        def enter(changed: FamilyDetails | None, _: tuple[PersonDetails, ...], also: Also) -> str:
            families.change(family, changed or details, seen=details, also=also)
            return family

        self._open(_Form(name=f"family/{family}", family=typed_family(details), enter=enter))

    def open_new_person(self, family: str) -> None:
        """One more person of a family."""
        families = self._shell.services.families

        def enter(_: FamilyDetails | None, people: tuple[PersonDetails, ...], also: Also) -> str:
            return families.add_person(family, people[0], also=also)

        self._open(_Form(name=f"new-person/{family}", people=(PersonTyped(role=Role.FATHER.value),), enter=enter))

    def open_person(self, person: Person) -> None:
        """Change what is kept about a person."""
        families = self._shell.services.families

        def enter(_: FamilyDetails | None, people: tuple[PersonDetails, ...], also: Also) -> str:
            families.change_person(person.id, people[0], seen=person.details, also=also)
            return person.id

        self._open(_Form(name=f"person/{person.id}", people=(typed_person(person.details),), enter=enter))

    def change_family(self, name: str, value: str) -> None:
        """A field about the family was typed into."""
        if self._state.family is not None:
            self._edited(replace(self._state, family=replace(self._state.family, **{name: value})))

    def change_person(self, place: int, name: str, value: Any) -> None:
        """A field about the person at this place was typed into."""
        people = list(self._state.people)
        people[place] = replace(people[place], **{name: value})
        self._edited(replace(self._state, people=tuple(people)))

    def add_person(self, role: str = Role.FATHER.value) -> None:
        """One more person in the form."""
        people = (*self._state.people, PersonTyped(role=role))
        self._edited(replace(self._state, people=people, revision=self._state.revision + 1))

    def remove_person(self, place: int) -> None:
        """Take a person out of the form again."""
        people = self._state.people[:place] + self._state.people[place + 1 :]
        self._touched = {name for name in self._touched if not name[:1].isdigit()}
        self._edited(replace(self._state, people=people, revision=self._state.revision + 1))

    def left(self, name: str) -> None:
        """The cursor left a field: what is wrong with it may be said now."""
        if name not in self._touched:
            self._touched.add(name)
            self._put(self._judged(self._state))

    def enter(self) -> None:
        """Sign what the form holds; with a problem nothing happens but that every problem is shown."""
        form, state = self._form, self._state
        if form is None or state.busy:
            return
        self._tried = True
        state = self._judged(state)
        if state.problems:
            self._put(state)
            return
        family = read_family(state.family) if state.family is not None else None
        people = tuple(read.details for read, typed in self._counted(state))
        self._put(replace(state, busy=True))
        self._autosave.flush()
        drafts = self._shell.services.form_drafts

        self._shell.bridge.run(
            # What is entered and the end of its draft are one commit: a full disk leaves either, never both.
            lambda: form.enter(family, people, lambda: drafts.discard(form.name)),
            self._on_entered,
            self._on_failed,
        )

    def close(self) -> None:
        """Put the form away; what was typed is kept."""
        self._autosave.flush()
        self._forget()
        self.closed.emit()

    def discard(self) -> None:
        """Throw away what was typed."""
        if self._form is not None:
            drafts, name = self._shell.services.form_drafts, self._form.name
            self._autosave.forget()
            self._shell.bridge.run(lambda: drafts.discard(name))
        self._forget()
        self.closed.emit()

    def start_again(self) -> None:
        """Throw away what was kept and show the form as it was before anything was typed."""
        form = self._form
        if form is not None:
            drafts = self._shell.services.form_drafts
            self._autosave.forget()
            self._shell.bridge.run(lambda: drafts.discard(form.name), lambda _: self._show(form, None), owner=self)

    def flush(self) -> Future[Any] | None:
        """Write what is pending; the future ends when it is safe."""
        writes = self._autosave.flush()
        if not writes:
            return None
        return self._shell.bridge.run(lambda: [write.result() for write in writes], None, _said_already, owner=self)

    def _open(self, form: _Form) -> None:
        if self._form is not None and self._form.name == form.name:
            return
        self._autosave.flush()
        self._form = form
        drafts = self._shell.services.form_drafts
        self._shell.bridge.run(lambda: drafts.load(form.name), lambda kept: self._show(form, kept), owner=self)

    def _show(self, form: _Form, kept: KeptForm | None) -> None:
        if form is not self._form:
            return
        self._autosave.flush()  # what was typed into the form before belongs to its draft, not to this one's
        self._touched, self._tried = set(), False
        values = kept.values if kept else {}
        family, people = form.family, form.people
        if family is not None:
            family = from_json(family, values.get("family"))
        if isinstance(typed := values.get("people"), list) and typed:
            people = tuple(from_json(PersonTyped(), each) for each in typed)
        state = FormState(
            name=form.name,
            family=family,
            people=people,
            revision=self._state.revision + 1,
            kept_at=kept.saved_at if kept else None,
            changed=kept is not None,
        )
        self._put(self._judged(state))

    def _edited(self, state: FormState) -> None:
        self._put(self._judged(replace(state, changed=True, notice=None)))
        name, drafts = state.name, self._shell.services.form_drafts

        def save(values: object) -> datetime:
            return drafts.save(name, values if isinstance(values, dict) else {})

        self._autosave.touch(name, self._values, save)

    def _values(self) -> JsonObject:
        state = self._state
        family = to_json(state.family) if state.family is not None else None
        return {"family": family, "people": [to_json(person) for person in state.people]}

    def _judged(self, state: FormState) -> FormState:
        """The state with its people read and the problems that may be shown now."""
        today = self._today()
        read = tuple(read_person(typed, today, self._read_day) for typed in state.people)
        state = replace(state, read=read)
        found: dict[str, str] = {}
        if state.family is not None and not state.family.name.strip():
            found["name"] = words_of(HomeVisitError("family.name_needed")).sentence
        for place, (each, typed) in enumerate(zip(read, state.people, strict=True)):
            if not (typed.is_blank and state.family is not None):
                found |= {f"{place}.{name}": words for name, words in each.problems.items()}
        shown = {name: words for name, words in found.items() if self._tried or self._is_due(name)}
        return replace(state, problems=shown)

    def _is_due(self, name: str) -> bool:
        """A missing name is only said when the form is entered; anything else once its field was left."""
        return name in self._touched and name.rpartition(".")[2] != "name"

    def _counted(self, state: FormState) -> list[tuple[PersonRead, PersonTyped]]:
        """The people that will be entered: an untouched block of a new family is nobody."""
        pairs = zip(state.read, state.people, strict=True)
        return [pair for pair in pairs if state.family is None or not pair[1].is_blank]

    def _on_entered(self, record: str) -> None:
        self._autosave.forget()
        self._forget()
        self._shell.tell(Changes.FAMILIES)
        self.entered.emit(record)

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, busy=False, notice=notice_of(error)))

    def _forget(self) -> None:
        self._form = None
        self._touched, self._tried = set(), False
        self._put(FormState(revision=self._state.revision + 1))

    def _today(self) -> date:
        return self._shell.clock.now().astimezone().date()

    def _put(self, state: FormState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _said_already(_: HomeVisitError) -> None:
    """The write that failed has said so by itself."""
