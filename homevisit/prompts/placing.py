"""The occurrences of all items of a response: what stands below what, and which occurrence of a question is nearest."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.prompts.contents import Contents
from homevisit.prompts.items import Item
from homevisit.prompts.paths import ROOT, Path
from homevisit.prompts.questionnaire import Questionnaire


class Placing:
    """Found anew whenever repeats come or go. ``children`` of a question are those of all its answers."""

    def __init__(self, questionnaire: Questionnaire, contents: Contents) -> None:
        self._questionnaire = questionnaire
        self._contents = contents
        self.of_link: dict[str, list[Path]] = {}
        self.children: dict[Path, tuple[Path, ...]] = {}
        self.items: dict[Path, Item] = {}
        self.top = self._place(questionnaire.items, ROOT)

    def owner(self, place: Path) -> Path:
        """The occurrence that holds a place: all branches of a question belong to its one occurrence."""
        if not place:
            return ROOT
        asked = (*place[:-1], (place[-1][0], 0))
        return asked if self.items[asked].is_question else place

    def owner_called(self, link: str, path: Path) -> Path | None:
        """The occurrence of an item that a path lies in; the path itself counts."""
        for depth in range(len(path), 0, -1):
            if path[depth - 1][0] == link:
                return self.owner(path[:depth])
        return None

    def nearest(self, link: str, asking: Path) -> Path | None:
        """The nearest occurrence of a question: an ancestor, else the last before, else the first after. None
        where there is none, or no such question.
        """
        lineage = self._questionnaire.lineage
        if link not in lineage:
            return None
        own, source = lineage[asking[-1][0]], lineage[link]
        shared = next((i for i, pair in enumerate(zip(own, source, strict=False)) if len(set(pair)) > 1), None)
        depth = min(len(own), len(source)) if shared is None else shared
        if depth == len(source):
            return (*asking[: depth - 1], (link, 0))
        place = asking[:depth]
        within = [path for path in self.of_link.get(link, ()) if path[:depth] == place]
        if not within:
            return None
        order = self._questionnaire.order
        return within[-1] if order[link] < order[asking[-1][0]] else within[0]

    def _place(self, items: Sequence[Item], place: Path) -> tuple[Path, ...]:
        found: list[Path] = []
        for item in items:
            for path in self._contents.places_of(item, place):
                if path in self.items:
                    continue  # a linkId used twice at one place, which is refused, would stand in its own way
                self.of_link.setdefault(item.link_id, []).append(path)
                self.items[path] = item
                self.children[path] = ()
                self.children[path] = tuple(
                    below
                    for branch in (self._contents.branches_of(item, path) if item.items else ())
                    for below in self._place(item.items, branch)
                )
                found.append(path)
        return tuple(found)
