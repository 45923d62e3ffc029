"""Which functions the reference engine has, with how many arguments, and which of them need a network."""

from __future__ import annotations

from collections.abc import Iterator

from homevisit.prompts.expressions.refusals import ExpressionRefused
from homevisit.prompts.expressions.tree import Binary, Call, External, Literal, Signed, Special, Tree, Typed, children

_NONE = (
    "empty not allTrue anyTrue allFalse anyFalse isDistinct distinct count sum min max avg weight ordinal single first "
    "last type tail toInteger toLong toDecimal toString toDate toDateTime toTime toBoolean hasValue getValue "
    "convertsToBoolean convertsToInteger convertsToLong convertsToDecimal convertsToString convertsToDate "
    "convertsToDateTime convertsToTime convertsToQuantity upper lower length toChars trim abs ceiling exp floor ln "
    "sqrt truncate now today timeOfDay yearOf monthOf dayOf hourOf minuteOf secondOf millisecondOf timezoneOffsetOf "
    "dateOf timeOf children descendants"
)
_ONE = (
    "all subsetOf supersetOf where extension select ofType is as take skip combine union intersect exclude indexOf "
    "lastIndexOf startsWith endsWith contains split encode decode escape unescape log power repeat"
)
_OTHERS: dict[str, tuple[int, int]] = {
    "exists": (0, 1),
    "sort": (0, 9),
    "coalesce": (1, 99),
    "aggregate": (1, 2),
    "iif": (2, 3),
    "trace": (1, 2),
    "defineVariable": (1, 2),
    "toQuantity": (0, 1),
    "pathname": (0, 1),
    "substring": (1, 2),
    "replace": (2, 2),
    "matches": (1, 2),
    "matchesFull": (1, 2),
    "replaceMatches": (2, 2),
    "join": (0, 1),
    "round": (0, 1),
    "lowBoundary": (0, 1),
    "highBoundary": (0, 1),
    "comparable": (1, 1),
}
ARGUMENTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(_NONE.split(), (0, 0)),
    **dict.fromkeys(_ONE.split(), (1, 1)),
    **_OTHERS,
}
_OFFLINE = frozenset(
    {
        "resolve",
        "memberOf",
        "subsumes",
        "subsumedBy",
        "expand",
        "lookup",
        "validateVS",
        "validateCS",
        "translate",
        "validateCode",
        "conformsTo",
    }
)
_SERVICES = frozenset({"terminologies", "server", "factory", "fhirServerUrl"})
_PASSED_ON = frozenset({"single", "trace", "defineVariable"})
# Variables that the engine itself knows, beside those whose names the standard reserves.
BUILT_IN = frozenset({"resource", "rootResource", "context", "questionnaire", "qitem", "ucum"})


def check_functions(tree: Tree) -> None:
    """Refuse what needs a network, what the reference engine does not have, and a wrong number of arguments."""
    for each in walk(tree):
        if isinstance(each, Call):
            _check_call(each)
        elif isinstance(each, External) and each.name in _SERVICES:
            raise ExpressionRefused("offline", f"%{each.name} needs a network")
        elif isinstance(each, Signed) and _may_be_kept(each.operand):
            # Its minus changes the very list that it is given, so that $this would be another one from then on.
            raise ExpressionRefused("not-proven", f"{each.sign} before what is not a number, a sum or an answer")
        elif isinstance(each, External) and each.name in ("sct", "loinc"):
            raise ExpressionRefused("not-proven", f"%{each.name} is not known to the reference engine")


def variables_of(tree: Tree) -> frozenset[str]:
    """The names of the variables that an expression uses and does not define itself."""
    used, defined = set(), set()
    for each in walk(tree):
        if isinstance(each, External):
            used.add(each.name)
        elif isinstance(each, Call) and each.name == "defineVariable":
            match each.arguments[0]:
                case Literal(kind="string", text=name):
                    defined.add(name)
    return frozenset(used - defined - BUILT_IN)


def uses(tree: Tree, *names: str) -> bool:
    """Whether a function or variable of one of these names stands in the expression."""
    return any(isinstance(each, Call | External) and each.name in names for each in walk(tree))


def walk(tree: Tree) -> Iterator[Tree]:
    """Every tree in it; without recursion, for a long sum is a deep tree."""
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(children(each))


def depth_of(tree: Tree) -> int:
    """How deep the tree is nested; ``a + b + c …`` is a list, however long."""
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        each, depth = waiting.pop()
        deepest = max(deepest, depth)
        level = isinstance(each, Binary)
        waiting.extend((below, depth + (not (level and first))) for below, first in _marked(children(each)))
    return deepest


def _marked(trees: tuple[Tree, ...]) -> Iterator[tuple[Tree, bool]]:
    for place, tree in enumerate(trees):
        yield tree, place == 0


def chain_of(tree: Binary) -> tuple[Tree, list[tuple[str, Tree]]]:
    """``a + b - c`` as a and the operators with what stands behind them."""
    rest: list[tuple[str, Tree]] = []
    first: Tree = tree
    while isinstance(first, Binary):
        rest.append((first.operator, first.right))
        first = first.left
    return first, rest[::-1]


def _may_be_kept(tree: Tree | None) -> bool:
    """Whether the list that this gives may be one that the engine reads again."""
    if isinstance(tree, Call) and tree.name in ("iif", "coalesce"):
        return any(_may_be_kept(each) for each in tree.arguments[tree.name == "iif" :])
    if isinstance(tree, Call) and tree.name in _PASSED_ON:
        return _may_be_kept(tree.base)
    return tree is None or isinstance(tree, Special | Typed)


def _check_call(call: Call) -> None:
    if call.name in _OFFLINE:
        raise ExpressionRefused("offline", f"{call.name}() needs a network")
    allowed = ARGUMENTS.get(call.name)
    if allowed is None:
        raise ExpressionRefused("not-proven", f"{call.name}() is not known to the reference engine")
    if not allowed[0] <= len(call.arguments) <= allowed[1]:
        raise ExpressionRefused("not-proven", f"{call.name}() with {len(call.arguments)} arguments")
