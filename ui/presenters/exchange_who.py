"""Who gets what: everybody that is sent to by itself, why, what waits, and the consent before the first time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.errors import HomeVisitError
from homevisit.services.sharing import Recipient
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr

ROOM = "exchange"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoState:
    """``recipients`` are None until they were read."""

    recipients: tuple[Recipient, ...] | None = None
    notice: Notice | None = None


class WhoPresenter(QObject):
    """Nothing goes to anybody by itself before it was agreed to here; stopping takes effect with the next run."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = WhoState()

    @property
    def state(self) -> WhoState:
        return self._state

    def load(self) -> None:
        self._shell.bridge.run(self._shell.services.sharing.recipients, self._on_loaded, self._on_failed)

    def agree(self, recipient: Recipient) -> None:
        """Send to this person by itself from now on."""
        sharing = self._shell.services.sharing
        self._shell.bridge.run(
            lambda: sharing.agree(recipient.person), lambda _: self._on_agreed(recipient), self._on_failed, owner=self
        )

    def stop(self, recipient: Recipient) -> None:
        """Send nothing more to this person."""
        sharing = self._shell.services.sharing
        self._shell.bridge.run(
            lambda: sharing.stop(recipient.person), lambda _: self._on_stopped(recipient), self._on_failed, owner=self
        )

    def dismiss(self) -> None:
        self._put(replace(self._state, notice=None))

    def _on_agreed(self, recipient: Recipient) -> None:
        said = tr(ROOM, "What is for {name} goes by itself from now on.", name=recipient.name)
        self._tell(Notice(sentence=said, tone=Tone.GOOD))

    def _on_stopped(self, recipient: Recipient) -> None:
        said = tr(ROOM, "Nothing more goes to {name} by itself.", name=recipient.name)
        step = tr(ROOM, "What was sent stays with them.")
        self._tell(Notice(sentence=said, next_step=step, tone=Tone.INFO))

    def _tell(self, notice: Notice) -> None:
        self._put(replace(self._state, notice=notice))
        self._shell.tell(Changes.CARDS | Changes.OUTBOX)

    def _on_loaded(self, recipients: tuple[Recipient, ...]) -> None:
        self._put(replace(self._state, recipients=recipients))

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, notice=notice_of(error)))

    def _put(self, state: WhoState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
