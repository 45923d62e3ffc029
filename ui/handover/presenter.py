"""Where the person who was handed the screen is: welcome, one question after the other, thanks. Nothing else exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from homevisit.errors import HomeVisitError
from homevisit.prompts.session import Session
from ui.bridge import Bridge, Where
from ui.handover.asking import Question, questions
from ui.messages import notice_of
from ui.notices import Notice
from ui.words import tr

ROOM = "handover"
SECOND_MS = 1000


class Stage(Enum):
    """What is on the screen."""

    WELCOME = auto()
    QUESTION = auto()
    THANKS = auto()
    CHECK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverState:
    """``before`` is where the check of the passphrase was asked for; ``attempt`` grows with every refusal."""

    stage: Stage = Stage.WELCOME
    before: Stage = Stage.WELCOME
    asked: tuple[Question, ...] = ()
    language: str = ""
    place: int = 0
    busy: bool = False
    wait: int = 0
    attempt: int = 0
    notice: Notice | None = None

    @property
    def question(self) -> Question | None:
        return self.asked[self.place] if self.stage is Stage.QUESTION and self.place < len(self.asked) else None

    @property
    def can_try(self) -> bool:
        return not self.busy and self.wait == 0


class HandOverPresenter(QObject):
    """``returned`` fires once the practitioner's passphrase was given. The passphrase is passed on and never kept."""

    state_changed = Signal(object)
    returned = Signal()

    def __init__(self, session: Session, bridge: Bridge, confirm: Callable[[str], None]) -> None:
        super().__init__()
        self.session = session
        self._bridge = bridge
        self._confirm = confirm
        self._own_language = session.questionnaire.language
        self._state = HandOverState(asked=questions(session), language=self._own_language)
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND_MS)
        self._tick.timeout.connect(self.count_down)

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
            self._put(replace(state, stage=Stage.CHECK, before=state.stage, notice=None))

    def leave_check(self) -> None:
        """Back to where the check was asked for."""
        self._put(replace(self._state, stage=self._state.before, notice=None))

    def check(self, passphrase: str) -> None:
        """Give the screen back to whoever knows the passphrase."""
        if not self._state.can_try:
            return
        if not passphrase.strip():
            self._put(replace(self._state, notice=Notice(sentence=tr(ROOM, "Type your passphrase first."))))
            return
        self._put(replace(self._state, busy=True, notice=None))
        confirm = self._confirm
        self._bridge.run(lambda: confirm(passphrase), self._on_right, self._on_wrong, where=Where.WORKER)

    def count_down(self) -> None:
        """One second has passed."""
        left = max(0, self._state.wait - 1)
        if left == 0:
            self._tick.stop()
        self._put(replace(self._state, wait=left, notice=self._state.notice if left else None))

    def _go(self, asked: tuple[Question, ...], place: int) -> None:
        if place >= len(asked):
            self._put(replace(self._state, stage=Stage.THANKS, asked=asked))
        else:
            self._put(replace(self._state, stage=Stage.QUESTION, asked=asked, place=max(0, place)))

    def _on_right(self, _: None) -> None:
        if self._state.language != self._own_language:
            self.session.speak(self._own_language)  # the practitioner reads on in the language of before
        self._put(replace(self._state, busy=False))
        self.returned.emit()

    def _on_wrong(self, error: HomeVisitError) -> None:
        seconds = error.values.get("seconds")
        wait = int(seconds) + 1 if isinstance(seconds, int | float) and seconds > 0 else 0
        if wait:
            self._tick.start()
        attempt = self._state.attempt + 1
        self._put(replace(self._state, busy=False, wait=wait, attempt=attempt, notice=notice_of(error)))

    def _put(self, state: HandOverState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
