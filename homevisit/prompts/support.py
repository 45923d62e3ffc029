"""Names, when a prompt set is loaded, every feature that this engine refuses, leaves inert or reads its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import patterns, terms
from homevisit.prompts.items import Fault, Kind, Verdict
from homevisit.prompts.reading_items import control_of, extension, objects, text
from homevisit.prompts.terms import Control

OPERATORS = frozenset({"exists", "=", "!=", ">", "<", ">=", "<="})
_HONOURED = frozenset(
    {
        *(terms.ITEM_CONTROL, terms.HIDDEN, terms.MIN_OCCURS, terms.MAX_OCCURS, terms.OPTION_EXCLUSIVE, terms.UNIT),
        *(terms.MIN_VALUE, terms.MAX_VALUE, terms.MIN_LENGTH, terms.MAX_DECIMAL_PLACES, terms.REGEX),
        *(terms.ENTRY_FORMAT, terms.LICENCE_CLASS, terms.ATTRIBUTION, terms.SOURCE, terms.CHECKED_ON, terms.PER),
        *(terms.SCORE, terms.SELF_COMPLETED),
        *(terms.ASKED_WHEN, terms.AGE_MONTHS, terms.ASKED_OF, terms.SENSITIVE_SET),
    }
)
# Without these a form would calculate, hide or fill in the wrong thing, so it is not offered for answering.
_REFUSED = frozenset(
    {
        f"{terms.HL7}/variable",
        f"{terms.HL7}/cqf-expression",
        f"{terms.HL7}/cqf-calculatedValue",
        f"{terms.HL7}/cqf-library",
        f"{terms.HL7}/questionnaire-constraint",
        f"{terms.HL7}/targetConstraint",
        f"{terms.HL7}/questionnaire-unitOption",
        *(
            f"{terms.SDC}/sdc-questionnaire-{name}"
            for name in (
                *("calculatedExpression", "initialExpression", "enableWhenExpression", "answerExpression"),
                *("candidateExpression", "contextExpression", "answerOptionsToggleExpression", "subQuestionnaire"),
            )
        ),
    }
)
_TYPES = frozenset(Kind)


def faults_in(raw: JsonObject) -> tuple[Fault, ...]:
    """Every fault of a Questionnaire, refusals first."""
    items = list(_all_items(raw))
    found = [*_of_resource(raw), *_of_links(items), *_of_conditions(items)]
    for item in items:
        found.extend(_of_item(item))
    ranks = list(Verdict)
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: ranks.index(fault.verdict)))


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
    yield from _extensions_of(raw, raw)
    if raw.get("implicitRules"):
        yield _refused("implicit-rules", raw)
    for key in ("contained", "derivedFrom"):
        if raw.get(key):
            yield _inert("element", raw, key)


def _of_links(items: list[JsonObject]) -> Iterator[Fault]:
    counts = Counter(text(item, "linkId") for item in items)
    for link, count in counts.items():
        if not link or count > 1:
            yield Fault(Verdict.REFUSED, "link-missing" if not link else "link-repeated", link)


def _of_item(item: JsonObject) -> Iterator[Fault]:
    yield from _extensions_of(item, item)
    kind, control = text(item, "type"), control_of(item)
    if kind not in _TYPES:
        yield _refused("type", item, kind)
    if control and control not in set(Control):
        yield _inert("control", item, control)
    if item.get("answerValueSet"):
        yield _refused("value-set", item)
    if item.get("required") is True and extension(item, terms.HIDDEN) is True:
        yield _noted("required-hidden", item)
    if kind == Kind.CHOICE and not item.get("answerOption") and not item.get("answerValueSet"):
        yield _noted("no-options", item)
    if kind == Kind.GROUP and extension(item, terms.MIN_OCCURS):
        yield _inert("group-minimum", item)
    pattern = extension(item, terms.REGEX)
    if isinstance(pattern, str) and patterns.fault_of(pattern):
        yield _refused(patterns.fault_of(pattern), item)
    yield from _inert_elements(item)


def _inert_elements(item: JsonObject) -> Iterator[Fault]:
    for key in ("_text", "_prefix"):
        if item.get(key):
            yield _inert("element", item, key[1:])
    for option in objects(item, "answerOption"):
        yield from _extensions_of(option, item)


def _extensions_of(element: JsonObject, item: JsonObject) -> Iterator[Fault]:
    if element.get("modifierExtension"):
        yield _refused("modifier-extension", item)
    for each in objects(element, "extension"):
        url = text(each, "url")
        if url in _REFUSED or "valueExpression" in each:
            yield _refused("expression", item, url)
        elif url not in _HONOURED:
            yield _inert("extension", item, url)


def _of_conditions(items: list[JsonObject]) -> Iterator[Fault]:
    links = {text(item, "linkId") for item in items}
    needs = {text(item, "linkId"): set(_needs_of(item)) for item in items}
    for item in items:
        for inner in objects(item, "item"):
            needs.setdefault(text(inner, "linkId"), set()).add(text(item, "linkId"))
        conditions = list(objects(item, "enableWhen"))
        if len(conditions) > 1 and not item.get("enableBehavior"):
            yield _noted("behaviour-missing", item, "any")
        for condition in conditions:
            if text(condition, "question") not in links:
                yield _refused("condition-source", item, text(condition, "question"))
            if text(condition, "operator") not in OPERATORS:
                yield _refused("condition-operator", item, text(condition, "operator"))
    for link in sorted(_on_a_circle(needs)):
        yield Fault(Verdict.REFUSED, "condition-circle", link)


def _needs_of(item: JsonObject) -> Iterator[str]:
    for condition in objects(item, "enableWhen"):
        yield text(condition, "question")


def _on_a_circle(needs: Mapping[str, set[str]]) -> set[str]:
    """The links left over when those that need nothing are taken away again and again."""
    waiting = {link: set(needed) & needs.keys() for link, needed in needs.items()}
    while ready := [link for link, needed in waiting.items() if not needed]:
        for link in ready:
            del waiting[link]
        for needed in waiting.values():
            needed.difference_update(ready)
    return set(waiting)
