"""Reads the expressions that an item, or the whole set, declares in its extensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import addresses, terms
from homevisit.prompts.items import NO_FORMULAS, Constraint, Formula, Formulas
from homevisit.prompts.raw import extension, extensions, inside, objects, text

# An expression with a name can be used by name below, whatever else it does.
_NAMING = (addresses.VARIABLE, addresses.CALCULATED, addresses.INITIAL, addresses.POPULATION_CONTEXT)


def read_formulas(raw: JsonObject) -> Formulas:
    """Every expression of an element."""
    words = first_formula(inside(raw, "_text"), addresses.WORDS)
    if not raw.get("extension") and words is None:
        return NO_FORMULAS
    return Formulas(
        variables=tuple(_named(raw)),
        calculated=first_formula(raw, addresses.CALCULATED),
        enabling=first_formula(raw, addresses.ENABLING),
        initial=first_formula(raw, addresses.INITIAL),
        words=words,
        least=_limit(raw, terms.MIN_VALUE),
        most=_limit(raw, terms.MAX_VALUE),
        constraints=tuple(_constraints(raw)),
    )


def first_formula(raw: Mapping[str, object], url: str) -> Formula | None:
    """The first expression under an address."""
    return next((formula_of(each) for each in extensions(raw, url) if isinstance(each, dict)), None)


def formula_of(raw: Mapping[str, object]) -> Formula:
    return Formula(text(raw, "expression"), text(raw, "name"), text(raw, "language"))


def _named(raw: JsonObject) -> Iterator[Formula]:
    for each in objects(raw, "extension"):
        value = each.get("valueExpression")
        if each.get("url") in _NAMING and isinstance(value, dict) and text(value, "name"):
            yield formula_of(value)


def _limit(raw: JsonObject, url: str) -> Formula | None:
    """A limit that is calculated: an expression in the place of the value, or beside it."""
    for each in objects(raw, "extension"):
        if each.get("url") != url:
            continue
        if isinstance(each.get("valueExpression"), dict):
            return formula_of(inside(each, "valueExpression"))
        for key in each:
            found = first_formula(inside(each, key), addresses.CALCULATED_VALUE) if key.startswith("_value") else None
            if found is not None:
                return found
    return None


def _constraints(raw: JsonObject) -> Iterator[Constraint]:
    for each in objects(raw, "extension"):
        if each.get("url") not in (addresses.CONSTRAINT, addresses.TARGET_CONSTRAINT):
            continue
        formula = _expression_of(each)
        if formula is not None:
            words = extension(each, "human") or extension(each, "requirements")
            severity = extension(each, "severity") or "error"
            yield Constraint(str(extension(each, "key") or ""), str(words or ""), formula, severity == "error")


def _expression_of(constraint: JsonObject) -> Formula | None:
    """In R4 the expression is a text; later forms and some sets have a whole Expression."""
    for each in objects(constraint, "extension"):
        if isinstance(each.get("valueExpression"), dict):
            return formula_of(inside(each, "valueExpression"))
        if each.get("url") == "expression" and isinstance(each.get("valueString"), str):
            return Formula(text(each, "valueString"))
    return None
