"""Names, when a prompt set is loaded, every feature that this engine refuses, leaves inert or reads its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import addresses, patterns, terms
from homevisit.prompts.graph import circles_of
from homevisit.prompts.items import NOT_GIVEN_HERE, Fault, Kind, Verdict
from homevisit.prompts.raw import extension, inside, objects, text
from homevisit.prompts.reading_items import control_of
from homevisit.prompts.rich_text import is_cut
from homevisit.prompts.supported import (
    BY_ITEM,
    BY_OPTION,
    BY_SET,
    BY_WORDS,
    GIVEN,
    INERT_BY_NAME,
    NAMED,
    REFUSED,
    SHOWN_PLAINLY,
)
from homevisit.prompts.terms import Control
from homevisit.prompts.value_sets import ValueSets, options_of

OPERATORS = frozenset({"exists", "=", "!=", ">", "<", ">=", "<="})
_TYPES = frozenset(Kind)
_CONTROLS = frozenset(Control)


def faults_in(raw: JsonObject, value_sets: ValueSets) -> tuple[Fault, ...]:
    """Every fault of a Questionnaire but those of its expressions."""
    items = list(_all_items(raw))
    found = [*_of_resource(raw), *_of_links(items), *_of_conditions(items)]
    for item in items:
        found.extend(_of_item(item, value_sets))
    return tuple(dict.fromkeys(found))


def _all_items(raw: Mapping[str, object]) -> Iterator[JsonObject]:
    for item in objects(raw, "item"):
        yield item
        yield from _all_items(item)


def _refused(code: str, item: Mapping[str, object], what: str = "") -> Fault:
    return Fault(Verdict.REFUSED, code, text(item, "linkId"), what)


def _inert(code: str, item: Mapping[str, object], what: str = "") -> Fault:
    return Fault(Verdict.INERT, code, text(item, "linkId"), what)


def _noted(code: str, item: Mapping[str, object], what: str = "") -> Fault:
    return Fault(Verdict.NOTED, code, text(item, "linkId"), what)


def _of_resource(raw: JsonObject) -> Iterator[Fault]:
    yield from _extensions_of(raw, raw, BY_SET)
    if raw.get("status") == "retired":
        yield _noted("retired", raw)
    if raw.get("implicitRules"):
        yield _refused("implicit-rules", raw)
    if raw.get("derivedFrom"):
        yield _inert("element", raw, "derivedFrom")
    for each in objects(raw, "contained"):
        if text(each, "resourceType") not in ("ValueSet", "CodeSystem"):
            yield _inert("contained", raw, text(each, "resourceType"))


def _of_links(items: list[JsonObject]) -> Iterator[Fault]:
    counts = Counter(text(item, "linkId") for item in items)
    for link, count in counts.items():
        if not link or count > 1:
            yield Fault(Verdict.REFUSED, "link-missing" if not link else "link-repeated", link)


def _of_item(item: JsonObject, value_sets: ValueSets) -> Iterator[Fault]:
    yield from _extensions_of(item, item, BY_ITEM)
    kind, control = text(item, "type"), control_of(item)
    if kind not in _TYPES:
        yield _refused("type", item, kind)
    if kind in NOT_GIVEN_HERE:
        yield _inert("type", item, kind)
    if control in SHOWN_PLAINLY:
        yield _noted("control-plain", item, control)
    elif control and control not in _CONTROLS:
        yield _inert("control", item, control)
    if item.get("required") is True and extension(item, terms.HIDDEN) is True:
        yield _noted("required-hidden", item)
    if extension(item, terms.MAX_OCCURS) == 0:
        yield _noted("max-occurs-zero", item, "taken as no limit")
    yield from _of_options(item, kind, value_sets)
    pattern = extension(item, terms.REGEX)
    if isinstance(pattern, str) and patterns.fault_of(pattern):
        yield _refused(patterns.fault_of(pattern), item)
    yield from _of_parts(item)


def _of_options(item: JsonObject, kind: str, value_sets: ValueSets) -> Iterator[Fault]:
    reference = text(item, "answerValueSet")
    if reference and not options_of(reference, value_sets):
        # A choice cannot be answered then; an open choice can, in words.
        yield _inert("value-set", item, reference)
    if kind == Kind.CHOICE and not item.get("answerOption") and not reference:
        yield _noted("no-options", item)
    units = str(extension(item, addresses.UNIT_VALUE_SET) or "")
    if units and not options_of(units, value_sets):
        yield _inert("unit-value-set", item, units)


def _of_parts(item: JsonObject) -> Iterator[Fault]:
    if is_cut(inside(item, "_text")):
        yield _inert("markup", item)
    for key in ("_text", "_prefix"):
        yield from _extensions_of(inside(item, key), item, BY_WORDS)
    for option in objects(item, "answerOption"):
        yield from _extensions_of(option, item, BY_OPTION)
        yield from _extensions_of(inside(option, "valueCoding"), item, BY_OPTION)


def _extensions_of(element: JsonObject, item: JsonObject, honoured: frozenset[str]) -> Iterator[Fault]:
    if element.get("modifierExtension"):
        yield _refused("modifier-extension", item)
    for each in objects(element, "extension"):
        url = text(each, "url")
        if url in REFUSED:
            yield _refused("extension", item, url)
        elif url == addresses.LAUNCH_CONTEXT:
            yield from _launch(each, item)
        elif url in INERT_BY_NAME:
            yield _inert(INERT_BY_NAME[url], item, url)
        elif url not in honoured and not (url in NAMED and honoured is BY_SET and _is_named(each)):
            yield _inert("extension", item, url)


def _is_named(each: JsonObject) -> bool:
    return bool(text(inside(each, "valueExpression"), "name"))


def _launch(launch: JsonObject, item: JsonObject) -> Iterator[Fault]:
    name = extension(launch, "name")
    code = text(name, "code") if isinstance(name, dict) else str(name or "")
    if code not in GIVEN:
        yield _inert("launch-context", item, code)


def _of_conditions(items: list[JsonObject]) -> Iterator[Fault]:
    links = {text(item, "linkId") for item in items}
    for item in items:
        conditions = list(objects(item, "enableWhen"))
        if len(conditions) > 1 and not item.get("enableBehavior"):
            yield _noted("behaviour-missing", item, "any")
        for condition in conditions:
            yield from _of_condition(condition, item, links)
    for link in sorted(link for circle in circles_of(_needs(items)) for link in circle):
        yield Fault(Verdict.NOTED, "condition-circle", link, "worked out in the order of the prompts")


def _of_condition(condition: JsonObject, item: JsonObject, links: set[str]) -> Iterator[Fault]:
    if text(condition, "question") not in links:
        yield _refused("condition-source", item, text(condition, "question"))
    if text(condition, "operator") not in OPERATORS:
        yield _refused("condition-operator", item, text(condition, "operator"))


def _needs(items: list[JsonObject]) -> dict[str, set[str]]:
    needs = {text(item, "linkId"): set(_needs_of(item)) for item in items}
    for item in items:
        for inner in objects(item, "item"):
            needs.setdefault(text(inner, "linkId"), set()).add(text(item, "linkId"))
    return needs


def _needs_of(item: JsonObject) -> Iterator[str]:
    for condition in objects(item, "enableWhen"):
        yield text(condition, "question")
