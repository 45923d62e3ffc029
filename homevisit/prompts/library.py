"""The prompt sets that ship with the program, each with its licence and origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import resources
from homevisit.domain.canonical import JsonObject
from homevisit.prompts import terms
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.fitting import Fit, fit_of
from homevisit.prompts.meaning import Meaning, meaning_of
from homevisit.prompts.questionnaire import Questionnaire, load
from homevisit.prompts.reading import ReadLine, readable
from homevisit.prompts.reading_items import extension, text
from homevisit.prompts.session import Session

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
    fit: Fit = field(default_factory=Fit)

    @property
    def title(self) -> str:
        return self.questionnaire.title

    @property
    def canonical(self) -> str:
        return self.questionnaire.canonical


class Library:
    """Prompt sets by id and by the canonical that responses name.

    What a response says is read with the very version of the set that it answers. Where that version is not here
    the response is read by its own texts, counts as complete and is left as it stands.
    """

    def __init__(self, sets: Iterable[PromptSet]) -> None:
        self.sets = tuple(sets)
        self._by_name = {name: each for each in self.sets for name in (each.id, each.canonical)}

    @staticmethod
    @cache
    def shipped() -> Library:
        """The library in ``resources/prompts``; immutable, so it is read once."""
        names = resources.names("prompts", ".json")
        return Library(prompt_set(load(resources.read_bytes(name))) for name in names)

    def get(self, name: str) -> PromptSet:
        """The set with an id or a canonical; KeyError for one that is not here."""
        return self._by_name[name]

    def of_response(self, response: Mapping[str, object]) -> PromptSet | None:
        """The very version that a response answers; None where it is not here."""
        return self._by_name.get(text(response, "questionnaire"))

    def finished(self, response: JsonObject) -> JsonObject:
        """The completed response: answers of disabled prompts left out."""
        found = self.of_response(response)
        return Session(found.questionnaire, response).finished() if found else response

    def unanswered(self, response: Mapping[str, object]) -> int:
        """How many required prompts are enabled and have no answer."""
        found = self.of_response(response)
        if found is None:
            return 0
        state = evaluate(found.questionnaire, response, Context())
        return sum(problem.code == "required" for each in state.walk() for problem in each.problems)

    def readable(self, response: Mapping[str, object]) -> tuple[ReadLine, ...]:
        found = self.of_response(response)
        return readable(found.questionnaire if found else None, response)

    def meaning(self, response: Mapping[str, object]) -> Meaning:
        found = self.of_response(response)
        return meaning_of(found.questionnaire, response) if found else Meaning()


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
        fit=fit_of(raw),
    )
