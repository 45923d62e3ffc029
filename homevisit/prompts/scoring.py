"""What an answered prompt set scores, with its bands, citations and how it was asked. Nothing is ever filled in for
an answer that is missing: then there is no score, only how many were answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import terms
from homevisit.prompts.evaluate import Context, ItemState, State, evaluate
from homevisit.prompts.items import Item
from homevisit.prompts.paths import path_text
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.reading_items import objects, text
from homevisit.prompts.terms import Role
from homevisit.prompts.values import answer_text, number, typed


class Direction(StrEnum):
    """What a higher score says; ``none`` where the tool does not say, or it is not known here."""

    WORSE = "higher-is-worse"
    BETTER = "higher-is-better"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A published range of scores in the words of its source; both ends belong to it."""

    low: Decimal
    high: Decimal
    text: str
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a prompt set says about a score. ``counted`` are the linkIds of its items, none for a score that is
    entered from a form on paper; ``lowest`` and ``highest`` are None where no range is published.
    """

    instrument: str
    direction: Direction = Direction.NONE
    lowest: Decimal | None = None
    highest: Decimal | None = None
    counted: tuple[str, ...] = ()
    citation: str = ""
    bands: tuple[Band, ...] = ()

    def band_of(self, value: Decimal | None) -> Band | None:
        return next((band for band in self.bands if value is not None and band.low <= value <= band.high), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the score came about, as it was recorded: "" where nobody said."""

    form: str = ""
    by: str = field(default="", repr=False)
    on: str = ""
    language: str = field(default="", repr=False)
    interpreter: str = field(default="", repr=False)
    setting: str = field(default="", repr=False)
    trained: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One score of one response. ``value`` is None while an item is unanswered, or where what was entered lies outside
    the tool's range; ``of`` is 0 for a score that was entered by hand. ``title`` and ``version`` are the prompt set's.
    """

    instrument: str
    title: str
    version: str
    label: str
    link: str
    path: str
    value: Decimal | None = field(repr=False)
    answered: int
    of: int
    band: Band | None = field(repr=False)
    rule: Rule
    asked: Asked = Asked()

    @property
    def direction(self) -> Direction:
        return self.rule.direction

    @property
    def lowest(self) -> Decimal | None:
        return self.rule.lowest

    @property
    def highest(self) -> Decimal | None:
        return self.rule.highest

    @property
    def bands(self) -> tuple[Band, ...]:
        return self.rule.bands

    @property
    def band_text(self) -> str:
        return self.band.text if self.band else ""

    @property
    def band_citation(self) -> str:
        return self.band.citation if self.band else ""

    @property
    def complete(self) -> bool:
        return self.answered == self.of


def scores_of(questionnaire: Questionnaire, response: Mapping[str, object]) -> tuple[Score, ...]:
    """Every score of a response, in the order of the prompt set; none for a set that does not score."""
    if not questionnaire.usable or not any(item.has_role(Role.SCORE) for item in questionnaire.walk()):
        return ()
    return scores_in(questionnaire, evaluate(questionnaire, response, Context()))


def scores_in(questionnaire: Questionnaire, state: State) -> tuple[Score, ...]:
    """The scores that are asked for in a state: those of disabled items are left out."""
    counted = _Counted.of(state)
    scored = (each for each in state.walk() if each.enabled and each.item.has_role(Role.SCORE))
    return tuple(_score(questionnaire, each, counted) for each in scored)


def score_at(questionnaire: Questionnaire, state: State, item: ItemState) -> Score:
    """The score of one occurrence of an item with the role ``score``."""
    return _score(questionnaire, item, _Counted.of(state))


def rule_of(item: Item) -> Rule:
    """What an item with the role ``score`` says about itself."""
    found = next((each for each in objects(item.raw, "extension") if each.get("url") == terms.SCORE), {})
    direction = _word(found, "direction")
    return Rule(
        instrument=_word(found, "instrument") or item.label,
        direction=Direction(direction) if direction in set(Direction) else Direction.NONE,
        lowest=_number(found, "lowest"),
        highest=_number(found, "highest"),
        counted=tuple(str(value) for value in _values(found, "counted")),
        citation=_word(found, "citation"),
        bands=tuple(_bands(found)),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """What all scores of a response share."""

    answered: frozenset[str]
    asked: Asked
    own: Mapping[Role, str]

    @staticmethod
    def of(state: State) -> _Counted:
        enabled = [each for each in state.walk() if each.enabled]
        answered = frozenset(each.item.link_id for each in enabled if each.answered)
        return _Counted(answered, _asked(enabled), _own_words(enabled))


def _score(questionnaire: Questionnaire, state: ItemState, counted: _Counted) -> Score:
    rule = _in_own_words(rule_of(state.item), counted.own)
    count = sum(link in counted.answered for link in rule.counted)
    value = _value(state) if count == len(rule.counted) else None
    return Score(
        instrument=rule.instrument,
        title=questionnaire.title,
        version=questionnaire.version,
        label=state.item.label,
        link=state.item.link_id,
        path=path_text(state.path),
        value=value,
        answered=count,
        of=len(rule.counted),
        band=rule.band_of(value),
        rule=rule,
        asked=counted.asked,
    )


def _value(state: ItemState) -> Decimal | None:
    """The number that was calculated or entered; one that breaks the item's rules (its range) is no score."""
    found = typed(state.answers[0]) if state.answers else None
    if found is None or any(problem.blocking for problem in state.problems):
        return None
    plain = found[1].get("value") if isinstance(found[1], Mapping) else found[1]
    return number(plain)


