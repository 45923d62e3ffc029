"""The expressions of a prompt set made ready when it is loaded: compiled, tied to the variables they see, and named as
faults where they will not be honoured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import addresses
from homevisit.prompts.items import Constraint, Fault, Formula, Formulas, Item, Verdict
from homevisit.prompts.raw import extension, extensions, inside, objects, text
from homevisit.prompts.supported import GIVEN

if TYPE_CHECKING:
    from homevisit.prompts.expressions.compiling import Compiled

SET = ""  # stands for the set itself where a linkId stands for an item
_CLOCK = re.compile(r"\b(?:today|now|timeOfDay)\s*\(")
_OFFLINE = (addresses.FHIR_QUERY,)


class Purpose(StrEnum):
    """What an expression is for, which also says what becomes of the set where it is refused."""

    VARIABLE = "variable"
    CALCULATED = "calculated"
    ENABLING = "enabling"
    INITIAL = "initial"
    WORDS = "words"
    LEAST = "least"
    MOST = "most"
    CONSTRAINT = "constraint"


# A form without these would calculate or hide the wrong thing; without the others it only does less.
_DECISIVE = (Purpose.CALCULATED, Purpose.ENABLING)


@dataclass(frozen=True, eq=False)
class Bound:
    """One expression at its place. ``owner`` is the linkId of the item that it looks from; ``named`` the items whose
    answers it and its variables can see, unless one of them ``sees_all``; ``needs`` what must be known from outside.
    A ``broken`` one was refused, or uses one that was; what only a server could say is empty, not broken.
    """

    owner: str
    compiled: Compiled | None
    variables: Mapping[str, Bound] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    sees_all: bool = False
    timed: bool = False
    needs: frozenset[str] = frozenset()
    broken: bool = False


@dataclass(frozen=True, eq=False)
class Programme:
    """Every expression of a set by purpose and linkId, and the faults found on the way."""

    bound: Mapping[Purpose, Mapping[str, Bound]]
    constraints: Mapping[str, tuple[tuple[Constraint, Bound], ...]]
    faults: tuple[Fault, ...]

    def of(self, purpose: Purpose, link: str) -> Bound | None:
        return self.bound[purpose].get(link)

    @cached_property
    def is_timed(self) -> bool:
        """Whether anything in the set asks what day or time it is."""
        return any(bound.timed for bound in self._all())

    @property
    def wants_engine(self) -> bool:
        """Whether an expression of the set is left to the reference engine, which takes a moment to load."""
        return any(bound.compiled is not None and bound.compiled.native is None for bound in self._all())

    def _all(self) -> Iterator[Bound]:
        for each in self.bound.values():
            yield from each.values()
        yield from (bound for each in self.constraints.values() for _, bound in each)


NO_PROGRAMME = Programme({purpose: {} for purpose in Purpose}, {}, ())


def programme_of(raw: JsonObject, own: Formulas, items: Iterable[Item]) -> Programme:
    """Make all expressions of a set ready."""
    maker = _Maker(frozenset(_launched(raw)))
    scope = maker.enter(SET, own, {})
    maker.take(SET, own, scope)
    for item in items:
        maker.descend(item, scope)
    return Programme(maker.bound, maker.constraints, tuple(dict.fromkeys(maker.faults)))


def _launched(raw: JsonObject) -> Iterator[str]:
    """Names of what a set wants to be given at the start, such as ``patient``."""
    for each in objects(raw, "extension"):
        if each.get("url") == addresses.LAUNCH_CONTEXT:
            name = extension(each, "name")
            yield str(name.get("code", "")) if isinstance(name, Mapping) else str(name or "")
        value = inside(each, "valueExpression")
        if value and each.get("url") != addresses.VARIABLE and text(value, "language") in _OFFLINE:
            yield text(value, "name")


class _Maker:
    """Walks the items with the variables that are in scope."""

    def __init__(self, launched: frozenset[str]) -> None:
        self.bound: dict[Purpose, dict[str, Bound]] = {purpose: {} for purpose in Purpose}
        self.constraints: dict[str, tuple[tuple[Constraint, Bound], ...]] = {}
        self.faults: list[Fault] = []
        self._launched = launched | GIVEN

    def descend(self, item: Item, above: Mapping[str, Bound]) -> None:
        scope = above
        if item.formulas != Formulas():
            scope = self.enter(item.link_id, item.formulas, above)
            self.take(item.link_id, item.formulas, scope)
            self._name_unread(item)
        for child in item.items:
            self.descend(child, scope)

    def enter(self, owner: str, formulas: Formulas, above: Mapping[str, Bound]) -> Mapping[str, Bound]:
        """The variables that an item and everything below it see."""
        if not formulas.variables:
            return above
        scope = dict(above)
        for formula in formulas.variables:
            scope[formula.name] = self._bind(formula, owner, scope, Purpose.VARIABLE)
        return scope

    def take(self, owner: str, formulas: Formulas, scope: Mapping[str, Bound]) -> None:
        """Everything else that an item declares."""
        given = {
            Purpose.CALCULATED: formulas.calculated if owner != SET else None,
            Purpose.ENABLING: formulas.enabling,
            Purpose.INITIAL: formulas.initial,
            Purpose.WORDS: formulas.words,
            Purpose.LEAST: formulas.least,
            Purpose.MOST: formulas.most,
        }
        for purpose, formula in given.items():
            if formula is not None:
                self.bound[purpose][owner] = self._bind(formula, owner, scope, purpose)
        rules = [(each, self._bind(each.formula, owner, scope, Purpose.CONSTRAINT)) for each in formulas.constraints]
        if rules:
            self.constraints[owner] = tuple(rules)
        if rules and owner == SET:
            self.faults.append(Fault(Verdict.NOTED, "constraint-of-set", "", formulas.constraints[0].key))

    def _bind(self, formula: Formula, owner: str, scope: Mapping[str, Bound], purpose: Purpose) -> Bound:
        if formula.language in _OFFLINE:
            self._name(owner, purpose, "expression-offline", _called(formula, formula.language))
            return Bound(owner, None)
        if formula.language != addresses.FHIRPATH:
            return self._refused(owner, purpose, "expression-language", _called(formula, formula.language))
        # Most sets have no expressions, and what reads them takes longer to load than such a set.
        from homevisit.prompts.expressions.compiling import ExpressionRefused, compiled

        try:
            made = compiled(formula.text)
        except ExpressionRefused as refused:
            return self._refused(owner, purpose, f"expression-{refused.code}", _called(formula, refused.why))
        return self._tied(owner, purpose, made, scope, timed=bool(_CLOCK.search(formula.text)))

    def _tied(self, owner: str, purpose: Purpose, made: Compiled, scope: Mapping[str, Bound], *, timed: bool) -> Bound:
        unknown = made.names - scope.keys() - self._launched
        used = {name: scope[name] for name in made.names if name in scope}
        lacking = sorted({*unknown, *(name for name, variable in used.items() if variable.broken)})
        for name in lacking:
            self._name(owner, purpose, "expression-variable", f"%{name}")
        given = made.names & (self._launched - scope.keys())
        return replace(_bound(owner, made, used, given, timed=timed), broken=bool(lacking))

    def _refused(self, owner: str, purpose: Purpose, code: str, what: str) -> Bound:
        self._name(owner, purpose, code, what)
        return Bound(owner, None, broken=True)

    def _name(self, owner: str, purpose: Purpose, code: str, what: str) -> None:
        verdict = Verdict.REFUSED if purpose in _DECISIVE else Verdict.INERT
        self.faults.append(Fault(verdict, code, owner, f"{purpose}: {what}"))

    def _name_unread(self, item: Item) -> None:
        several = len(list(extensions(item.raw, addresses.CALCULATED)))
        if several > 1:
            self.faults.append(Fault(Verdict.NOTED, "expression-several", item.link_id, "the first is taken"))


def _bound(owner: str, made: Compiled, used: Mapping[str, Bound], given: Iterable[str], *, timed: bool) -> Bound:
    own = made.reach
    return Bound(
        owner=owner,
        compiled=made,
        variables=used,
        named=frozenset(own.links | own.branches if own else ()).union(*(each.named for each in used.values())),
        sees_all=own is None or any(each.sees_all for each in used.values()),
        timed=timed or any(each.timed for each in used.values()),
        needs=frozenset(given).union(*(each.needs for each in used.values())),
    )


def _called(formula: Formula, why: str) -> str:
    return f"%{formula.name}, {why}" if formula.name else why
