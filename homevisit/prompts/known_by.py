"""How an answer is known: seen, told by somebody, or inferred. Kept on the answer, and asked where the set wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.prompts.items import Answer
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.raw import objects
from homevisit.prompts.terms import BASE, Role

KNOWN_BY = f"{BASE}/StructureDefinition/known-by"


class How(StrEnum):
    """The three ways of knowing."""

    OBSERVED = "observed"
    TOLD = "told"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class KnownBy:
    """``who`` is who told it, "" where nobody was named."""

    how: How
    who: str = field(default="", repr=False)


def asks_known_by(questionnaire: Questionnaire, link_id: str) -> bool:
    """Whether the set wants to know of this prompt: it, or a group above it, has the role."""
    lineage = questionnaire.lineage[link_id]
    return any(questionnaire.by_link[link].has_role(Role.KNOWN_BY) for link in lineage)


def known_by(answers: Sequence[Answer]) -> KnownBy | None:
    """How the first answer that says so is known."""
    return next((found for answer in answers if (found := _of(answer)) is not None), None)


def with_known_by(answer: Answer, known: KnownBy | None) -> Answer:
    """The answer with how it is known; None takes that away."""
    kept = [each for each in objects(answer, "extension") if each.get("url") != KNOWN_BY]
    if known is not None:
        kept.append({"url": KNOWN_BY, "extension": _parts(known)})
    rest = {key: value for key, value in answer.items() if key != "extension"}
    return {**rest, "extension": kept} if kept else rest


def _of(answer: Mapping[str, object]) -> KnownBy | None:
    for each in objects(answer, "extension"):
        if each.get("url") == KNOWN_BY:
            parts = {str(part.get("url")): part for part in objects(each, "extension")}
            how = parts.get("how", {}).get("valueCode")
            if how in set(How):
                return KnownBy(How(str(how)), str(parts.get("who", {}).get("valueString", "")))
    return None


def _parts(known: KnownBy) -> list[dict[str, object]]:
    parts: list[dict[str, object]] = [{"url": "how", "valueCode": known.how.value}]
    return [*parts, {"url": "who", "valueString": known.who}] if known.who else parts
