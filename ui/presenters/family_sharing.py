"""Who looks after the family that is shown: sharing it with a colleague, and ending that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.changes import Changes
from homevisit.domain.card import Card
from homevisit.errors import HomeVisitError
from homevisit.services.sharing import Keeper
from ui.messages import notice_of
from ui.shell import Shell

CONCERNS = Changes.FAMILIES | Changes.CARDS | Changes.INBOX | Changes.VISITS


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingState:
    """``ending`` is the person whose sharing is being ended; ``joining`` says that a colleague is being chosen.

    ``visits`` counts what is here of the family: it goes to whoever joins.
    """

    family: str = ""
    keepers: tuple[Keeper, ...] = ()
    could_join: tuple[Card, ...] = ()
    may_share: bool = False
    visits: int = 0
    joining: bool = False
    ending: str = ""
    busy: bool = False

    @property
    def ending_keeper(self) -> Keeper | None:
        return next((keeper for keeper in self.keepers if keeper.person == self.ending), None)


@dataclass(frozen=True, slots=True)
class _Read:
    family: str
    keepers: tuple[Keeper, ...] = field(repr=False)
    could_join: tuple[Card, ...] = field(repr=False)
    may_share: bool
    visits: int


class SharingPresenter(QObject):
    """Holds a SharingState; nothing is signed before a person and a reason were given."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = SharingState()

    @property
    def state(self) -> SharingState:
        return self._state

    def open(self, family: str) -> None:
        if family != self._state.family:
            self._put(SharingState(family=family))
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes & CONCERNS and self._state.family:
            self._load()

    def ask_join(self) -> None:
        self._put(replace(self._state, joining=True, ending=""))

    def ask_end(self, person: str) -> None:
        self._put(replace(self._state, joining=False, ending=person))

    def drop(self) -> None:
        self._put(replace(self._state, joining=False, ending=""))

    def share(self, person: str, why: str) -> None:
        """Sign that a colleague looks after this family too."""
        family, sharing = self._state.family, self._shell.services.sharing
        self._write(lambda: sharing.share(family, person, why))

    def end(self, why: str) -> None:
        """Sign that somebody looks after it no longer."""
        family, person, sharing = self._state.family, self._state.ending, self._shell.services.sharing
        self._write(lambda: sharing.end(family, person, why))

    def _write(self, job: Callable[[], object]) -> None:
        self._put(replace(self._state, busy=True))
        self._shell.bridge.run(job, lambda _: self._on_written(), self._on_refused, owner=self)

    def _load(self) -> None:
        services, family = self._shell.services, self._state.family
        self._shell.bridge.run(lambda: _look(services, family), self._on_read, lambda _: None, owner=self)

    def _on_read(self, read: _Read) -> None:
        if read.family == self._state.family:
            self._put(
                replace(
                    self._state,
                    keepers=read.keepers,
                    could_join=read.could_join,
                    may_share=read.may_share,
                    visits=read.visits,
                )
            )

    def _on_written(self) -> None:
        self._put(replace(self._state, joining=False, ending="", busy=False))
        self._shell.tell(Changes.FAMILIES | Changes.OUTBOX)

    def _on_refused(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, busy=False))
        self._shell.announce(notice_of(error))

    def _put(self, state: SharingState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _look(services: Services, family: str) -> _Read:
    sharing = services.sharing
    return _Read(
        family=family,
        keepers=sharing.keepers(family),
        could_join=sharing.could_join(family),
        may_share=sharing.facts().may_share(family),
        visits=len(services.families.timeline(family)),
    )
