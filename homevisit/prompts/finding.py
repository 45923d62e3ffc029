"""Finds the occurrences in a response that carry a role, whatever prompt set they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from homevisit.prompts.contents import Contents, read_response
from homevisit.prompts.items import Answer, Item
from homevisit.prompts.paths import ROOT, Path
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.session import Session
from homevisit.prompts.terms import Role
from homevisit.prompts.values import answer_text, typed


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence of an item with what was answered below it."""

    item: Item
    path: Path
    contents: Contents

    @property
    def answers(self) -> tuple[Answer, ...]:
        return self.contents.answers.get(self.path, ())

    @property
    def text(self) -> str:
        return "; ".join(answer_text(answer) for answer in self.answers)

    @property
    def code(self) -> str:
        """The code of the first chosen option, "" where none was chosen."""
        values = (typed(answer) for answer in self.answers)
        return next((str(v[1].get("code", "")) for v in values if v and isinstance(v[1], Mapping)), "")

    def within(self, role: Role) -> Iterator[Found]:
        """Occurrences below this one that carry a role."""
        for branch in self.contents.branches_of(self.item, self.path):
            yield from _with_role(self.item.items, branch, role, self.contents)

    def text_of(self, role: Role) -> str:
        return "; ".join(found.text for found in self.within(role) if found.answers)

    def code_of(self, role: Role) -> str:
        return next((found.code for found in self.within(role) if found.answers), "")


def settled_contents(questionnaire: Questionnaire, response: Mapping[str, object]) -> Contents:
    """What counts in a response: of one in progress, what its finished form would hold."""
    if response.get("status") != "completed":
        response = Session(questionnaire, response).finished()
    return read_response(questionnaire, response)


def by_role(questionnaire: Questionnaire, contents: Contents) -> Mapping[str, tuple[Found, ...]]:
    """The occurrences of every role, in document order, found in one pass."""
    found: dict[str, list[Found]] = {}
    _collect(questionnaire.items, ROOT, contents, found)
    return {role: tuple(each) for role, each in found.items()}


def _collect(items: tuple[Item, ...], place: Path, contents: Contents, found: dict[str, list[Found]]) -> None:
    for item in items:
        for path in contents.places_of(item, place):
            for role in item.roles:
                found.setdefault(role, []).append(Found(item, path, contents))
            for branch in contents.branches_of(item, path) if item.items else ():
                _collect(item.items, branch, contents, found)


def _with_role(items: tuple[Item, ...], place: Path, role: Role, contents: Contents) -> Iterator[Found]:
    for item in items:
        for path in contents.places_of(item, place):
            found = Found(item, path, contents)
            if item.has_role(role):
                yield found
            else:
                yield from found.within(role)
