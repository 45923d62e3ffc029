"""Where the person who was handed the screen is: welcome, one question after the other, thanks. Nothing else exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from homevisit.prompts.session import Session
from ui.bridge import Bridge, Where
from ui.handover.asking import Question, questions
from ui.notices import Notice
from ui.presenters.tries import Tries, TriesState
from ui.words import tr

ROOM = "handover"


class Stage(Enum):
    """What is on the screen."""

    WELCOME = auto()
    QUESTION = auto()
    THANKS = auto()
    CHECK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverState:
    """``before`` is where the check of the passphrase was asked for."""

    stage: Stage = Stage.WELCOME
    before: Stage = Stage.WELCOME
    asked: tuple[Question, ...] = ()
    language: str = ""
    place: int = 0
    tries: TriesState = field(default_factory=TriesState)

    @property
    def question(self) -> Question | None:
        return self.asked[self.place] if self.stage is Stage.QUESTION and self.place < len(self.asked) else None


class HandOverPresenter(QObject):
    """``returned`` fires once the practitioner's passphrase was given. The passphrase is passed on and never kept."""

    state_changed = Signal(object)
    returned = Signal()

    def __init__(self, session: Session, bridge: Bridge, confirm: Callable[[str], None]) -> None:
        super().__init__()
        self.session = session
        self._confirm = confirm
        self._own_language = session.questionnaire.language
        self._state = HandOverState(asked=questions(session), language=self._own_language)
        self._tries = Tries(bridge, where=Where.WORKER)
        self._tries.setParent(self)
        self._tries.changed.connect(lambda tries: self._put(replace(self._state, tries=tries)))
        self._tries.right.connect(self._on_right)

    @property
    def state(self) -> HandOverState:
        return self._state

    def speak(self, language: str) -> None:
        """Ask in another language that the set has; answers are the same in every language."""
        self.session.speak(language)
        self._put(replace(self._state, language=language, asked=questions(self.session)))

    def begin(self) -> None:
        """The person who answers has pressed Start."""
        self._put(replace(self._state, stage=Stage.QUESTION if self._state.asked else Stage.THANKS, place=0))

    def step(self, by: int) -> None:
        """The next question or the one before; after the last come the thanks. What is asked follows the answers."""
        here = self._state.question
        asked = questions(self.session)
        paths = [question.path for question in asked]
        place = paths.index(here.path) if here is not None and here.path in paths else self._state.place
        self._go(asked, place + by)

    def go_on_from_thanks(self) -> None:
        """Look at the answers once more before giving the screen back."""
        asked = questions(self.session)
        self._go(asked, len(asked) - 1)

    def ask_passphrase(self) -> None:
        """Somebody says to be the practitioner."""
        state = self._state
        if state.stage is not Stage.CHECK:
            self._tries.say(None)
            self._put(replace(self._state, stage=Stage.CHECK, before=state.stage))

    def leave_check(self) -> None:
        """Back to where the check was asked for."""
        self._put(replace(self._state, stage=self._state.before))

    def check(self, passphrase: str) -> None:
        """Give the screen back to whoever knows the passphrase."""
        if not passphrase.strip():
            self._tries.say(Notice(sentence=tr(ROOM, "Type your passphrase first.")))
            return
        confirm = self._confirm
        self._tries.attempt(lambda: confirm(passphrase))

    def _go(self, asked: tuple[Question, ...], place: int) -> None:
        if place >= len(asked):
            self._put(replace(self._state, stage=Stage.THANKS, asked=asked))
        else:
            self._put(replace(self._state, stage=Stage.QUESTION, asked=asked, place=max(0, place)))

    def _on_right(self, _: object) -> None:
        if self._state.language != self._own_language:
            self.session.speak(self._own_language)  # the practitioner reads on in the language of before
        self.returned.emit()

    def _put(self, state: HandOverState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
