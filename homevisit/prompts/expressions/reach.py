"""Which answers an expression can see, found in its tree: what need not run again when another answer changes."""

from __future__ import annotations

from typing import NamedTuple

from homevisit.prompts.expressions.functions import chain_of, depth_of
from homevisit.prompts.expressions.tree import (
    Binary,
    Call,
    External,
    Indexed,
    Literal,
    Member,
    Signed,
    Special,
    Tree,
    Typed,
)

DEEPEST = 120


class Reach(NamedTuple):
    """``links``: the answers of these items. ``branches``: whatever lies in or below these items."""

    links: frozenset[str]
    branches: frozenset[str]


class _Nodes(NamedTuple):
    """What a part of the expression stands for: ``kind`` is ``anything`` of the response, ``items`` with these
    linkIds, ``answers`` of them, what lies ``under`` them, or ``nothing`` of the response.
    """

    kind: str
    links: frozenset[str] = frozenset()


_ANYTHING = _Nodes("anything")
_NOTHING = _Nodes("nothing")
# Elements of a response or an item that hold no answer.
_APART = frozenset(
    {
        "linkId",
        "definition",
        "text",
        "id",
        "meta",
        "language",
        "identifier",
        "status",
        "subject",
        "encounter",
        "authored",
        "author",
        "source",
        "questionnaire",
        "basedOn",
        "partOf",
        "resourceType",
    }
)
_SAME = frozenset(
    {
        "first",
        "last",
        "single",
        "tail",
        "take",
        "skip",
        "distinct",
        "trace",
        "ofType",
        "as",
        "toString",
        "toInteger",
        "toDecimal",
    }
)
_STRUCTURE = frozenset({"repeat", "descendants", "children"})
_EACH = frozenset({"all", "exists", "aggregate"})
_CLOCK = frozenset({"now", "today", "timeOfDay"})
# The argument is a type, or what it finds is the result anyway.
_UNREAD = frozenset({"is", "as", "ofType", "repeat"})
_PRESENCE = frozenset({"exists", "empty", "count", "hasValue", "all"})


def reach_of(tree: Tree) -> Reach | None:
    """None where it can see anything in the response."""
    if depth_of(tree) > DEEPEST:
        return None
    found = _Reaching()
    found.touch(found.nodes(tree, _ANYTHING))
    return None if found.anything else Reach(frozenset(found.links), frozenset(found.branches))


class _Reaching:
    def __init__(self) -> None:
        self.links: set[str] = set()
        self.branches: set[str] = set()
        self.anything = False

    def touch(self, nodes: _Nodes, *, presence: bool = False) -> None:
        """Note that the expression depends on these nodes; on their ``presence`` alone, or on all that is in them."""
        if nodes.kind == "anything":
            self.anything = True
        elif nodes.kind == "values" or (presence and nodes.kind in ("answers", "items")):
            self.links |= nodes.links
        else:
            self.branches |= nodes.links

    def nodes(self, tree: Tree | None, this: _Nodes) -> _Nodes:
        match tree:
            case None | Special(name="$this"):
                return this
            case External(name="resource" | "rootResource" | "context"):
                return _ANYTHING
            case Member(name=name, base=base):
                return self._member(self.nodes(base, this), name)
            case Call():
                return self._call(tree, this)
            case Binary():
                return self._binary(tree, this)
            case Indexed() | Signed() | Typed():
                return self._wrapped(tree, this)
        return _NOTHING

    def _wrapped(self, tree: Indexed | Signed | Typed, this: _Nodes) -> _Nodes:
        if isinstance(tree, Indexed):
            self.touch(self.nodes(tree.index, this))
            return self.nodes(tree.base, this)
        return self.nodes(tree.operand, this)

    def _member(self, base: _Nodes, name: str) -> _Nodes:
        if base.kind in ("nothing", "values", "under"):
            return base
        if name in _APART:
            if base.kind != "anything":
                self.links |= base.links
            return _NOTHING
        if base.kind == "anything":
            return base
        if name == "item":
            return _Nodes("under", base.links)
        if base.kind == "items":
            return _Nodes("answers" if name == "answer" else "under", base.links)
        return _Nodes("values", base.links)

    def _binary(self, tree: Binary, this: _Nodes) -> _Nodes:
        first, rest = chain_of(tree)
        found = self.nodes(first, this)
        for operator, behind in rest:
            right = self.nodes(behind, this)
            if operator == "|" and found.kind == right.kind:
                found = found._replace(links=found.links | right.links)
                continue
            self.touch(found)
            self.touch(right)
            found = _NOTHING
        return found

    def _call(self, tree: Call, this: _Nodes) -> _Nodes:
        base = self.nodes(tree.base, this)
        if tree.name == "where":
            return self._where(base, tree.arguments[0])
        if tree.name in _CLOCK:
            return _NOTHING
        if tree.name == "iif":
            return self._iif(base, tree)
        if tree.name == "select":
            return self.nodes(tree.arguments[0], base)
        for argument in () if tree.name in _UNREAD else tree.arguments:
            self.touch(self.nodes(argument, base if tree.name in _EACH else this))
        if tree.name in _STRUCTURE:
            return base if base.kind in ("anything", "nothing", "values") else _Nodes("under", base.links)
        if tree.name in _SAME:
            return base
        self.touch(base, presence=tree.name in _PRESENCE)
        return _NOTHING

    def _where(self, base: _Nodes, condition: Tree) -> _Nodes:
        links = _links_of(condition) if base.kind in ("anything", "items", "under") else None
        chosen = base if links is None else _Nodes("items", links)
        for part in (condition,) if links is None else _beside_links(condition):
            self.touch(self.nodes(part, chosen))
        return chosen

    def _iif(self, base: _Nodes, tree: Call) -> _Nodes:
        self.touch(self.nodes(tree.arguments[0], base))
        branches = [self.nodes(argument, base) for argument in tree.arguments[1:]]
        of_response = [each for each in branches if each.kind != "nothing"]
        if len({each.kind for each in of_response}) == 1:
            return of_response[0]._replace(links=frozenset().union(*(each.links for each in of_response)))
        for each in of_response:
            self.touch(each)
        return _NOTHING


def _links_of(condition: Tree) -> frozenset[str] | None:
    """The linkIds that a condition lets through; None where it does not say so plainly."""
    match condition:
        case Binary(operator="=", left=Member(name="linkId", base=None), right=Literal(kind="string", text=link)):
            return frozenset({link})
        case Binary(operator="=", left=Literal(kind="string", text=link), right=Member(name="linkId", base=None)):
            return frozenset({link})
        case Binary(operator="and", left=left, right=right):
            first = _links_of(left)
            return _links_of(right) if first is None else first
        case Binary(operator="or", left=left, right=right):
            both = _links_of(left), _links_of(right)
            return None if both[0] is None or both[1] is None else both[0] | both[1]
        case _:
            return None


def _beside_links(condition: Tree) -> list[Tree]:
    """What a condition asks besides the linkId."""
    if isinstance(condition, Binary) and condition.operator == "and":
        return _beside_links(condition.left) + _beside_links(condition.right)
    return [] if _links_of(condition) is not None else [condition]
