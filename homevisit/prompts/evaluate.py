"""The state of a whole response: a pure function of prompt set, response and context."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from homevisit.prompts.checking import Problem, problems_of, problems_of_group
from homevisit.prompts.contents import Contents, read_response
from homevisit.prompts.enabling import conditions_hold
from homevisit.prompts.items import Answer, Item, Kind
from homevisit.prompts.paths import ROOT, Path
from homevisit.prompts.questionnaire import Questionnaire, require_usable
from homevisit.prompts.terms import Control, Role
from homevisit.prompts.values import has_content


@dataclass(frozen=True, slots=True)
class Context:
    """What an evaluation may know besides the response. Nothing here reads a clock: ``now`` is given."""

    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemState:
    """One occurrence of an item: ``children`` are the occurrences directly below it, in order."""

    path: Path
    item: Item
    enabled: bool
    answers: tuple[Answer, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    children: tuple[Path, ...]

    @property
    def answered(self) -> bool:
        return any(has_content(answer) for answer in self.answers)

    @property
    def shown(self) -> bool:
        return self.enabled and not self.item.hidden

    @property
    def unanswered(self) -> bool:
        """Whether a person is still expected to say something here."""
        item = self.item
        expected = item.is_question and not item.read_only and not item.has_role(Role.OPTIONAL)
        return expected and self.shown and not self.answered


@dataclass(frozen=True, slots=True)
class State:
    """Every occurrence by its path; ``top`` are the outermost ones in order."""

    items: Mapping[Path, ItemState]
    top: tuple[Path, ...]

    def below(self, path: Path) -> Iterator[ItemState]:
        """The occurrence and everything below it, in document order."""
        found = self.items[path]
        yield found
        for child in found.children:
            yield from self.below(child)

    def texts_beside(self, path: Path, control: Control) -> tuple[str, ...]:
        """The help or flyover texts of an occurrence."""
        children = (self.items[child] for child in self.items[path].children)
        return tuple(each.item.text for each in children if each.shown and each.item.control == control)

    def walk(self) -> Iterator[ItemState]:
        for path in self.top:
            yield from self.below(path)


def evaluate(questionnaire: Questionnaire, response: Mapping[str, object], context: Context) -> State:
    """The state of a response; ``prompts.refused`` where the set has a feature that is not honoured."""
    del context  # read by the expressions that the engine refuses so far
    require_usable(questionnaire)
    return Working(questionnaire, read_response(questionnaire, response)).state()


class Working:
    """The evaluation in progress that a session keeps and changes; :func:`evaluate` makes one and throws it away."""

    def __init__(self, questionnaire: Questionnaire, contents: Contents) -> None:
        self.questionnaire = questionnaire
        self.contents = contents
        self._states: dict[Path, ItemState] = {}
        self._top: tuple[Path, ...] = ()
        self._of_link: dict[str, list[Path]] = {}
        self._enabled: dict[Path, bool] = {}
        self.lay_out()

    def state(self) -> State:
        return State(dict(self._states), self._top)

    def find(self, path: Path) -> ItemState | None:
        return self._states.get(path)

    def lay_out(self) -> None:
        """Find all occurrences anew and evaluate each: after repeats came or went."""
        self._of_link, self._enabled, self._states = {}, {}, {}
        children: dict[Path, tuple[Path, ...]] = {}
        self._top = self._place(self.questionnaire.items, ROOT, children)
        self._refresh_enabled(self.questionnaire.by_link)
        for path, below in children.items():
            self._states[path] = self._fresh(path, below)

    def answers_changed(self, path: Path) -> frozenset[Path]:
        """Evaluate again only what the answer at a path touches; gives the occurrences whose state changed."""
        link = path[-1][0]
        switched = self._refresh_enabled(self.questionnaire.dependencies.dependents.get(link, ()))
        touched = {each for start in (path, *switched) for each in self._with_groups_above(start)}
        changed = set()
        for each in touched:
            fresh = self._fresh(each, self._states[each].children)
            if fresh != self._states[each]:
                self._states[each] = fresh
                changed.add(each)
        return frozenset(changed)

    def owner(self, place: Path) -> Path:
        """The occurrence that holds a place: all branches of a question belong to its one occurrence."""
        if not place:
            return ROOT
        item = self.questionnaire.by_link[place[-1][0]]
        return (*place[:-1], (item.link_id, 0)) if item.is_question else place

    def _place(self, items: Sequence[Item], place: Path, children: dict[Path, tuple[Path, ...]]) -> tuple[Path, ...]:
        found: list[Path] = []
        for item in items:
            for path in self.contents.places_of(item, place):
                self._of_link.setdefault(item.link_id, []).append(path)
                children[path] = tuple(
                    below
                    for branch in self.contents.branches_of(item, path)
                    for below in (self._place(item.items, branch, children) if item.items else ())
                )
                found.append(path)
        return tuple(found)

    def _refresh_enabled(self, links: Iterable[str]) -> list[Path]:
        rank, dependents = self.questionnaire.dependencies.rank, self.questionnaire.dependencies.dependents
        waiting = [(rank[link], link) for link in links]
        heapq.heapify(waiting)
        queued, switched = {link for _, link in waiting}, []
        while waiting:
            _, link = heapq.heappop(waiting)
            turned = [path for path in self._of_link.get(link, ()) if self._turns(path)]
            switched.extend(turned)
            for dependent in dependents.get(link, frozenset()) - queued if turned else ():
                queued.add(dependent)
                heapq.heappush(waiting, (rank[dependent], dependent))
        return switched

    def _turns(self, path: Path) -> bool:
        item = self.questionnaire.by_link[path[-1][0]]
        above = self.owner(path[:-1])
        enabled = (not above or self._enabled[above]) and conditions_hold(item, lambda link: self._source(link, path))
        if self._enabled.get(path) is enabled:
            return False
        self._enabled[path] = enabled
        return True

    def _source(self, link: str, asking: Path) -> Sequence[Answer]:
        """The answers of the nearest occurrence: an ancestor, else the last before, else the first after."""
        nearest = self._nearest(link, asking)
        if nearest is None or not self._enabled.get(nearest, False):
            return ()
        answers = self.contents.answers.get(nearest, ())
        level = len(nearest) - 1
        if link in self.questionnaire.lineage[asking[-1][0]][:-1]:
            # Asked from below one answer of that very question: only this answer counts.
            return answers[asking[level][1] : asking[level][1] + 1]
        return answers

    def _nearest(self, link: str, asking: Path) -> Path | None:
        own, source = (self.questionnaire.lineage[each] for each in (asking[-1][0], link))
        shared = next((i for i, pair in enumerate(zip(own, source, strict=False)) if len(set(pair)) > 1), None)
        depth = min(len(own), len(source)) if shared is None else shared
        if depth == len(source):
            return (*asking[: depth - 1], (link, 0))
        place, found = asking[:depth], self._of_link.get(link, [])
        within = [path for path in found if path[:depth] == place]
        if not within:
            return None
        order = self.questionnaire.order
        return within[-1] if order[link] < order[asking[-1][0]] else within[0]

    def _with_groups_above(self, path: Path) -> Iterator[Path]:
        yield path
        place = path[:-1]
        while place:
            yield self.owner(place)
            # What a group lacks is said at its first occurrence.
            yield (*place[:-1], (place[-1][0], 0))
            place = place[:-1]

    def _fresh(self, path: Path, children: tuple[Path, ...]) -> ItemState:
        item, enabled = self.questionnaire.by_link[path[-1][0]], self._enabled[path]
        answers = self.contents.answers.get(path, ())
        problems: tuple[Problem, ...] = ()
        if enabled and item.is_question:
            problems = problems_of(item, [answer for answer in answers if has_content(answer)])
        elif enabled and item.kind is Kind.GROUP and path[-1][1] == 0:
            problems = self._problems_of_group(item, path)
        return ItemState(path, item, enabled, answers, problems, children)

    def _problems_of_group(self, item: Item, path: Path) -> tuple[Problem, ...]:
        places = self.contents.places_of(item, path[:-1])
        watched = item.required or item.limits.max_occurs is not None
        filled = sum(self._is_filled(place) for place in places) if watched else len(places)
        return problems_of_group(item, filled=filled, repeats=len(places))

    def _is_filled(self, place: Path) -> bool:
        depth = len(place)
        return any(
            path[:depth] == place and self._enabled.get(path, False) and answers
            for path, answers in self.contents.answers.items()
        )
