"""The response as expressions see it: only what counts, so no answers of disabled items and nothing that was not
understood. Nodes are made when asked for and shared until something below them changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.contents import Contents
from homevisit.prompts.items import Item
from homevisit.prompts.paths import Path
from homevisit.prompts.placing import Placing
from homevisit.prompts.values import is_well_formed


class AnswerTree:
    """A node is never changed after it was given away: what changes is made anew, with everything above it."""

    def __init__(self, placing: Placing, contents: Contents, enabled: Mapping[Path, bool]) -> None:
        self._placing = placing
        self._contents = contents
        self._enabled = enabled
        self._nodes: dict[Path, JsonObject | None] = {}
        self._resource: JsonObject | None = None
        self.version = 0

    @property
    def resource(self) -> JsonObject:
        """The whole response."""
        if self._resource is None:
            inner = self._below(self._placing.top)
            head = {"resourceType": "QuestionnaireResponse", **self._contents.head}
            self._resource = {**head, **({"item": inner} if inner else {})}
        return self._resource

    def focus(self, path: Path) -> JsonObject:
        """The node of an occurrence; an empty item where nothing below it is answered."""
        return self._node(path) or self._bare(path)

    def forget(self, path: Path) -> None:
        """Something at this occurrence changed."""
        self.version += 1
        self._resource = None
        while path:
            path = self._placing.owner(path)
            self._nodes.pop(path, None)
            path = path[:-1]

    def _below(self, paths: tuple[Path, ...]) -> list[JsonObject]:
        return [node for path in paths if (node := self._node(path)) is not None]

    def _node(self, path: Path) -> JsonObject | None:
        if path not in self._nodes:
            self._nodes[path] = self._made(path) if self._enabled.get(path) else None
        return self._nodes[path]

    def _made(self, path: Path) -> JsonObject | None:
        item, children = self._placing.items[path], self._placing.children[path]
        if item.is_question:
            answers = self._answers(path, item)
            return {**self._bare(path), "answer": answers} if answers else None
        inner = self._below(children) if children else []
        return {**self._bare(path), "item": inner} if inner else None

    def _bare(self, path: Path) -> JsonObject:
        item = self._placing.items[path]
        return {"linkId": item.link_id, **({"text": item.text} if item.text else {})}

    def _answers(self, path: Path, item: Item) -> list[JsonObject]:
        given = self._contents.answers.get(path, ())
        if not item.items:
            return [dict(answer) for answer in given if is_well_formed(answer)]
        found: list[JsonObject] = []
        depth = len(path)
        for index, branch in enumerate(self._contents.branches_of(item, path)):
            below = tuple(child for child in self._placing.children[path] if child[:depth] == branch)
            inner = self._below(below)
            answer = given[index] if index < len(given) and is_well_formed(given[index]) else {}
            if answer or inner:
                found.append({**answer, **({"item": inner} if inner else {})})
        return found
