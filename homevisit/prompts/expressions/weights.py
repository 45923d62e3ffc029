"""``weight()`` and ``ordinal()``: the score of an answer, from its own extension or from the option that was chosen."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from homevisit.prompts.expressions.nodes import ANSWER, DATES, TEXTS, Node, Unsure
from homevisit.prompts.expressions.operators import Items
from homevisit.prompts.expressions.scalars import canonical, exact

_SCORES = frozenset(
    {"http://hl7.org/fhir/StructureDefinition/ordinalValue", "http://hl7.org/fhir/StructureDefinition/itemWeight"}
)
Json = Mapping[str, object]


def weights(items: Items, questionnaire: Json | None) -> Items:
    """The scores there are; unsure where a value set or code system would have to be asked."""
    found: Items = []
    for item in items:
        if type(item) is not Node or item.data is False or item.data == "":
            continue
        key, value = _answered(item)
        score = _score(value) if isinstance(value, dict) else None
        if score is None and value is not None:
            score = _score_of_option(key, value, _form_item(item, questionnaire))
        if score is not None:
            found.append(score)
    return found


def _answered(node: Node) -> tuple[str, object]:
    """The value of an answer with its key; of the answer itself, the one it holds."""
    if node.kind == ANSWER and isinstance(node.data, dict):
        keys = [key for key in node.data if key.startswith(("value", "_value"))]
        if not keys:
            return "", None
        if len(keys) > 1 or keys[0].startswith("_"):
            raise Unsure
        return keys[0], node.data[keys[0]]
    if node.above is None or node.above.kind != ANSWER:
        raise Unsure
    return f"value{node.kind[:1].upper()}{node.kind[1:]}", node.data


def _score(holder: Json) -> object | None:
    extensions = holder.get("extension")
    if not isinstance(extensions, list):
        return None
    for each in extensions:
        if each.get("url") in _SCORES:
            return _number(each.get("valueDecimal"))
    return None


def _number(value: object) -> object | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, str):
        return canonical(exact(value))
    raise Unsure


def _score_of_option(key: str, value: object, form_item: Json) -> object | None:
    options = form_item.get("answerOption") or ()
    if not isinstance(options, list | tuple):
        raise Unsure
    chosen = next((option for option in options if _is_chosen(key, value, option)), None)
    score = None if chosen is None else _score(chosen)
    coded = isinstance(value, dict) and value.get("system")
    if score is None and (form_item.get("answerValueSet") or (chosen is not None and coded)):
        raise Unsure  # a contained value set or code system may hold it
    return score


def _is_chosen(key: str, value: object, option: Json) -> bool:
    offered = option.get(key)
    if key == "valueCoding" and isinstance(value, dict):
        coding = offered if isinstance(offered, dict) else {}
        return all(coding.get(part) == value.get(part) for part in ("code", "system"))
    if key.removeprefix("value").lower() in _TEXTUAL and isinstance(value, str):
        return offered == value
    if key == "valueInteger" and isinstance(value, int) and not isinstance(value, bool):
        return offered == value
    raise Unsure


_TEXTUAL = frozenset(kind.lower() for kind in TEXTS | DATES)


def _form_item(node: Node, questionnaire: Json | None) -> Json:
    if questionnaire is None:
        raise Unsure
    links = _links_above(node)
    found = _topmost(questionnaire, links[-1]) if links else None
    for link in reversed(links[:-1]):
        found = None if found is None else _child(found, link)
    if found is None:
        raise Unsure
    return found


def _links_above(node: Node) -> list[str]:
    each: Node | None = node
    while each is not None and not _link(each):
        each = each.above
    links = []
    while each is not None and (link := _link(each)):
        links.append(link)
        each = each.above
    return links


def _link(node: Node) -> str:
    link = node.data.get("linkId") if isinstance(node.data, dict) else None
    return link if isinstance(link, str) else ""


def _topmost(questionnaire: Json, link: str) -> Json | None:
    """The first item with this linkId, the outer ones first."""
    waiting = deque(_items(questionnaire))
    while waiting:
        item = waiting.popleft()
        if item.get("linkId") == link:
            return item
        waiting.extend(_items(item))
    return None


def _child(item: Json, link: str) -> Json | None:
    return next((each for each in _items(item) if each.get("linkId") == link), None)


def _items(holder: Json) -> list[Json]:
    items = holder.get("item")
    return items if isinstance(items, list) else []
