"""Works out what is enabled and what calculated items hold, looking again only at what a change touches."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from homevisit.prompts.answer_tree import AnswerTree
from homevisit.prompts.contents import Contents
from homevisit.prompts.converting import answers_from
from homevisit.prompts.enabling import conditions_hold
from homevisit.prompts.items import Answer, Item
from homevisit.prompts.paths import Path
from homevisit.prompts.placing import Placing
from homevisit.prompts.programme import Bound, Purpose
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.running import Context, Running
from homevisit.prompts.values import is_overridden, same_answers

MOST_ROUNDS = 12


class Settling:
    """``enabled`` by occurrence; calculated answers are put among the contents. ``calculated`` holds what the
    expression gives, also where a person's own answer stands instead; ``restless`` what never came to an end.
    """

    def __init__(self, questionnaire: Questionnaire, placing: Placing, contents: Contents, context: Context) -> None:
        self._questionnaire = questionnaire
        self._placing = placing
        self._contents = contents
        self.enabled: dict[Path, bool] = {}
        self.calculated: dict[Path, tuple[Answer, ...]] = {}
        self.restless: set[Path] = set()
        self.touched: set[Path] = set()
        self.tree = AnswerTree(placing, contents, self.enabled)
        self.running = Running(questionnaire, placing, self.tree, context)

    def settle_all(self) -> None:
        """Work everything out from nothing."""
        graph = self._questionnaire.graph
        self.enabled.update(dict.fromkeys(self._placing.items, True))
        self._spread(graph.rank)
        for circle in graph.circles:
            self._bring_to_rest(circle)

    def settle(self, path: Path) -> None:
        """Work out what a changed answer touches; ``touched`` collects the occurrences to look at afresh."""
        graph, link = self._questionnaire.graph, path[-1][0]
        self.touched.add(path)
        self.tree.forget(path)
        self._spread({link, *graph.dependents.get(link, ())})
        for number in graph.affected_by(link):
            self._bring_to_rest(graph.circles[number])

    def _bring_to_rest(self, circle: Sequence[str]) -> None:
        """What no order suits begins each time from the same: unanswered, and enabled if what holds it is. So a change
        gives the same as working everything out from nothing.
        """
        places = self._places(circle)
        for path in places:
            self._switch(path, self._holder_enabled(path))
            bound = self._calculation(path)
            if bound is not None and self._is_calculated(path, bound):
                self._hold(path, ())
        self._spread(each for link in circle for each in self._questionnaire.graph.dependents.get(link, ()))
        self.restless.difference_update(places)
        for _ in range(MOST_ROUNDS):
            moved = self._round(circle)
            if not moved:
                return
        self._give_up_on(moved)

    def _round(self, circle: Iterable[str]) -> list[Path]:
        moved: list[Path] = []
        for link in circle:
            changed = [path for path in self._placing.of_link.get(link, ()) if self._look_at(path)]
            moved.extend(changed)
            if changed:
                self._spread(self._questionnaire.graph.dependents.get(link, ()))
        return moved

    def _give_up_on(self, paths: list[Path]) -> None:
        """No value is better than one that depends on how often it was looked at."""
        self.restless.update(paths)
        self.touched.update(paths)
        for path in paths:
            bound = self._calculation(path)
            if bound is not None and self._is_calculated(path, bound):
                self._hold(path, ())
                self._spread(self._questionnaire.graph.dependents.get(path[-1][0], ()))

    def _places(self, links: Iterable[str]) -> list[Path]:
        return [path for link in links for path in self._placing.of_link.get(link, ())]

    def _spread(self, links: Iterable[str]) -> None:
        graph = self._questionnaire.graph
        queued = {link for link in links if link in graph.rank}
        waiting = [(graph.rank[link], link) for link in queued]
        heapq.heapify(waiting)
        while waiting:
            _, link = heapq.heappop(waiting)
            queued.discard(link)
            changed = [path for path in self._placing.of_link.get(link, ()) if self._look_at(path)]
            for dependent in graph.dependents.get(link, frozenset()) - queued if changed else ():
                if dependent in graph.rank:
                    queued.add(dependent)
                    heapq.heappush(waiting, (graph.rank[dependent], dependent))

    def _look_at(self, path: Path) -> bool:
        turned = self._switch(path, self._holder_enabled(path) and self._is_wanted(path))
        bound = self._calculation(path)
        if bound is None:
            return turned
        return self._calculate(path, bound) or turned

    def _switch(self, path: Path, enabled: bool) -> bool:
        if self.enabled.get(path) is enabled:
            return False
        self.enabled[path] = enabled
        self.tree.forget(path)
        self.touched.add(path)
        return True

    def _holder_enabled(self, path: Path) -> bool:
        above = self._placing.owner(path[:-1])
        return not above or self.enabled[above]

    def _is_wanted(self, path: Path) -> bool:
        item = self._placing.items[path]
        if not conditions_hold(item, lambda link: self._source(link, path)):
            return False
        bound = self._questionnaire.programme.of(Purpose.ENABLING, item.link_id)
        if bound is None or bound.compiled is None or not self.running.reaches(bound):
            return True
        values = self.running.values(bound, path)
        if values is None:
            # Where the expression fails a person sees the prompt: hiding something by mistake does more harm.
            return True
        # FHIRPath: one value that is no boolean counts as true where a boolean is asked for.
        return bool(values) and values[0] is not False

    def _source(self, link: str, asking: Path) -> Sequence[Answer]:
        """The answers of the nearest occurrence of a question, none where that is not enabled."""
        nearest = self._placing.nearest(link, asking)
        if nearest is None or not self.enabled.get(nearest, False):
            return ()
        answers = self._contents.answers.get(nearest, ())
        level = len(nearest) - 1
        if link in self._questionnaire.lineage[asking[-1][0]][:-1]:
            # Asked from below one answer of that very question: only this answer counts.
            return answers[asking[level][1] : asking[level][1] + 1]
        return answers

    def _calculation(self, path: Path) -> Bound | None:
        return self._questionnaire.programme.of(Purpose.CALCULATED, path[-1][0])

    def _is_calculated(self, path: Path, bound: Bound) -> bool:
        """Whether the expression decides here, and not a person's own answer or nothing at all."""
        return bound.compiled is not None and self.running.reaches(bound) and not self.is_overridden(path)

    def is_only_calculated(self, path: Path) -> bool:
        """Whether an occurrence holds what an expression gave and nothing of a person's."""
        bound = self._calculation(path)
        return bound is not None and bound.compiled is not None and not self.is_overridden(path)

    def is_overridden(self, path: Path) -> bool:
        """Whether a person's own answer stands in the place of a calculated one, which only an editable item allows."""
        item = self._placing.items.get(path)
        answers = self._contents.answers.get(path, ())
        return item is not None and not item.read_only and any(is_overridden(answer) for answer in answers)

    def _calculate(self, path: Path, bound: Bound) -> bool:
        if bound.compiled is None or not self.running.reaches(bound):
            return False
        item = self._placing.items[path]
        given = self._given(item, bound, path) if self.enabled[path] else ()
        if self.calculated.get(path) != given:
            self.calculated[path] = given
            self.touched.add(path)
        return self._is_calculated(path, bound) and self._hold(path, given)

    def _given(self, item: Item, bound: Bound, path: Path) -> tuple[Answer, ...]:
        values = self.running.values(bound, path)
        if values is None:
            self.touched.add(path)
        return answers_from(item, values or ())

    def _hold(self, path: Path, answers: tuple[Answer, ...]) -> bool:
        """Put calculated answers; the same ones stay as they stand, with whatever was kept beside them."""
        if same_answers(self._contents.answers.get(path, ()), answers):
            return False
        self._contents.put(path, answers)
        self.tree.forget(path)
        self.touched.add(path)
        return True
