"""The syntax tree of a FHIRPath expression: what the parser gives and everything else here reads.

Plain classes: making a dozen dataclasses would cost the start of the program as much as parsing twenty expressions.
"""

from __future__ import annotations


class Literal:
    """``kind``: boolean, string, number, long, date, dateTime, time; a string is already without its escapes."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        self.text = text


class Empty:
    """``{}``"""

    __slots__ = ()


class Amount:
    """A number with a calendar word or a unit in quotes."""

    __slots__ = ("number", "unit")

    def __init__(self, number: str, unit: str) -> None:
        self.number = number
        self.unit = unit


class External:
    """``%name``"""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Special:
    """``$this``, ``$index`` or ``$total``."""

    __slots__ = ("base", "name")

    def __init__(self, name: str, base: Tree | None = None) -> None:
        self.name = name
        self.base = base


class Member:
    """An element by its name; without a base it is read from the focus."""

    __slots__ = ("base", "name")

    def __init__(self, name: str, base: Tree | None = None) -> None:
        self.name = name
        self.base = base


class Call:
    """A function; without a base it is called on the focus."""

    __slots__ = ("arguments", "base", "name")

    def __init__(self, name: str, arguments: tuple[Tree, ...], base: Tree | None = None) -> None:
        self.name = name
        self.arguments = arguments
        self.base = base


class Indexed:
    """``base[index]``"""

    __slots__ = ("base", "index")

    def __init__(self, base: Tree, index: Tree) -> None:
        self.base = base
        self.index = index


class Signed:
    """``-operand`` or ``+operand``"""

    __slots__ = ("operand", "sign")

    def __init__(self, sign: str, operand: Tree) -> None:
        self.sign = sign
        self.operand = operand


class Binary:
    """Two operands and what stands between them, but for ``is`` and ``as``."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, operator: str, left: Tree, right: Tree) -> None:
        self.operator = operator
        self.left = left
        self.right = right


class Typed:
    """``operand is Type`` or ``operand as Type``."""

    __slots__ = ("operand", "operator", "type_name")

    def __init__(self, operator: str, operand: Tree, type_name: str) -> None:
        self.operator = operator
        self.operand = operand
        self.type_name = type_name


Tree = Literal | Empty | Amount | External | Special | Member | Call | Indexed | Signed | Binary | Typed


def children(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly below, the base first."""
    match tree:
        case Special(base=base) | Member(base=base):
            return (base,) if base else ()
        case Call(base=base, arguments=arguments):
            return ((base,) if base else ()) + arguments
        case Indexed(base=base, index=index):
            return (base, index)
        case Signed(operand=operand) | Typed(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return (left, right)
        case _:
            return ()
