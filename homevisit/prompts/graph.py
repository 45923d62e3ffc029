"""Which items have to be looked at again when another one changes, and in what order: one graph for conditions and
expressions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from homevisit.prompts.items import Item
from homevisit.prompts.programme import Bound, Programme, Purpose

_DECIDING = (Purpose.ENABLING, Purpose.CALCULATED)
_SHOWING = (Purpose.WORDS, Purpose.LEAST, Purpose.MOST)
Edges = Mapping[str, set[str]]


@dataclass(frozen=True)
class Graph:
    """``dependents``: what an item's answers or enablement decide; ``rank``: a source comes before what depends on it.

    No order suits the items of ``circles``, nor those whose expression can see everything: the last circle. Each circle
    is worked out from nothing until it stands still, after the circles that it needs. ``watchers`` only show or check
    something of an item, ``watch_all`` of any.
    """

    dependents: Mapping[str, frozenset[str]]
    rank: Mapping[str, int]
    circles: tuple[tuple[str, ...], ...]
    always: bool
    watchers: Mapping[str, frozenset[str]]
    watch_all: frozenset[str]
    _affected: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, items: Iterable[Item], programme: Programme) -> Graph:
        nodes = _nodes(items)
        needs = {link: _needs(node, programme, nodes) for link, node in nodes.items()}
        dependents = _turned(needs)
        wide = {link for link in nodes if any(bound.sees_all for bound in _bound(programme, link, _DECIDING))}
        circles = _with_wide(circles_of(needs), wide, dependents)
        loose = {link for circle in circles for link in circle}
        watchers, watch_all = _watching(nodes, programme)
        return cls(
            dependents=dependents,
            rank=_ranks({link: needed - loose for link, needed in needs.items() if link not in loose}),
            circles=tuple(tuple(link for link in nodes if link in circle) for circle in circles),
            always=bool(wide),
            watchers=watchers,
            watch_all=watch_all,
        )

    def affected_by(self, link: str) -> tuple[int, ...]:
        """Which circles a change of an item can reach, in their order."""
        if not self.circles:
            return ()
        if link not in self._affected:
            reached = reachable({link}, self.dependents)
            last = len(self.circles) - 1
            self._affected[link] = tuple(
                number
                for number, circle in enumerate(self.circles)
                if (self.always and number == last) or not reached.isdisjoint(circle)
            )
        return self._affected[link]


def reachable(starts: Iterable[str], dependents: Mapping[str, frozenset[str]]) -> set[str]:
    """The links themselves and everything that depends on them, round about too."""
    reached, waiting = set(starts), list(starts)
    while waiting:
        for each in dependents.get(waiting.pop(), frozenset()) - reached:
            reached.add(each)
            waiting.append(each)
    return reached


def _with_wide(circles: list[set[str]], wide: set[str], dependents: Mapping[str, frozenset[str]]) -> list[set[str]]:
    """What sees everything comes last, together with every circle that hears of it."""
    if not wide:
        return circles
    heard = reachable(wide, dependents)
    apart = [circle for circle in circles if circle.isdisjoint(heard)]
    return [*apart, wide.union(*(circle for circle in circles if not circle.isdisjoint(heard)))]


def calculation_circles(items: Iterable[Item], programme: Programme) -> frozenset[str]:
    """Calculated items that need themselves, by what their expressions name."""
    nodes = _nodes(items)
    needs = {link: set(node.sources) for link, node in nodes.items()}
    for link in nodes:
        for bound in _bound(programme, link, _DECIDING):
            needs[link] |= {each for each in bound.named if each in nodes and nodes[each].item.is_question}
    return frozenset(link for circle in circles_of(needs) for link in circle if programme.of(Purpose.CALCULATED, link))


@dataclass(frozen=True, slots=True)
class _Node:
    item: Item
    above: str

    @property
    def sources(self) -> Iterator[str]:
        yield from (condition.question for condition in self.item.conditions)


def _nodes(items: Iterable[Item], above: str = "") -> dict[str, _Node]:
    found: dict[str, _Node] = {}
    waiting = [(item, above) for item in reversed(list(items))]
    while waiting:
        item, parent = waiting.pop()
        found.setdefault(item.link_id, _Node(item, parent))
        waiting.extend((child, item.link_id) for child in reversed(item.items))
    return found


def _bound(programme: Programme, link: str, purposes: Iterable[Purpose]) -> Iterator[Bound]:
    found = (programme.of(purpose, link) for purpose in purposes)
    yield from (each for each in found if each is not None)


def _needs(node: _Node, programme: Programme, nodes: Mapping[str, _Node]) -> set[str]:
    link = node.item.link_id
    needed = {source for source in node.sources if source in nodes} | ({node.above} if node.above else set())
    for bound in _bound(programme, link, _DECIDING):
        needed |= _seen(bound, nodes)
    return needed


def _seen(bound: Bound, nodes: Mapping[str, _Node]) -> set[str]:
    """What an expression can see: an item that it names, with everything below that (whether a group is there at all
    depends on what is answered in it).
    """
    items = [nodes[link].item for link in bound.named if link in nodes]
    return {below.link_id for item in items for below in item.walk()}


def _turned(needs: Edges) -> dict[str, frozenset[str]]:
    turned: defaultdict[str, set[str]] = defaultdict(set)
    for link, needed in needs.items():
        for source in needed:
            turned[source].add(link)
    return {link: frozenset(found) for link, found in turned.items()}


def _watching(nodes: Mapping[str, _Node], programme: Programme) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    watched: dict[str, set[str]] = {}
    watch_all: set[str] = set()
    for link in nodes:
        rules = [bound for _, bound in programme.constraints.get(link, ())]
        for bound in (*_bound(programme, link, _SHOWING), *rules):
            if bound.sees_all:
                watch_all.add(link)
            watched.setdefault(link, set()).update(_seen(bound, nodes))
    return _turned(watched), frozenset(watch_all)


def _ranks(needs: Edges) -> dict[str, int]:
    open_needs = {link: len(needed & needs.keys()) for link, needed in needs.items()}
    dependents = _turned(needs)
    ready = [link for link, count in open_needs.items() if not count]
    rank: dict[str, int] = {}
    while ready:
        link = ready.pop()
        rank[link] = len(rank)
        for dependent in dependents.get(link, ()):
            open_needs[dependent] -= 1
            if not open_needs[dependent]:
                ready.append(dependent)
    return rank


def circles_of(needs: Edges) -> list[set[str]]:
    """Sets of links that need themselves, directly or round about; each after those that it needs (Tarjan's strongly
    connected components, without recursion).
    """
    finder = _Circles(needs)
    for link in needs:
        finder.visit(link)
    return finder.found


class _Circles:
    def __init__(self, needs: Edges) -> None:
        self._needs = needs
        self._index: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._stack: list[str] = []
        self._stacked: set[str] = set()
        self.found: list[set[str]] = []

    def visit(self, start: str) -> None:
        if start in self._index:
            return
        trail: list[tuple[str, Iterator[str]]] = [self._enter(start)]
        while trail:
            link, rest = trail[-1]
            following = next(rest, None)
            if following is None:
                trail.pop()
                self._leave(link)
                if trail:
                    self._lower(trail[-1][0], self._low[link])
            elif following not in self._index:
                trail.append(self._enter(following))
            elif following in self._stacked:
                self._lower(link, self._index[following])

    def _enter(self, link: str) -> tuple[str, Iterator[str]]:
        self._index[link] = self._low[link] = len(self._index)
        self._stack.append(link)
        self._stacked.add(link)
        return link, iter(sorted(each for each in self._needs[link] if each in self._needs))

    def _lower(self, link: str, to: int) -> None:
        self._low[link] = min(self._low[link], to)

    def _leave(self, link: str) -> None:
        if self._low[link] != self._index[link]:
            return
        component: list[str] = []
        while not component or component[-1] != link:
            component.append(self._stack.pop())
        self._stacked.difference_update(component)
        if len(component) > 1 or link in self._needs[link]:
            self.found.append(set(component))
