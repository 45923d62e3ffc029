"""First run: takes a person from an empty folder to an open store with a recovery code that is known to be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.clock import Clock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from ui.bridge import Bridge, Where
from ui.homes import Homes
from ui.messages import notice_of
from ui.presenters.first_run_flow import FirstRunState, NewPerson, Step, can_go_back, problems_of
from ui.presenters.recovery_sheet import other_groups_notice, pick_groups, save_sheet, saved_notice, sheet_text

if TYPE_CHECKING:
    from homevisit.services.homes import Created, Strength

STRENGTH_PAUSE_MS = 150

Pick = Callable[[Sequence[int]], tuple[int, ...]]


class FirstRunPresenter(QObject):
    """Holds a FirstRunState. ``finished`` carries the services of the new store."""

    state_changed = Signal(object)
    finished = Signal(object)

    def __init__(self, home: Home, homes: Homes, bridge: Bridge, clock: Clock, *, pick: Pick | None = None) -> None:
        super().__init__()
        self._home = home
        self._homes = homes
        self._bridge = bridge
        self._clock = clock
        self._pick = pick or pick_groups
        self._made: Created | None = None
        self._goes_on_when_judged = False
        self._state = FirstRunState()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(STRENGTH_PAUSE_MS)
        self._pause.timeout.connect(self._judge)

    @property
    def state(self) -> FirstRunState:
        return self._state

    def change_person(self, **values: Any) -> None:
        """A field of the first step was typed."""
        self._set(person=replace(self._state.person, **values), problems={})

    def join(self) -> None:
        """There is another laptop already: its file and its words take the place of the name."""
        self._set(joining=True, problems={}, notice=None)

    def choose_file(self, path: Path) -> None:
        self._set(file=path, problems={}, notice=None)

    def type_words(self, text: str) -> None:
        self._set(words=text, problems={}, notice=None)

    def type_passphrase(self, text: str) -> None:
        """The strength follows a moment later, from the worker lane."""
        self._goes_on_when_judged = False
        self._set(passphrase=text, strength=None, problems={})
        self._pause.start()

    def repeat_passphrase(self, text: str) -> None:
        self._set(repeated=text, problems={})

    def suggest(self) -> None:
        """Make a passphrase of five words and show it, so that it can be written down."""
        self._bridge.run(self._homes.suggest_passphrase, self._on_suggested, owner=self, where=Where.WORKER)

    def retype(self, position: int, text: str) -> None:
        """A group of the recovery code was typed again."""
        self._set(retyped={**self._state.retyped, position: text}, problems={}, notice=None)

    def back(self) -> None:
        self._goes_on_when_judged = False
        if not can_go_back(self._state):
            return
        if self._state.step is Step.PERSON:
            self._set(joining=False, file=None, words="", person=NewPerson(), problems={}, notice=None)
        else:
            self._set(step=Step.PERSON, problems={}, notice=None)

    def go_on(self) -> None:
        """The primary button of every step."""
        if self._state.busy:
            return
        if self._state.step is Step.PASSPHRASE and self._state.passphrase and self._state.strength is None:
            self._goes_on_when_judged = True  # whoever types fast and presses Enter is not sent back
            return
        problems = problems_of(self._state)
        if problems:
            self._set(problems=problems)
            return
        {
            Step.PERSON: self._open_file if self._state.joining else self._to_passphrase,
            Step.PASSPHRASE: self._create,
            Step.RECOVERY: self._confirm,
            Step.DONE: self._finish,
        }[self._state.step]()

    def save_code(self, path: Path) -> None:
        """Write the recovery sheet to a file that the person chose, best on a stick kept elsewhere."""
        text = self.sheet_text()
        self._bridge.run(lambda: save_sheet(path, text), self._on_code_saved, self._on_refused, where=Where.WORKER)

    def sheet_text(self) -> str:
        """What is printed or saved: whose code, for which store, and what it is for."""
        return sheet_text(self._state.groups, self._home.root.name, self._clock.now().astimezone().date())

    def _open_file(self) -> None:
        file, words, homes = self._state.file, self._state.words, self._homes
        if file is not None:
            self._set(busy=True, notice=None)
            self._bridge.run(
                lambda: homes.joining(file, words), self._on_joining, self._on_refused, owner=self, where=Where.WORKER
            )

    def _on_joining(self, profile: Any) -> None:
        known = {name: getattr(profile, name) for name in ("name", "role", "title", "registration", "organisation")}
        self._set(person=NewPerson(**known, joining=profile.joining), busy=False)
        self._to_passphrase()

    def _to_passphrase(self) -> None:
        self._set(step=Step.PASSPHRASE, problems={})
        self._judge()

    def _judge(self) -> None:
        text, person, homes = self._state.passphrase, self._state.person, self._homes
        if text:
            hints = (person.name, person.title, person.registration, person.organisation)
            self._bridge.run(
                lambda: (text, homes.strength(text, hints)), self._on_judged, owner=self, where=Where.WORKER
            )

    def _on_judged(self, judged: tuple[str, Strength]) -> None:
        text, strength = judged
        if text != self._state.passphrase:
            return
        self._set(strength=strength)
        if self._goes_on_when_judged:
            self._goes_on_when_judged = False
            self.go_on()

    def _on_suggested(self, passphrase: str) -> None:
        self._set(passphrase=passphrase, repeated=passphrase, revealed=True, strength=None, problems={})
        self._judge()

    def _create(self) -> None:
        self._set(busy=True, notice=None, problems={})
        home, homes, clock = self._home, self._homes, self._clock
        person, passphrase = self._state.person, self._state.passphrase

        def job() -> Created:
            made = homes.create(home, person, passphrase, clock=clock)
            made.services.safekeeping.note_recovery_shown()
            return made

        self._bridge.run(job, self._on_created, self._on_refused)

    def _on_created(self, made: Created) -> None:
        self._made = made
        ask = self._pick(range(len(made.recovery_code.split("-"))))
        self._set(step=Step.RECOVERY, recovery_code=made.recovery_code, ask=ask, busy=False, passphrase="", repeated="")

    def _confirm(self) -> None:
        retyped = {position: self._state.retyped.get(position, "") for position in self._state.ask}
        if self._homes.confirm_recovery(self._state.recovery_code, retyped):
            if self._made is not None:
                self._bridge.run(self._made.services.safekeeping.note_recovery_kept)
            self._set(step=Step.DONE, recovery_code="", retyped={}, notice=None)
        else:
            self._set(notice=other_groups_notice())

    def _finish(self) -> None:
        if self._made is not None:
            self.finished.emit(self._made.services)

    def _on_code_saved(self, _: None) -> None:
        self._set(notice=saved_notice())

    def _on_refused(self, error: HomeVisitError) -> None:
        self._set(busy=False, notice=notice_of(error))

    def _set(self, **values: Any) -> None:
        self._state = replace(self._state, **values)
        self.state_changed.emit(self._state)
