"""A response while it is on the screen: the session, the clock, the two-minute watch and what was removed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Answer
from homevisit.prompts.known_by import KnownBy, known_by, with_known_by
from homevisit.prompts.paths import Path
from homevisit.prompts.session import Removed, Session
from ui.privacy import Privacy

TWO_MINUTES = 120.0

_A_CHILD = 6 * 365  # days

# Gives a widget that stands between a prompt's words and its control, None where there is nothing to show.
BlockExtra = Callable[[Path], QWidget | None]


class Stopwatch:
    """Counts seconds while it runs; it knows neither widgets nor the time of day."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._since: float | None = None
        self._before = 0.0

    @property
    def is_running(self) -> bool:
        return self._since is not None

    @property
    def elapsed(self) -> float:
        running = self._seconds() - self._since if self._since is not None else 0.0
        return self._before + running

    def start(self) -> None:
        if self._since is None:
            self._since = self._seconds()

    def pause(self) -> None:
        self._before, self._since = self.elapsed, None

    def reset(self) -> None:
        self._before, self._since = 0.0, None


class Filling(QObject):
    """What all widgets of a form share. ``changed`` names the occurrences whose state changed, ``repeats_changed``
    the place above a group whose repeats came or went and its linkId, ``wanted`` the occurrence that the keyboard
    should go to; ``line_wanted`` asks for a timed line.
    """

    changed = Signal(object)
    repeats_changed = Signal(object, str)
    wanted = Signal(object)
    line_wanted = Signal()

    def __init__(
        self,
        session: Session,
        *,
        now: Callable[[], datetime],
        privacy: Privacy | None = None,
        watch: Stopwatch | None = None,
        extras: Sequence[BlockExtra] = (),
    ) -> None:
        super().__init__()
        self.session = session
        self.now = now
        self.privacy = privacy
        self.watch = watch or Stopwatch()
        self.extras = tuple(extras)
        self.names_missing = False
        self._removed: dict[tuple[Path, str], list[Removed]] = {}

    @property
    def born(self) -> date | None:
        """The day of birth of the child that the set is about; of a carer "at 6 weeks" would never be meant."""
        patient = self.session.context.given.get("patient", {})
        try:
            day = date.fromisoformat(str(patient.get("birthDate", "")))
        except ValueError:
            return None
        return day if (self.now().date() - day).days < _A_CHILD else None

    def state(self, path: Path) -> ItemState:
        return self.session.item_state(path)

    def answer(self, path: Path, answers: Sequence[Answer]) -> None:
        """Another answer is known in the way that was said of the one before."""
        known = known_by(self.state(path).answers)
        if known is not None:
            answers = [with_known_by(answer, known) for answer in answers]
        self.changed.emit(self.session.set_answer(path, answers, at=self.now()))

    def say_known_by(self, path: Path, known: KnownBy | None) -> None:
        """How the answers are known; when they were given stays."""
        answers = [with_known_by(answer, known) for answer in self.state(path).answers]
        self.changed.emit(self.session.set_answer(path, answers))

    def add(self, place: Path, link_id: str) -> Path:
        path = self.session.add_repeat(place, link_id)
        self._announce(place, link_id)
        return path

    def add_and_go(self, place: Path, link_id: str) -> None:
        self.wanted.emit(self.add(place, link_id))

    def remove(self, path: Path) -> None:
        """Take a repeat away; one that held words can be brought back as long as the form is open."""
        place, link_id = path[:-1], path[-1][0]
        removed = self.session.remove_repeat(path)
        if removed.cut.answers:
            self._removed.setdefault((place, link_id), []).append(removed)
        self._announce(place, link_id)

    def removed(self, place: Path, link_id: str) -> tuple[Removed, ...]:
        return tuple(self._removed.get((place, link_id), ()))

    def restore(self, removed: Removed) -> None:
        place, link_id = removed.path[:-1], removed.path[-1][0]
        self._removed[place, link_id].remove(removed)
        self.session.restore(removed)
        self._announce(place, link_id)

    def say_what_is_missing(self) -> None:
        """From now on an unanswered required prompt says so beside it; a fresh form does not scold."""
        self.names_missing = True
        self.changed.emit(frozenset(self.session.state().items))

    def _announce(self, place: Path, link_id: str) -> None:
        self.repeats_changed.emit(place, link_id)
        self.changed.emit(frozenset(self.session.state().items))