def _asked(states: list[ItemState]) -> Asked:
    said = {
        role: _said(each, role)
        for each in states
        for role in each.item.roles
        if role.startswith("score-") and each.answers
    }
    return Asked(
        form=said.get(Role.SCORE_FORM, ""),
        by=said.get(Role.SCORE_BY, ""),
        on=said.get(Role.SCORE_ON, ""),
        language=said.get(Role.SCORE_LANGUAGE, ""),
        interpreter=said.get(Role.SCORE_INTERPRETER, ""),
        setting=said.get(Role.SCORE_SETTING, ""),
        trained=said.get(Role.SCORE_TRAINED, ""),
    )


def _said(state: ItemState, role: str) -> str:
    """The answer in words; the day stays a date, so that it can be sorted and shown in any form."""
    found = typed(state.answers[0])
    return str(found[1]) if role == Role.SCORE_ON and found else answer_text(state.answers[0])


def _own_words(states: list[ItemState]) -> Mapping[Role, str]:
    """A set for any tool asks for the tool's name and what its higher scores say."""
    found: dict[Role, str] = {}
    for each in states:
        if each.item.has_role(Role.SCORE_TOOL) and each.answers:
            found[Role.SCORE_TOOL] = answer_text(each.answers[0]).strip()
        if each.item.has_role(Role.SCORE_DIRECTION) and each.answers:
            coding = typed(each.answers[0])
            found[Role.SCORE_DIRECTION] = text(coding[1], "code") if coding and isinstance(coding[1], Mapping) else ""
    return found


def _in_own_words(rule: Rule, own: Mapping[Role, str]) -> Rule:
    if not own:
        return rule
    said = own.get(Role.SCORE_DIRECTION, "")
    return replace(
        rule,
        instrument=own.get(Role.SCORE_TOOL) or rule.instrument,
        direction=Direction(said) if said in set(Direction) else rule.direction,
    )


def _bands(rule: JsonObject) -> Iterator[Band]:
    for each in objects(rule, "extension"):
        low, high = _number(each, "low"), _number(each, "high")
        if each.get("url") == "band" and low is not None and high is not None:
            yield Band(low=low, high=high, text=_word(each, "text"), citation=_word(each, "citation"))


def _values(parent: Mapping[str, object], url: str) -> Iterator[object]:
    for each in objects(parent, "extension"):
        if each.get("url") == url:
            yield from (value for key, value in each.items() if key.startswith("value"))


def _word(parent: Mapping[str, object], url: str) -> str:
    return next((str(value) for value in _values(parent, url)), "")


def _number(parent: Mapping[str, object], url: str) -> Decimal | None:
    return next((number(value) for value in _values(parent, url)), None)
