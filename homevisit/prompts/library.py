"""The prompt sets that ship with the program, each with its licence and origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import resources
from homevisit.prompts import terms
from homevisit.prompts.questionnaire import Questionnaire, load
from homevisit.prompts.reading_items import extension, text

THREE_STEPS = "three-step-conversation"
TWO_MINUTES = "two-minute-observation"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSet:
    """A prompt set as the library lists it. ``per`` says whom one response is about: carer, child or visit."""

    id: str
    questionnaire: Questionnaire
    licence_class: str
    attribution: str
    source: str
    checked_on: str
    per: str

    @property
    def title(self) -> str:
        return self.questionnaire.title

    @property
    def canonical(self) -> str:
        return self.questionnaire.canonical


class Library:
    """Prompt sets by id and by the canonical that responses name."""

    def __init__(self, sets: Iterable[PromptSet]) -> None:
        self.sets = tuple(sets)
        self._by_canonical = {each.canonical: each for each in self.sets}

    def get(self, set_id: str) -> PromptSet:
        """The set with an id; KeyError for one that does not ship."""
        return {each.id: each for each in self.sets}[set_id]

    def of_response(self, response: Mapping[str, object]) -> PromptSet | None:
        """The very version that a response answers; None where it is not here."""
        return self._by_canonical.get(text(response, "questionnaire"))


@cache
def shipped() -> Library:
    """The library in ``resources/prompts``; immutable, so it is read once."""
    names = resources.names("prompts", ".json")
    return Library(prompt_set(load(resources.read_bytes(name))) for name in names)


def prompt_set(questionnaire: Questionnaire) -> PromptSet:
    """What a loaded Questionnaire says about its own licence and origin."""
    raw = questionnaire.raw

    def said(url: str) -> str:
        return str(extension(raw, url) or "")

    return PromptSet(
        id=text(raw, "id"),
        questionnaire=questionnaire,
        licence_class=said(terms.LICENCE_CLASS),
        attribution=said(terms.ATTRIBUTION),
        source=said(terms.SOURCE),
        checked_on=said(terms.CHECKED_ON),
        per=said(terms.PER),
    )
