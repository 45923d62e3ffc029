"""The syntax tree of a FHIRPath expression: what the parser gives and everything else here reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """``kind``: boolean, string, number, long, date, dateTime, time; a string is already without its escapes."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Empty:
    """``{}``"""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with a calendar word or a unit in quotes."""

    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class External:
    """``%name``"""

    name: str


@dataclass(frozen=True, slots=True)
class Special:
    """``$this``, ``$index`` or ``$total``."""

    name: str
    base: Tree | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """An element by its name; without a base it is read from the focus."""

    name: str
    base: Tree | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A function; without a base it is called on the focus."""

    name: str
    arguments: tuple[Tree, ...]
    base: Tree | None = None


@dataclass(frozen=True, slots=True)
class Indexed:
    base: Tree
    index: Tree


@dataclass(frozen=True, slots=True)
class Signed:
    sign: str
    operand: Tree


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Typed:
    """``operand is Type`` or ``operand as Type``."""

    operator: str
    operand: Tree
    type_name: str


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
