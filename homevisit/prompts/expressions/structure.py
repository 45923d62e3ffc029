"""Walking the items of a response or a questionnaire: ``repeat(item)`` and the search by linkId."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from homevisit.prompts.expressions.nodes import ANSWER, FORM_ITEM, ITEM, RESPONSE, Node, Unsure
from homevisit.prompts.expressions.operators import MOST_COMPARED, Items
from homevisit.prompts.expressions.scalars import same_objects

_ITEMS = (ITEM, FORM_ITEM)
_WALKED = (RESPONSE, ITEM, ANSWER)
_BELOW = {"item": ITEM, "answer": ANSWER}
_MOST_COMPARED = 6
Step = Callable[[Node], Iterable[object]]


def with_link(items: Items, link: str) -> Items:
    """``where(linkId = '…')`` on items."""
    found: Items = []
    for item in items:
        if type(item) is not Node or item.kind not in _ITEMS or not isinstance(item.data, dict):
            raise Unsure
        if item.data.get("linkId") == link:
            found.append(item)
    return found


def descendants_with_link(items: Items, link: str, known: dict[int, dict[str, Items]]) -> Items:
    """``descendants().where(linkId = '…')`` of a response; what was walked through before is ``known``."""
    if len(items) != 1:
        return _descendants(items).get(link, [])
    key = id(_walked(items[0]).data)
    if key not in known:
        known[key] = _descendants(items)
    return known[key].get(link, [])


def _descendants(items: Items) -> dict[str, Items]:
    """All items below by linkId, level by level as the engine goes."""
    found: dict[str, Items] = {}
    level = [_walked(item) for item in items]
    while level:
        level = [child for node in level for child in _below(node)]
        for node in level:
            link = _link(node)
            if node.kind == ITEM and isinstance(link, str):
                found.setdefault(link, []).append(node)
    return found


def repeated(items: Items, step: Step) -> Items:
    """``repeat(…)`` over items: level by level, each item once; items that are equal in everything count as one."""
    found: Items = []
    known: dict[str, list[Node]] = {}
    level, reached = items, 0
    while level:
        stepped = [each for item in level for each in step(_only_node(item))]
        level = [each for each in stepped if _is_new(each, known)]
        found.extend(level)
        reached += len(stepped)
    if len(found) < reached and reached > _MOST_COMPARED:
        raise Unsure  # beyond that the reference engine compares in another way and keeps some equal ones
    return found


def _only_node(item: object) -> Node:
    if type(item) is not Node:
        raise Unsure
    return item


def _is_new(item: object, known: dict[str, list[Node]]) -> bool:
    if type(item) is not Node or item.kind not in _ITEMS:
        raise Unsure
    link = _link(item)
    if not isinstance(link, str):
        raise Unsure
    alike = known.setdefault(link, [])
    if len(alike) > MOST_COMPARED:
        raise Unsure
    if any(same_objects(item.data, other.data) for other in alike):
        return False
    alike.append(item)
    return True


def _walked(item: object) -> Node:
    if type(item) is not Node or item.kind not in _WALKED:
        raise Unsure
    return item


def _below(node: Node) -> list[Node]:
    if not isinstance(node.data, dict) or "contained" in node.data:
        raise Unsure
    found: list[Node] = []
    for name, below in node.data.items():
        kind = _BELOW.get(name)
        if kind is not None and isinstance(below, list) and None not in below:
            found.extend([Node(each, kind, node) for each in below])
        elif kind is not None:
            raise Unsure
    return found


def _link(node: Node) -> object:
    return node.data.get("linkId") if isinstance(node.data, dict) else None
