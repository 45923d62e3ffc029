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
    for each in _objects(holder, "extension"):
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
    chosen = _option(key, value, form_item)
    score = None if chosen is None else _score(chosen)
    coded = isinstance(value, dict) and value.get("system")
    if score is None and (form_item.get("answerValueSet") or (chosen is not None and coded)):
        raise Unsure  # a contained value set or code system may hold it
    return score


def _option(key: str, value: object, form_item: Json) -> Json | None:
    """The first option with this value."""
    options = _objects(form_item, "answerOption")
    if key == "valueCoding" and isinstance(value, dict):
        code, system = value.get("code"), value.get("system")
        return next((option for option in options if _coded(option) == (code, system)), None)
    textual = key.removeprefix("value").lower() in _TEXTUAL and isinstance(value, str)
    if textual or (key == "valueInteger" and type(value) is int):
        return next((option for option in options if option.get(key) == value), None)
    raise Unsure


def _coded(option: Json) -> tuple[object, object]:
    coding = option.get("valueCoding")
    return (coding.get("code"), coding.get("system")) if isinstance(coding, dict) else (None, None)


_TEXTUAL = frozenset(kind.lower() for kind in TEXTS | DATES)


def _form_item(node: Node, questionnaire: Json | None) -> Json:
    if questionnaire is None:
        raise Unsure
    forms, links = _forms(questionnaire), _links_above(node)
    found = forms.topmost.get(links[-1]) if links else None
    for link in reversed(links[:-1]):
        found = None if found is None else forms.below[id(found)].get(link)
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


class _Forms:
    """The items of a questionnaire: the topmost of each linkId, and those directly below an item."""

    def __init__(self, questionnaire: Json) -> None:
        self.questionnaire = questionnaire
        self.topmost: dict[str, Json] = {}
        self.below: dict[int, dict[str, Json]] = {}
        waiting = deque([questionnaire])
        while waiting:
            holder = waiting.popleft()
            here: dict[str, Json] = {}
            for item in _objects(holder, "item"):
                here.setdefault(str(item.get("linkId")), item)
                waiting.append(item)
            self.below[id(holder)] = here
            for link, item in here.items():
                self.topmost.setdefault(link, item)


class _Kept:
    """The questionnaire of the last question: a set is never changed after it was loaded."""

    last: _Forms | None = None


def _forms(questionnaire: Json) -> _Forms:
    kept = _Kept.last
    if kept is None or kept.questionnaire is not questionnaire:
        kept = _Kept.last = _Forms(questionnaire)
    return kept


def _objects(holder: Json, name: str) -> list[Json]:
    found = holder.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Unsure
    return found
