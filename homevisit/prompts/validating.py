"""What is wrong with a whole response to a prompt set, its shape first and then the rules of the set.

Only a completed response needs every rule; one in progress may still break those that more answers would mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import fhir_json
from homevisit.prompts.evaluate import Context, evaluate_anyway
from homevisit.prompts.items import Item, Kind
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.raw import objects, text
from homevisit.prompts.states import State
from homevisit.prompts.values import typed

STATUSES = frozenset({"in-progress", "completed", "amended", "entered-in-error", "stopped"})
FINAL = frozenset({"completed", "amended"})
# These never come right by answering more, so they are wrong in a response in progress too.
ALWAYS = frozenset({"wrong-type", "not-repeating", "not-understood", "invalid-uri", "reference-invalid"})
_VALUES = frozenset(
    f"value{kind}"
    for kind in (
        *("Boolean", "Decimal", "Integer", "Date", "DateTime", "Time", "String", "Uri"),
        *("Attachment", "Coding", "Quantity", "Reference"),
    )
)
_ANSWER_KEYS = _VALUES | {"id", "extension", "modifierExtension", "item"} | {f"_{each}" for each in _VALUES}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. ``detail`` is what the rule asks for, or the element; never an answer."""

    link_id: str
    code: str
    detail: str = field(default="")


def validate(
    questionnaire: Questionnaire, response: Mapping[str, object], context: Context | None = None
) -> tuple[Finding, ...]:
    """Everything wrong with a response, each finding once."""
    raw = fhir_json.plain(response)
    found = [*_of_head(questionnaire, raw), *_of_items(questionnaire.items, raw, questionnaire)]
    if raw.get("resourceType") == "QuestionnaireResponse":
        state = evaluate_anyway(questionnaire, raw, context or Context())
        found.extend(_of_rules(state, final=text(raw, "status") in FINAL))
        found.extend(_not_enabled(state) if text(raw, "status") in FINAL else ())
    return tuple(dict.fromkeys(found))


def _of_head(questionnaire: Questionnaire, raw: JsonObject) -> Iterator[Finding]:
    if raw.get("resourceType") != "QuestionnaireResponse":
        yield Finding("", "not-a-response", text(raw, "resourceType"))
        return
    if text(raw, "status") not in STATUSES:
        yield Finding("", "structure", "status")
    url, _, version = text(raw, "questionnaire").partition("|")
    differs = version and questionnaire.version and version != questionnaire.version
    if url and questionnaire.url and (url != questionnaire.url or differs):
        yield Finding("", "other-questionnaire", text(raw, "questionnaire"))


def _of_items(items: tuple[Item, ...], raw: JsonObject, questionnaire: Questionnaire) -> Iterator[Finding]:
    here = {item.link_id: item for item in items}
    for each in objects(raw, "item"):
        link = text(each, "linkId")
        item = here.get(link)
        if item is None:
            yield Finding(link, "misplaced" if link in questionnaire.by_link else "unknown-linkid")
        else:
            yield from _of_item(item, each, questionnaire)


def _of_item(item: Item, raw: JsonObject, questionnaire: Questionnaire) -> Iterator[Finding]:
    answers = list(objects(raw, "answer"))
    if answers and not item.is_question:
        yield Finding(item.link_id, f"answer-on-{item.kind.value}")
    for answer in answers:
        for key in sorted(answer.keys() - _ANSWER_KEYS):
            yield Finding(item.link_id, "structure", key)
        if item.is_question:
            yield from _of_items(item.items, answer, questionnaire)
    if item.kind is not Kind.DISPLAY:
        yield from _of_items(item.items, raw, questionnaire)


def _of_rules(state: State, *, final: bool) -> Iterator[Finding]:
    for each in state.walk():
        for problem in each.problems:
            if problem.code in ALWAYS or (final and problem.code != "not-calculated"):
                yield Finding(each.item.link_id, problem.code, problem.limit)
    for problem in state.problems if final else ():
        yield Finding("", problem.code, problem.limit)


def _not_enabled(state: State) -> Iterator[Finding]:
    for each in state.walk():
        if not each.enabled and any(typed(answer) for answer in each.answers):
            yield Finding(each.item.link_id, "not-enabled")
