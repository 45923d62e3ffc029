"""What a family answered to the same prompts over its visits: which set is looked at and which answers are beside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.domain.family import Person
from homevisit.errors import HomeVisitError
from homevisit.prompts.comparing import Compared, compared
from homevisit.services.over_time import Answered, Series
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell

CONCERNS = Changes.VISITS | Changes.INBOX | Changes.FAMILIES
BESIDE_AT_FIRST = 2
SEPARATOR = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTimeState:
    """``series`` is None until it was read. ``beside`` are the places in the chosen series that stand side by side."""

    family: str = ""
    name: str = field(default="", repr=False)
    people: tuple[Person, ...] = field(default=(), repr=False)
    series: tuple[Series, ...] | None = None
    chosen: str = ""
    beside: tuple[int, ...] = ()
    only_changes: bool = False
    in_home: bool = False
    notice: Notice | None = None

    @property
    def shown(self) -> Series | None:
        """The series that is looked at."""
        return next((each for each in self.series or () if each.key == self.chosen), None)

    @property
    def columns(self) -> tuple[Answered, ...]:
        """The responses that stand side by side, oldest first."""
        answered = self.shown.answered if self.shown else ()
        return tuple(answered[place] for place in self.beside if place < len(answered))

    @property
    def rows(self) -> tuple[Compared, ...]:
        """The prompts to show: all of them, or those whose answer changed with their headings left out."""
        rows = compared([each.lines for each in self.columns])
        return tuple(row for row in rows if row.any_change) if self.only_changes else rows


class OverTimePresenter(QObject):
    """Reads a family's answers; ``arg`` of the page is ``<family>`` or ``<family>.<prompt set>.<person>``."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = OverTimeState()
        shell.privacy.changed.connect(self._on_privacy)

    @property
    def state(self) -> OverTimeState:
        return self._state

    def open(self, arg: str) -> None:
        family, prompt_set, person = (*arg.split(SEPARATOR), "", "")[:3]
        wanted = f"{prompt_set}/{person}" if prompt_set else ""
        if family != self._state.family:
            self._put(OverTimeState(family=family, chosen=wanted, in_home=self._shell.privacy.in_home))
        elif wanted:
            self.choose(wanted)
        self._load(logged=True)

    def refresh(self, changes: Changes) -> None:
        if changes & CONCERNS and self._state.family:
            self._load()

    def choose(self, key: str) -> None:
        """Look at another prompt set or person; its two newest answers stand side by side."""
        if key != self._state.chosen:
            self._put(_with_choice(self._state, key))

    def put_beside(self, place: int, beside: bool) -> None:
        """Put one response of the series beside the others or take it away; the last one stays."""
        places = {*self._state.beside, place} if beside else set(self._state.beside) - {place}
        if places:
            self._put(replace(self._state, beside=tuple(sorted(places))))
        else:
            self.state_changed.emit(self._state)  # the box was unticked already: it is ticked again

    def show_only_changes(self, only: bool) -> None:
        self._put(replace(self._state, only_changes=only))

    def open_visit(self, place: int) -> None:
        """Go to the visit that one of the columns was answered at."""
        columns = self._state.columns
        if place < len(columns):
            self._shell.go("signed", columns[place].visit)

    def _load(self, *, logged: bool = False) -> None:
        family, services = self._state.family, self._shell.services

        def read() -> tuple[str, str, tuple[Person, ...], tuple[Series, ...]]:
            brief = services.families.open(family) if logged else services.families.brief(family)
            return family, brief.details.name, brief.people, services.over_time.of_family(family)

        self._shell.bridge.run(read, self._on_read, self._on_failed)

    def _on_read(self, read: tuple[str, str, tuple[Person, ...], tuple[Series, ...]]) -> None:
        family, name, people, series = read
        if family != self._state.family:
            return
        known = {each.key for each in series}
        state = replace(self._state, name=name, people=people, series=series, notice=None)
        if state.chosen not in known or not state.beside:
            state = _with_choice(state, state.chosen if state.chosen in known else series[0].key if series else "")
        self._put(state)

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, notice=notice_of(error)))

    def _on_privacy(self) -> None:
        self._put(replace(self._state, in_home=self._shell.privacy.in_home))

    def _put(self, state: OverTimeState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _with_choice(state: OverTimeState, key: str) -> OverTimeState:
    state = replace(state, chosen=key)
    count = len(state.shown.answered) if state.shown else 0
    return replace(state, beside=tuple(range(max(0, count - BESIDE_AT_FIRST), count)))
