"""What of a response stays here: sensitive sets and prompts with all that follows from them, and who told something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homevisit.domain.canonical import JsonObject
from homevisit.domain.filing import ExportPolicy
from homevisit.prompts.graph import reachable
from homevisit.prompts.known_by import KNOWN_BY
from homevisit.prompts.library import Library, PromptSet
from homevisit.prompts.programme import Purpose
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.raw import objects
from homevisit.prompts.scoring import rule_of
from homevisit.prompts.terms import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A response as it may leave; ``answers`` is the set that it answers, None where that version is not here."""

    response: JsonObject = field(repr=False)
    answers: PromptSet | None
    is_redacted: bool


def leaving(response: JsonObject, library: Library, policy: ExportPolicy) -> Leaving | None:
    """The response as it may leave; None where all of it stays here.

    Nobody knows what a set says that is not here, so its answers stay as those of a sensitive one do.
    """
    found = library.of_response(response)
    if not policy.sensitive_answers and (found is None or found.fit.sensitive):
        return None
    withheld = frozenset[str]()
    if found is not None and not policy.sensitive_answers:
        withheld = withheld_links(found.questionnaire)
    kept = _without(response, withheld)
    said = kept if policy.third_parties else _without_tellers(kept)
    return Leaving(response=said, answers=found, is_redacted=kept != response)


def withheld_links(questionnaire: Questionnaire) -> frozenset[str]:
    """The sensitive prompts, all below them, and what is asked, calculated or scored because of their answers."""
    sensitive = {item.link_id for item in questionnaire.walk() if item.has_role(Role.SENSITIVE)}
    if not sensitive:
        return frozenset()
    found = reachable(sensitive, questionnaire.graph.dependents)
    for item in questionnaire.walk():
        bound = questionnaire.programme.of(Purpose.CALCULATED, item.link_id)
        scored = item.has_role(Role.SCORE) and not found.isdisjoint(rule_of(item).counted)
        if scored or (bound is not None and bound.sees_all):
            found |= reachable({item.link_id}, questionnaire.graph.dependents)
    return frozenset(found)


def _without(node: Mapping[str, object], withheld: frozenset[str]) -> JsonObject:
    """The response, or an item or answer of it, without the items that stay here."""
    kept: JsonObject = {}
    for key, value in node.items():
        if key == "item":
            items = [item for item in objects(node, "item") if item.get("linkId") not in withheld]
            if items:
                kept[key] = [_without(item, withheld) for item in items]
        elif key == "answer":
            kept[key] = [_without(answer, withheld) for answer in objects(node, "answer")]
        else:
            kept[key] = value
    return kept


def _without_tellers(value: object) -> JsonObject:
    """The same without the names of those who told an answer; that it was told stays."""
    found = _told(value)
    return found if isinstance(found, dict) else {}


def _told(value: object) -> object:
    if isinstance(value, Mapping):
        if value.get("url") == KNOWN_BY:
            how = [part for part in objects(value, "extension") if part.get("url") != "who"]
            return {**value, "extension": how}
        return {key: _told(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_told(each) for each in value]
    return value
