"""Which items have to be looked at again when another one changes, and in what order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from homevisit.prompts.items import Item


@dataclass(frozen=True)
class Dependencies:
    """``dependents``: what is enabled by an answer or lies directly below. ``rank``: a source comes before what
    depends on it; without a rank stand only items on a circle, which ``support`` refuses.
    """

    dependents: Mapping[str, frozenset[str]]
    rank: Mapping[str, int]

    @classmethod
    def of(cls, items: Iterable[Item]) -> Dependencies:
        needs: dict[str, set[str]] = {}
        _collect(items, above="", needs=needs)
        dependents: defaultdict[str, set[str]] = defaultdict(set)
        for link, needed in needs.items():
            for source in needed:
                dependents[source].add(link)
        frozen = {link: frozenset(found) for link, found in dependents.items()}
        return cls(dependents=frozen, rank=_ranks(needs, frozen))


def _collect(items: Iterable[Item], *, above: str, needs: dict[str, set[str]]) -> None:
    for item in items:
        needs[item.link_id] = {condition.question for condition in item.conditions} | ({above} if above else set())
        _collect(item.items, above=item.link_id, needs=needs)


def _ranks(needs: Mapping[str, set[str]], dependents: Mapping[str, frozenset[str]]) -> dict[str, int]:
    open_needs = {link: len(needed & needs.keys()) for link, needed in needs.items()}
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
