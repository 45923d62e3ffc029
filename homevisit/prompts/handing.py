"""Responses given on a screen that was handed over: who answered, and whether they were looked at since."""

from __future__ import annotations

from collections.abc import Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import terms
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.reading_items import extension, objects

UNOPENED = f"{terms.BASE}/StructureDefinition/answers-unopened"
"""True on a response whose answers stay hidden until the practitioner opens them."""


def is_self_completed(questionnaire: Questionnaire) -> bool:
    """Whether a prompt set is made to be answered by the person it is about."""
    return extension(questionnaire.raw, terms.SELF_COMPLETED) is True


def is_unopened(response: Mapping[str, object]) -> bool:
    """Whether the answers are still to be opened."""
    return extension(response, UNOPENED) is True


def self_answered(response: JsonObject, *, unopened: bool) -> JsonObject:
    """The response as one that its subject gave (FHIR ``source``), opened or not."""
    kept: list[object] = [each for each in objects(response, "extension") if each.get("url") != UNOPENED]
    if unopened:
        kept.append({"url": UNOPENED, "valueBoolean": True})
    rest = {key: value for key, value in response.items() if key != "extension"}
    subject = response.get("subject")
    source: JsonObject = {"source": subject} if isinstance(subject, Mapping) else {}
    return {**rest, **({"extension": kept} if kept else {}), **source}
