"""The prompt sets that can be asked here and every version that answers were given to, each with licence and origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial

import resources
from homevisit.domain.canonical import JsonObject
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.meaning import Meaning, meaning_of
from homevisit.prompts.prompt_sets import Origin, PromptSet, listed, prompt_set
from homevisit.prompts.reading import ReadLine, readable
from homevisit.prompts.reading_items import text
from homevisit.prompts.session import Session

__all__ = ["THREE_STEPS", "TWO_MINUTES", "Library", "Origin", "PromptSet", "prompt_set"]

THREE_STEPS = "three-step-conversation"
TWO_MINUTES = "two-minute-observation"
FOLDER, EARLIER_FOLDER = "prompts", "prompts/earlier"


@dataclass(frozen=True, slots=True)
class _Shelf:
    """One state of a library, replaced as a whole: other threads read it meanwhile."""

    all: tuple[PromptSet, ...] = ()
    offered: tuple[PromptSet, ...] = ()
    exact: Mapping[str, PromptSet] = field(default_factory=dict)
    by_id: Mapping[str, PromptSet] = field(default_factory=dict)


class Library:
    """Prompt sets by id and by the canonical that responses name; versions stand side by side.

    What a response says is read with the very version of the set that it answers. Where that version is not here
    the response is read by its own texts, counts as complete and is left as it stands.
    """

    def __init__(self, sets: Iterable[PromptSet]) -> None:
        self._own = tuple(sets)
        self._shelf = _shelf(self._own)

    @staticmethod
    @cache
    def shipped() -> Library:
        """The library in ``resources/prompts``, listed once. It is shared: ``copy`` it before putting sets in."""
        current = [listed(partial(resources.read_bytes, name)) for name in resources.names(FOLDER, ".json")]
        return Library([*current, *_earlier()])

    def copy(self) -> Library:
        """A library of its own that sets can be put into."""
        return Library(self._own)

    def put_installed(self, sets: Iterable[PromptSet]) -> None:
        """From now on these stand beside the ones that ship, in the place of what was put in before."""
        self._shelf = _shelf((*self._own, *sets))

    @property
    def sets(self) -> tuple[PromptSet, ...]:
        """What can be asked: the newest version of each set, without sets of removed packs."""
        return self._shelf.offered

    @property
    def all(self) -> tuple[PromptSet, ...]:
        """Every version that is here."""
        return self._shelf.all

    def get(self, name: str) -> PromptSet:
        """The set with a canonical, or the newest with an id; KeyError for one that is not here."""
        return self._shelf.exact.get(name) or self._shelf.by_id[name]

    def find(self, name: str) -> PromptSet | None:
        """As :meth:`get`, None for one that is not here; a set that is no longer offered is found too."""
        return self._shelf.exact.get(name) or self._shelf.by_id.get(name)

    def newest(self, url: str) -> PromptSet | None:
        """The version of a set that is asked now; None where no version is offered."""
        return next((each for each in self._shelf.offered if each.url == url), None)

    def of_response(self, response: Mapping[str, object]) -> PromptSet | None:
        """The very version that a response answers; None where it is not here."""
        return self._shelf.exact.get(text(response, "questionnaire"))

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


def _earlier() -> list[PromptSet]:
    """Versions that were shipped once, so that what was answered then is read as it was asked."""
    if not resources.item(EARLIER_FOLDER).is_dir():
        return []
    reads = [partial(resources.read_bytes, name) for name in resources.names(EARLIER_FOLDER, ".json")]
    return [replace(listed(read), origin=Origin.EARLIER) for read in reads]


def _shelf(sets: Iterable[PromptSet]) -> _Shelf:
    kept = tuple(sets)
    exact: dict[str, PromptSet] = {}
    newest: dict[str, PromptSet] = {}
    by_id: dict[str, PromptSet] = {}
    for each in kept:
        exact.setdefault(each.canonical, each)
        standing = newest.get(each.url)
        if each.is_offered and (standing is None or standing.newness < each.newness):
            newest[each.url] = each
    for each in sorted(kept, key=lambda one: one.newness):
        by_id[each.id] = each
    offered = tuple(each for each in kept if newest.get(each.url) is each)
    by_id.update((each.id, each) for each in reversed(offered))
    return _Shelf(all=tuple(exact.values()), offered=offered, exact=exact, by_id=by_id)
