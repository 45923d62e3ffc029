"""Responses made of a few answers: an option by what it counts, by its code, or a value as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.items import Answer, Item, Kind
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.reading_items import extension, objects
from homevisit.prompts.session import new_response
from homevisit.prompts.values import number

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
KEYS = {Kind.INTEGER: "valueInteger", Kind.DECIMAL: "valueDecimal", Kind.DATE: "valueDate"}


def response_of(questionnaire: Questionnaire, answers: Mapping[str, object]) -> JsonObject:
    """A response in progress with these answers by linkId: a number picks the option that counts so much, a text the
    option with that code, or it is the value itself where there are no options.
    """
    assert answers.keys() <= questionnaire.by_link.keys()
    response = new_response(questionnaire)
    response["item"] = list(_written(questionnaire.items, answers))
    return response


def _written(items: tuple[Item, ...], answers: Mapping[str, object]) -> Iterator[JsonObject]:
    for item in items:
        inner = list(_written(item.items, answers))
        if item.link_id in answers:
            yield {"linkId": item.link_id, "answer": [_answer(item, answers[item.link_id])]}
        elif inner:
            yield {"linkId": item.link_id, "item": inner}


def _answer(item: Item, wanted: object) -> Answer:
    if item.kind is Kind.CHOICE or (item.kind is Kind.OPEN_CHOICE and item.options):
        return next(each for each in options_of(item) if wanted in (each[0], each[1]))[2]
    return {KEYS.get(item.kind, "valueString"): wanted}


def options_of(item: Item) -> list[tuple[Decimal | None, str, Answer]]:
    """What each option counts (None where it counts nothing), its code, and the answer it gives."""
    found: list[tuple[Decimal | None, str, Answer]] = []
    for raw in objects(item.raw, "answerOption"):
        coding = raw["valueCoding"]
        assert isinstance(coding, dict)
        found.append((number(extension(raw, ORDINAL)), str(coding["code"]), {"valueCoding": coding}))
    return found
