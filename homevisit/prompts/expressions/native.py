"""Turns the common part of FHIRPath into closures over plain JSON: paths, filters, sums, comparisons, logic.

What it does not know it does not compile, and where it is not certain while it runs it raises :class:`Unsure`; both
mean that the reference engine answers. A differential test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from homevisit.prompts.expressions.calls import CALLS, single
from homevisit.prompts.expressions.crossing import typed
from homevisit.prompts.expressions.days import Span, is_span
from homevisit.prompts.expressions.frames import Frame, Run, World
from homevisit.prompts.expressions.functions import chain_of, depth_of
from homevisit.prompts.expressions.moments import Moment
from homevisit.prompts.expressions.nodes import UNKNOWN, Node, Unsure, members, members_of_all
from homevisit.prompts.expressions.operators import OPERATORS, Items, bounded, distinct, union
from homevisit.prompts.expressions.scalars import canonical, number, scalar
from homevisit.prompts.expressions.structure import descendants_with_link, repeated, with_link
from homevisit.prompts.expressions.tree import (
    Amount,
    Binary,
    Call,
    Empty,
    External,
    Indexed,
    Literal,
    Member,
    Signed,
    Special,
    Tree,
)
from homevisit.prompts.expressions.weights import weights

__all__ = ["Native", "Unsure", "native"]

DEEPEST = 100
# Names that every JavaScript value has: the reference engine would find them.
_INHERITED = frozenset(
    {
        "constructor",
        "length",
        "toString",
        "toLocaleString",
        "valueOf",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
    }
)
Native = Callable[[object, Mapping[str, object]], tuple[object, ...]]


class _NotNative(Exception):  # noqa: N818 - it says who answers
    """This part of FHIRPath is left to the reference engine."""


def native(tree: Tree) -> Native | None:
    """A function that evaluates the expression, or None where it is left to the reference engine."""
    if depth_of(tree) > DEEPEST:
        return None
    try:
        run = _compiled(tree)
    except _NotNative:
        return None

    def values(node: object, environment: Mapping[str, object]) -> tuple[object, ...]:
        world = World(node, environment)
        return tuple(_outward(item) for item in run(Frame(world, world.focus, [])))

    return values


def _outward(item: object) -> object:
    if type(item) is Span:
        raise Unsure
    if type(item) is not Node:
        return item
    if isinstance(item.data, float):
        raise Unsure
    if item.kind == UNKNOWN and isinstance(item.data, str):
        return scalar(item)
    return typed(item.data, item.kind)


def _compiled(tree: Tree | None) -> Run:
    match tree:
        case None | Special() | Empty() | External():
            return _start(tree)
        case Literal() | Amount():
            return _literal(tree)
        case Member():
            return _member(tree)
        case Call():
            return _call(tree)
        case Indexed() | Signed() | Binary():
            return _operation(tree)
    raise _NotNative


def _start(tree: Special | Empty | External | None) -> Run:
    if isinstance(tree, External):
        name = tree.name
        return lambda frame: frame.world.variable(name)
    if isinstance(tree, Empty):
        return lambda _: []
    if tree is None or tree.name == "$this":
        return lambda frame: frame.this
    if tree.name == "$total":
        return lambda frame: frame.total
    raise _NotNative


def _literal(tree: Literal | Amount) -> Run:
    if isinstance(tree, Amount):
        return _span(tree)
    text = tree.text
    if tree.kind == "string":
        return lambda _: [text]
    if tree.kind == "boolean":
        value = text == "true"
        return lambda _: [value]
    if tree.kind != "number" or (text[0] == "0" and text[1:2].isdigit()):
        raise _NotNative
    figure = Decimal(text) if "." in text else int(text)
    return lambda _: [figure]


def _span(tree: Amount) -> Run:
    if not is_span(tree.number, tree.unit):
        raise _NotNative
    span = Span(tree.number, tree.unit)
    return lambda _: [span]


def _operation(tree: Indexed | Signed | Binary) -> Run:
    if isinstance(tree, Indexed):
        return _indexed(_compiled(tree.base), _compiled(tree.index))
    if isinstance(tree, Signed):
        return _signed(tree.sign, _compiled(tree.operand))
    return _chained(tree)


def _chained(tree: Binary) -> Run:
    first, rest = chain_of(tree)
    if any(operator not in OPERATORS for operator, _ in rest):
        raise _NotNative
    start = _compiled(first)
    if len(rest) == 1:
        operator, right = OPERATORS[rest[0][0]], _compiled(rest[0][1])
        return lambda frame: operator(start(frame), right(frame))
    steps = [(OPERATORS[operator], _compiled(right)) for operator, right in rest]

    def run(frame: Frame) -> Items:
        items = start(frame)
        for operate, behind in steps:
            items = operate(items, behind(frame))
        return items

    return run


def _indexed(base: Run, index: Run) -> Run:
    def run(frame: Frame) -> Items:
        items, place = base(frame), single(index(frame))
        if place is None:
            return []
        at = number(place)
        if not isinstance(at, int):
            raise Unsure
        return [items[at]] if 0 <= at < len(items) else []

    return run


def _signed(sign: str, operand: Run) -> Run:
    def run(frame: Frame) -> Items:
        item = single(operand(frame))
        if type(item) is Node:
            raise Unsure  # the reference engine refuses a sign before an answer
        value = number(item)
        return [canonical(-Decimal(value))] if sign == "-" else [item]

    return run


def _member(tree: Member) -> Run:
    name, base = tree.name, _compiled(tree.base)
    if name in _INHERITED or name.startswith("_"):
        raise _NotNative
    if name[:1].isupper():
        return lambda frame: _of_type(base(frame), name)
    return lambda frame: members_of_all(base(frame), name)


def _of_type(items: Items, name: str) -> Items:
    """A resource by the name of its type, as in ``QuestionnaireResponse.item``."""
    for item in items:
        if type(item) is not Node or item.kind != name:
            raise Unsure
    return items


def _call(tree: Call) -> Run:
    make = _SPECIAL.get(tree.name)
    if make is not None:
        return make(tree)
    plain = CALLS.get(tree.name)
    if plain is None:
        raise _NotNative
    base, arguments = _compiled(tree.base), [_compiled(each) for each in tree.arguments]
    if not arguments:
        return lambda frame: plain(base(frame))
    return lambda frame: plain(base(frame), *(argument(frame) for argument in arguments))


def _where(tree: Call) -> Run:
    link = _link_wanted(tree.arguments[0])
    if link is not None and isinstance(tree.base, Call) and tree.base.name == "descendants":
        below = _compiled(tree.base.base)
        return lambda frame: descendants_with_link(below(frame), link, frame.world.walked)
    base = _compiled(tree.base)
    if link is not None:
        return lambda frame: with_link(base(frame), link)
    condition = _compiled(tree.arguments[0])
    return lambda frame: _chosen(frame, base(frame), condition)


def _link_wanted(condition: Tree) -> str | None:
    match condition:
        case Binary(operator="=", left=Member(name="linkId", base=None), right=Literal(kind="string", text=link)):
            return link
    return None


def _chosen(frame: Frame, items: Items, condition: Run) -> Items:
    found: Items = []
    for item in items:
        held = condition(frame.on(item))
        if held and type(held[0]) is not bool:
            raise Unsure  # anything else counts as true in the reference engine, even the answer “false”
        if held and held[0]:
            found.append(item)
    return found


def _exists(tree: Call) -> Run:
    base = _compiled(tree.base)
    if not tree.arguments:
        return lambda frame: [bool(base(frame))]
    condition = _compiled(tree.arguments[0])
    return lambda frame: [bool(_chosen(frame, base(frame), condition))]


def _all(tree: Call) -> Run:
    base, condition = _compiled(tree.base), _compiled(tree.arguments[0])
    return lambda frame: [all(_is_true(condition(frame.on(item))) for item in base(frame))]


def _is_true(items: Items) -> bool:
    item = items[0] if len(items) == 1 else None
    return (item.data if type(item) is Node else item) is True


def _select(tree: Call) -> Run:
    base, projection = _compiled(tree.base), _compiled(tree.arguments[0])
    return lambda frame: bounded([found for item in base(frame) for found in projection(frame.on(item))])


def _repeat(tree: Call) -> Run:
    base = _compiled(tree.base)
    step = tree.arguments[0]
    if isinstance(step, Member) and step.name == "item" and step.base is None:
        return lambda frame: repeated(base(frame), lambda node: members(node, "item"))
    projection = _compiled(step)
    return lambda frame: repeated(base(frame), lambda node: projection(frame.on(node)))


def _iif(tree: Call) -> Run:
    base = _compiled(tree.base)
    condition, *branches = (_compiled(each) for each in tree.arguments)

    def run(frame: Frame) -> Items:
        inner = Frame(frame.world, base(frame), frame.total)
        if _is_true(condition(inner)):
            return branches[0](inner)
        return branches[1](inner) if len(branches) > 1 else []

    return run


def _aggregate(tree: Call) -> Run:
    base, step, *initial = (_compiled(each) for each in (tree.base, *tree.arguments))

    def run(frame: Frame) -> Items:
        total = initial[0](frame) if initial else []
        for item in base(frame):
            frame.world.step()
            total = step(Frame(frame.world, [item], total))
        return total

    return run


def _weight(tree: Call) -> Run:
    base = _compiled(tree.base)
    return lambda frame: weights(base(frame), frame.world.questionnaire())


def _union(tree: Call) -> Run:
    base, others = _compiled(tree.base), _compiled(tree.arguments[0])
    return lambda frame: union(base(frame), others(frame))


def _distinct(tree: Call) -> Run:
    base = _compiled(tree.base)
    return lambda frame: distinct(base(frame))


def _clock(part: str, kind: str) -> Callable[[Call], Run]:
    return lambda _: lambda frame: [Moment(frame.world.clock()[part], kind)]


_SPECIAL: dict[str, Callable[[Call], Run]] = {
    "where": _where,
    "exists": _exists,
    "all": _all,
    "select": _select,
    "repeat": _repeat,
    "iif": _iif,
    "aggregate": _aggregate,
    "weight": _weight,
    "ordinal": _weight,
    "union": _union,
    "distinct": _distinct,
    "now": _clock("now", "dateTime"),
    "today": _clock("today", "date"),
    "timeOfDay": _clock("time", "time"),
}
