"""The hand-written families as they stand in ``resources/demo/families``: one file each, days counted from today."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from resources import names, read_text

FOLDER = "demo/families"
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationStory:
    """One three-step conversation with one carer, in the words that were said.

    ``strengths`` and ``needs`` are (what, evidence), ``actions`` (kind, what, owner, days after the visit).
    """

    carer: str
    consent: str
    reason: str = ""
    overheard: str = ""
    words: str = ""
    more: str = ""
    joy: str = ""
    fear: str = ""
    explore: Mapping[str, str] = field(default_factory=dict)
    strengths: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    actions: tuple[tuple[str, str, str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationStory:
    """One two-minute observation. ``saw``, ``little`` and ``not_seen`` map the number of a prompt to what was seen."""

    carer: str
    state: str
    changed: str = ""
    lines: str = ""
    context: tuple[str, ...] = ()
    saw: Mapping[str, str] = field(default_factory=dict)
    little: Mapping[str, str] = field(default_factory=dict)
    not_seen: Mapping[str, str] = field(default_factory=dict)
    voice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersStory:
    """Answers to any other prompt set, about a person or ("") the whole visit. ``given`` maps a linkId, with ``@n`` for
    a further repeat, to words, a code, a list of codes, yes or no, or the days from the visit to a date.
    """

    set: str
    about: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStory:
    """An amendment (with the sections it replaces) or a withdrawal (without any) of a signed visit."""

    day: int
    at: str
    reason: str
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitStory:
    """One visit. ``minutes`` tells a visit that is going on now from one on a ``day``; ``settles`` says that the
    family's level, worries and safety note were written down after it (otherwise after the last one).
    """

    contact: str
    day: int = 0
    minutes: int = 0
    at: str = ""
    ends: str = ""
    signed: str = ""
    key: str = ""
    mode: str = "home"
    attendance: str = "seen"
    draft: bool = False
    settles: bool = False
    present: tuple[str, ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict)
    alone: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    conversation: tuple[ConversationStory, ...] = ()
    observation: tuple[ObservationStory, ...] = ()
    answers: tuple[AnswersStory, ...] = ()
    amend: ChangeStory | None = None
    withdraw: ChangeStory | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyStory:
    """A family with its people, ties and visits."""

    key: str
    family: Table
    people: Mapping[str, Table]
    ties: tuple[Table, ...]
    visits: tuple[VisitStory, ...]


def families() -> tuple[FamilyStory, ...]:
    """Every hand-written family, in the order of the files."""
    return tuple(_family(name) for name in names(FOLDER, ".toml"))


def _family(name: str) -> FamilyStory:
    source = tomllib.loads(read_text(name))
    return FamilyStory(
        key=name.rpartition("/")[2].removesuffix(".toml").partition("-")[2],
        family=source["family"],
        people=source["people"],
        ties=tuple(source["ties"]),
        visits=tuple(map(_visit, source["visits"])),
    )


def _visit(source: dict[str, Any]) -> VisitStory:
    rest = dict(source)
    conversations = tuple(ConversationStory(**_tuples(each)) for each in rest.pop("conversation", ()))
    observations = tuple(ObservationStory(**_tuples(each)) for each in rest.pop("observation", ()))
    answers = tuple(AnswersStory(**_tuples(each)) for each in rest.pop("answers", ()))
    changes: dict[str, Any] = {name: ChangeStory(**rest.pop(name)) for name in ("amend", "withdraw") if name in rest}
    told: dict[str, Any] = {"conversation": conversations, "observation": observations, "answers": answers}
    return VisitStory(**told, **changes, **_tuples(rest))


def _tuples(source: Mapping[str, Any]) -> dict[str, Any]:
    """Lists as tuples, all the way down."""
    return {name: _tuple(value) for name, value in source.items()}


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
