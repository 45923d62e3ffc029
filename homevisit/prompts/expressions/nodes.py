"""Nodes of FHIR documents for the native path: an element with its type and what it lies in.

The native path answers only where it is certain. :class:`Unsure` hands the whole question to the reference engine.
"""

from __future__ import annotations

from collections.abc import Iterable

from homevisit.prompts.expressions.crossing import shape_of

UNKNOWN = "?"
RESPONSE = "QuestionnaireResponse"
ITEM = "QuestionnaireResponse.item"
ANSWER = "QuestionnaireResponse.item.answer"
FORM = "Questionnaire"
FORM_ITEM = "Questionnaire.item"
OPTION = "Questionnaire.item.answerOption"
EXTENSION = "Extension"
TEXTS = frozenset({"string", "uri", "code", "url", "id", "markdown", "canonical", "oid", "uuid"})
DATES = frozenset({"date", "dateTime", "instant", "time"})
_PRIMITIVES = TEXTS | DATES | {"boolean", "decimal", "integer", "positiveInt", "unsignedInt"}
_ELEMENTS: dict[str, dict[str, str]] = {
    RESPONSE: {"item": ITEM},
    ITEM: {"item": ITEM, "answer": ANSWER, "linkId": "string", "text": "string"},
    ANSWER: {"item": ITEM},
    FORM: {"item": FORM_ITEM},
    FORM_ITEM: {"item": FORM_ITEM, "answerOption": OPTION, "linkId": "string", "text": "string", "type": "code"},
    OPTION: {"initialSelected": "boolean"},
    EXTENSION: {"url": "string"},
    "Coding": {"system": "uri", "code": "code", "display": "string", "version": "string", "userSelected": "boolean"},
    "Quantity": {"value": "decimal", "unit": "string", "system": "uri", "code": "code"},
    "Reference": {"reference": "string", "display": "string", "type": "uri"},
}
_ANSWERS = frozenset(
    {
        "valueBoolean",
        "valueDecimal",
        "valueInteger",
        "valueDate",
        "valueDateTime",
        "valueTime",
        "valueString",
        "valueUri",
        "valueAttachment",
        "valueCoding",
        "valueQuantity",
        "valueReference",
    }
)
_OPTIONS = frozenset({"valueInteger", "valueDate", "valueTime", "valueString", "valueCoding", "valueReference"})
# What every JavaScript text has by these names would be found as if it were an element.
_TEXT_NAMES = (
    "anchor at big blink bold concat endsWith fixed includes indexOf italics link match normalize padEnd padStart "
    "repeat replace search slice small split startsWith strike sub substr substring sup trim trimEnd trimStart"
)
_OF_TEXTS = frozenset(_TEXT_NAMES.split())
_CHOICES: dict[str, frozenset[str]] = {ANSWER: _ANSWERS, OPTION: _OPTIONS, EXTENSION: _ANSWERS | {"valueCode"}}


class Unsure(Exception):  # noqa: N818 - not an error: it says who answers
    """The native path is not certain to give what the reference engine gives."""


class Node:
    """``above`` is the node that it lies in, as far as the expression came by it."""

    __slots__ = ("above", "data", "kind")

    def __init__(self, data: object, kind: str, above: Node | None) -> None:
        self.data = data
        self.kind = kind
        self.above = above


def root_of(data: object) -> Node:
    """A node for an object that is given from outside: by what it says of itself, or by its shape."""
    if not isinstance(data, dict):
        raise Unsure
    kind = data.get("resourceType") or shape_of(data)
    if not isinstance(kind, str):
        raise Unsure
    return Node(data, kind, None)


def members(node: Node, name: str) -> list[Node]:
    """The elements of a node with a name; ``value`` finds the one choice that is there."""
    data = node.data
    if type(data) is not dict:
        if isinstance(data, bool) or (isinstance(data, str) and node.kind != "decimal" and name not in _OF_TEXTS):
            return []
        raise Unsure  # the reference engine finds the inside of its own numbers
    if name == "value" and node.kind in _CHOICES:
        return _choice(node, data)
    if f"_{name}" in data:
        raise Unsure  # an extension of a primitive counts in comparisons
    if name not in data:
        if node.kind not in _ELEMENTS and any(_may_choose(key, name) for key in data):
            raise Unsure
        return []
    return _nodes(data[name], _kind(node, name), node)


def members_of_all(nodes: Iterable[object], name: str) -> list[object]:
    found: list[object] = []
    for node in nodes:
        if type(node) is Node:
            found.extend(members(node, name))
        elif isinstance(node, dict):
            raise Unsure
    return found


def _choice(node: Node, data: dict[str, object]) -> list[Node]:
    keys = [key for key in data if key.startswith(("value", "_value"))]
    if not keys:
        return []
    if len(keys) > 1 or keys[0] not in _CHOICES[node.kind]:
        raise Unsure
    return _nodes(data[keys[0]], _chosen(keys[0]), node)


def _chosen(key: str) -> str:
    suffix = key[5:]
    primitive = suffix[:1].lower() + suffix[1:]
    return primitive if primitive in _PRIMITIVES else suffix


def _kind(node: Node, name: str) -> str:
    if name == "extension":
        return EXTENSION
    if name in _CHOICES.get(node.kind, ()):
        return _chosen(name)
    return _ELEMENTS.get(node.kind, {}).get(name, UNKNOWN)


def _nodes(value: object, kind: str, above: Node) -> list[Node]:
    if type(value) is list:
        if None in value:
            raise Unsure
        return [_node(each, kind, above) for each in value]
    if value is None:
        raise Unsure
    return [_node(value, kind, above)]


def _node(value: object, kind: str, above: Node) -> Node:
    if kind is UNKNOWN and type(value) is dict and "resourceType" in value:
        kind = str(value["resourceType"])
    return Node(value, kind, above)


def _may_choose(key: str, name: str) -> bool:
    """Whether a key may be a choice of this name, such as valueQuantity of value."""
    return key.startswith(name) and key[len(name) : len(name) + 1].isupper()
