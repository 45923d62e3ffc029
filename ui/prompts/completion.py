"""How far a response is: what is answered, still open or faulty, counted by page and kept up to date. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.paths import Path
from homevisit.prompts.session import Session
from homevisit.prompts.terms import Role


@dataclass(frozen=True, slots=True)
class Count:
    """``expected`` counts the answered ones too."""

    expected: int = 0
    answered: int = 0
    faulty: int = 0

    @property
    def unanswered(self) -> int:
        return self.expected - self.answered

    def __add__(self, other: Count) -> Count:
        return Count(self.expected + other.expected, self.answered + other.answered, self.faulty + other.faulty)

    def __sub__(self, other: Count) -> Count:
        return Count(self.expected - other.expected, self.answered - other.answered, self.faulty - other.faulty)


_NOTHING = Count()


class Completion:
    """Counts once, then only what changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._hidden = {below.link_id for item in session.questionnaire.walk() if item.hidden for below in item.walk()}
        self._counts: dict[Path, Count] = {}
        self._by_top: dict[Path, Count] = {}
        self.recount()

    def recount(self) -> None:
        """Count everything anew: after repeats came or went."""
        self._counts, self._by_top = {}, {}
        self.update(self._session.state().items)

    def update(self, changed: Iterable[Path]) -> None:
        """Take over occurrences whose state may have changed."""
        for path in changed:
            found = self._count(path)
            before = self._counts.get(path, _NOTHING)
            if found != before:
                self._counts[path] = found
                self._by_top[path[:1]] = self._by_top.get(path[:1], _NOTHING) + found - before

    def of(self, tops: Iterable[Path]) -> Count:
        """The count of some outermost occurrences."""
        return sum((self._by_top.get(top, _NOTHING) for top in tops), _NOTHING)

    def left(self) -> Iterator[ItemState]:
        """What is open or faulty, in document order."""
        for state in self._session.state().walk():
            if state.path in self._counts and _is_left(self._counts[state.path]):
                yield state

    def _count(self, path: Path) -> Count:
        state = self._session.find(path)
        if state is None or not state.shown or state.item.link_id in self._hidden or not state.item.is_question:
            return _NOTHING
        faulty = int(is_faulty(state))
        if not _is_expected(state):
            return Count(faulty=faulty)
        return Count(1, int(state.answered), faulty)


def is_faulty(state: ItemState) -> bool:
    """Whether something is wrong with what was answered; a missing answer is open, not faulty."""
    return state.answered and any(problem.blocking for problem in state.problems)


def _is_expected(state: ItemState) -> bool:
    """Whether a person is to say something here."""
    item = state.item
    is_given = item.can_be_given and not item.read_only and not state.calculated
    return is_given and not item.has_role(Role.OPTIONAL)


def _is_left(count: Count) -> bool:
    return count.unanswered > 0 or count.faulty > 0
