"""Reads a FHIRPath expression into its tree: the whole grammar but the instance selector, with its precedence."""

from __future__ import annotations

from collections.abc import Callable

from homevisit.prompts.expressions.refusals import ExpressionRefused
from homevisit.prompts.expressions.tokens import Token, tokens_of
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
    Typed,
)

LONGEST = 20_000
DEEPEST = 60
# From the loosest to the tightest; all bind to the left.
_LEVELS = (
    ("implies",),
    ("or", "xor"),
    ("and",),
    ("in", "contains"),
    ("=", "~", "!=", "!~"),
    ("<=", "<", ">", ">="),
    ("|",),
    ("is", "as"),
    ("+", "-", "&"),
    ("*", "/", "div", "mod"),
)
_LEVEL_OF = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}
_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "millisecond"})
_CALENDAR = _UNITS | {f"{unit}s" for unit in _UNITS}
# Words of the grammar that can never be the name of an element; the others (is, as, in, contains …) can.
_RESERVED = _CALENDAR | {"true", "false", "and", "or", "xor", "implies", "div", "mod"}
_LITERALS = frozenset({"string", "long", "date", "dateTime", "time"})


def parsed(text: str) -> Tree:
    """The tree of an expression; :class:`ExpressionRefused` for anything that is not one."""
    if len(text) > LONGEST:
        raise ExpressionRefused("not-proven", f"an expression of more than {LONGEST} characters")
    return _Parser(tokens_of(text)).whole()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._expression()
        if self._peek().kind != "end":
            raise self._unexpected()
        return tree

    def _expression(self) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionRefused("not-proven", f"nested more than {DEEPEST} deep")
        tree = self._binary(0)
        self._depth -= 1
        return tree

    def _binary(self, lowest: int) -> Tree:
        left = self._signed()
        while (level := self._operator_level()) is not None and level >= lowest:
            operator = self._take().text
            if operator in ("is", "as"):
                left = Typed(operator, left, self._type_name())
            else:
                left = Binary(operator, left, self._binary(level + 1))
        return left

    def _operator_level(self) -> int | None:
        token = self._peek()
        return _LEVEL_OF.get(token.text) if token.kind in ("sign", "word") else None

    def _signed(self) -> Tree:
        signs = []
        while self._is_sign("+", "-"):
            signs.append(self._take().text)
        tree = self._postfixed()
        for sign in reversed(signs):
            tree = Signed(sign, tree)
        return tree

    def _postfixed(self) -> Tree:
        tree = self._term()
        while self._is_sign(".", "["):
            if self._take().text == ".":
                tree = self._invocation(tree)
            else:
                tree = Indexed(tree, self._expression())
                self._expect("]")
        return tree

    def _term(self) -> Tree:
        token = self._peek()
        if token.kind == "sign" and token.text in self._opening:
            return self._opening[token.text](self)
        if token.kind == "number":
            return self._number()
        if token.kind in _LITERALS:
            return Literal(self._take().kind, token.text)
        if token.kind == "word" and token.text in ("true", "false"):
            return Literal("boolean", self._take().text)
        return self._invocation(None)

    def _parenthesised(self) -> Tree:
        self._take()
        tree = self._expression()
        self._expect(")")
        return tree

    def _empty(self) -> Tree:
        self._take()
        self._expect("}")
        return Empty()

    def _external(self) -> Tree:
        self._take()
        return External(self._take().text if self._peek().kind == "string" else self._identifier())

    _opening: dict[str, Callable[[_Parser], Tree]] = {"(": _parenthesised, "{": _empty, "%": _external}  # noqa: RUF012 - never changed

    def _number(self) -> Tree:
        number = self._take().text
        token = self._peek()
        if token.kind == "string":
            return Amount(number, f"'{self._take().text}'")
        if token.kind == "word" and token.text in _CALENDAR:
            return Amount(number, self._take().text)
        return Literal("number", number)

    def _invocation(self, base: Tree | None) -> Tree:
        if self._peek().kind == "special":
            return Special(self._take().text, base)
        name = self._identifier()
        if not self._is_sign("("):
            if self._is_sign("{"):
                raise ExpressionRefused("not-proven", "an object that is made inside an expression")
            return Member(name, base)
        self._take()
        arguments: list[Tree] = []
        while not self._is_sign(")"):
            if arguments:
                self._expect(",")
            arguments.append(self._expression())
            if name == "sort" and self._peek().text in ("asc", "desc"):
                raise ExpressionRefused("not-proven", "sort() with a direction")
        self._take()
        return Call(name, tuple(arguments), base)

    def _type_name(self) -> str:
        name = self._identifier()
        while self._is_sign("."):
            self._take()
            name = f"{name}.{self._identifier()}"
        return name

    def _identifier(self) -> str:
        token = self._peek()
        if token.kind == "delimited" or (token.kind == "word" and token.text not in _RESERVED):
            return self._take().text
        raise self._unexpected()

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _is_sign(self, *texts: str) -> bool:
        token = self._peek()
        return token.kind == "sign" and token.text in texts

    def _expect(self, text: str) -> None:
        if not self._is_sign(text):
            raise self._unexpected()
        self._take()

    def _unexpected(self) -> ExpressionRefused:
        token = self._peek()
        found = f"{token.text!r}" if token.text else "the end"
        return ExpressionRefused("syntax", f"{found} is not expected here (character {token.place + 1})")
