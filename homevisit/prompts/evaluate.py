"""The state of a whole response: a pure function of prompt set, response and context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from homevisit.prompts.checking import Problem, problems_of, problems_of_group
from homevisit.prompts.contents import Contents, read_response
from homevisit.prompts.converting import answers_from
from homevisit.prompts.items import Answer, Constraint, Item, Kind, Limits
from homevisit.prompts.paths import ROOT, Path
from homevisit.prompts.placing import Placing
from homevisit.prompts.programme import SET, Bound, Purpose
from homevisit.prompts.questionnaire import Questionnaire, require_usable
from homevisit.prompts.running import Context
from homevisit.prompts.settling import Settling
from homevisit.prompts.states import ItemState, State
from homevisit.prompts.values import has_content

__all__ = ["Context", "ItemState", "State", "Working", "evaluate", "evaluate_anyway"]
MOST_LAYOUTS = 4


def evaluate(questionnaire: Questionnaire, response: Mapping[str, object], context: Context) -> State:
    """The state of a response; ``prompts.refused`` where the set has a feature that is not honoured."""
    require_usable(questionnaire)
    return Working(questionnaire, read_response(questionnaire, response), context).state()


def evaluate_anyway(questionnaire: Questionnaire, response: Mapping[str, object] | None, context: Context) -> State:
    """The state even of a refused set, worked out without what was refused: for tools, never for answering. Without a
    response one is begun.
    """
    working = Working(questionnaire, read_response(questionnaire, response or {}), context)
    if response is None:
        working.begin(working.state().items)
    return working.state()


class Working:
    """The evaluation in progress that a session keeps and changes; :func:`evaluate` makes one and throws it away."""

    def __init__(self, questionnaire: Questionnaire, contents: Contents, context: Context | None = None) -> None:
        self.questionnaire = questionnaire
        self.contents = contents
        self.context = context or Context()
        self._states: dict[Path, ItemState] = {}
        self._problems: tuple[Problem, ...] = ()
        self._placing = Placing(questionnaire, contents)
        self._settling = Settling(questionnaire, self._placing, contents, self.context)
        self.lay_out()

    def state(self) -> State:
        return State(dict(self._states), self._placing.top, self._problems)

    def find(self, path: Path) -> ItemState | None:
        return self._states.get(path)

    def lay_out(self) -> None:
        """Find all occurrences anew and evaluate each: after repeats came or went."""
        for _ in range(MOST_LAYOUTS):
            self._placing = Placing(self.questionnaire, self.contents)
            self._settling = Settling(self.questionnaire, self._placing, self.contents, self.context)
            self._settling.settle_all()
            if not self._is_outgrown(self._settling.calculated):
                break
        self._states = {path: self._fresh(path) for path in self._placing.items}
        self._problems = self._problems_of_set()

    def answers_changed(self, path: Path) -> frozenset[Path]:
        """Evaluate again only what the answer at a path touches; gives the occurrences whose state changed."""
        self._settling.touched.clear()
        self._settling.settle(path)
        touched = frozenset(self._settling.touched)
        if self._is_outgrown(touched):
            return self.laid_out_again()
        changed = {each for each in self._to_look_at(touched) if self._refresh(each)}
        self._problems = self._problems_of_set()
        return frozenset(changed)

    def laid_out_again(self) -> frozenset[Path]:
        """Find all occurrences anew; gives those whose state changed, came or went."""
        before = self._states
        self.lay_out()
        after = self._states
        return frozenset(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))

    def calculation(self, path: Path) -> tuple[Answer, ...] | None:
        """What the expression of an occurrence gives; None where none decides there."""
        return self._settling.calculated.get(path)

    def given_below(self, place: Path) -> Iterator[Path]:
        """Where a person has answered something at or below a place; what is only calculated does not count."""
        depth = len(place)
        for path in self.contents.answers:
            if path[:depth] == place and not self._settling.is_only_calculated(path):
                yield path

    def begin(self, paths: Iterable[Path]) -> None:
        """Give the questions among some fresh occurrences the answers that they start with."""
        questions = [path for path in paths if self._placing.items[path].is_question]
        found = {path: begun for path in questions if (begun := self._begun(path))}
        self.contents.answers.update(found)
        if found:
            self.lay_out()

    def _begun(self, path: Path) -> tuple[Answer, ...]:
        item = self._placing.items[path]
        bound = self.questionnaire.programme.of(Purpose.INITIAL, item.link_id)
        if item.initial or bound is None or not self._settling.running.reaches(bound):
            return item.initial
        return answers_from(item, self._settling.running.values(bound, path) or ())

    def _is_outgrown(self, paths: Iterable[Path]) -> bool:
        """Whether a calculated question has more or fewer answers than its branches were laid out for."""
        depth = {path: len(path) for path in paths if self._placing.items[path].items}
        return any(
            self.contents.branches_of(self._placing.items[path], path)[1:]
            != tuple(dict.fromkeys(child[:level] for child in self._placing.children[path]))[1:]
            for path, level in depth.items()
            if self._placing.items[path].is_question
        )

    def _refresh(self, path: Path) -> bool:
        fresh = self._fresh(path)
        if fresh == self._states[path]:
            return False
        self._states[path] = fresh
        return True

    def _to_look_at(self, touched: frozenset[Path]) -> set[Path]:
        """The touched occurrences, the groups above them, and whatever only shows or checks something of them."""
        graph = self.questionnaire.graph
        watching = set(graph.watch_all)
        for path in touched:
            watching |= graph.watchers.get(path[-1][0], frozenset())
        watched = {path for link in watching for path in self._placing.of_link.get(link, ())}
        return watched | {each for path in touched for each in self._with_groups_above(path)}

    def _with_groups_above(self, path: Path) -> Iterator[Path]:
        yield path
        place = path[:-1]
        while place:
            yield self._placing.owner(place)
            # What a group lacks is said at its first occurrence.
            yield (*place[:-1], (place[-1][0], 0))
            place = place[:-1]

    def _fresh(self, path: Path) -> ItemState:
        item, enabled = self._placing.items[path], self._settling.enabled[path]
        bound = self.questionnaire.programme.of(Purpose.CALCULATED, item.link_id)
        calculated = bound is not None and bound.compiled is not None
        overridden = calculated and self._settling.is_overridden(path)
        return ItemState(
            path=path,
            item=item,
            enabled=enabled,
            answers=self.contents.answers.get(path, ()),
            problems=tuple(self._problems_at(path, item)) if enabled else (),
            children=self._placing.children[path],
            words=self._words(path, item),
            calculated=calculated,
            overridden=overridden,
            calculation=self._settling.calculated.get(path, ()) if overridden else (),
        )

    def _words(self, path: Path, item: Item) -> str:
        bound = self.questionnaire.programme.of(Purpose.WORDS, item.link_id)
        if bound is None or not self._settling.running.reaches(bound):
            return item.text
        values = self._settling.running.values(bound, path) or ()
        said = [each for each in values if isinstance(each, str) and each.strip()]
        return said[0] if said else item.text

    def _problems_at(self, path: Path, item: Item) -> Iterator[Problem]:
        if item.is_question:
            answers = [answer for answer in self.contents.answers.get(path, ()) if has_content(answer)]
            yield from problems_of(item, answers, self._limits(path, item))
        elif item.kind is Kind.GROUP and path[-1][1] == 0:
            yield from self._problems_of_group(item, path)
        yield from self._broken(self.questionnaire.programme.constraints.get(item.link_id, ()), path)
        if path in self._settling.restless or self._settling.running.is_faulty(path):
            yield Problem("not-calculated", blocking=False)

    def _limits(self, path: Path, item: Item) -> Limits:
        if item.formulas.least is None and item.formulas.most is None:
            return item.limits
        least = self._limit(Purpose.LEAST, path, item) or item.limits.min_value
        most = self._limit(Purpose.MOST, path, item) or item.limits.max_value
        return replace(item.limits, min_value=least, max_value=most)

    def _limit(self, purpose: Purpose, path: Path, item: Item) -> Answer | None:
        bound = self.questionnaire.programme.of(purpose, item.link_id)
        if bound is None or not self._settling.running.reaches(bound):
            return None
        return next(iter(answers_from(item, self._settling.running.values(bound, path) or ())), None)

    def _problems_of_set(self) -> tuple[Problem, ...]:
        return tuple(self._broken(self.questionnaire.programme.constraints.get(SET, ()), ROOT))

    def _broken(self, rules: Iterable[tuple[Constraint, Bound]], path: Path) -> Iterator[Problem]:
        for rule, bound in rules:
            if self._settling.running.reaches(bound) and self._settling.running.values(bound, path) == (False,):
                yield Problem("constraint", rule.words or rule.key, blocking=rule.is_error)

    def _problems_of_group(self, item: Item, path: Path) -> tuple[Problem, ...]:
        places = self.contents.places_of(item, path[:-1])
        limits = item.limits
        watched = item.required or limits.max_occurs is not None or limits.min_occurs > 0
        filled = sum(self._is_filled(place) for place in places) if watched else len(places)
        return problems_of_group(item, filled=filled, repeats=len(places))

    def _is_filled(self, place: Path) -> bool:
        return any(self._settling.enabled.get(path, False) for path in self.given_below(place))
