"""The way through the first run, as data and pure functions: every path can be tested without a window."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.domain.card import Desk
from ui.notices import Notice
from ui.words import tr

if TYPE_CHECKING:
    from homevisit.services.homes import Strength

LONGEST_NAME = 200
WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Who the store will belong to; the store takes it as its profile. ``joining`` is set on a further laptop."""

    name: str = field(default="", repr=False)
    role: Desk = Desk.PRACTITIONER
    title: str = ""
    registration: str = field(default="", repr=False)
    organisation: str = ""
    joining: object = field(default=None, repr=False)


class Step(IntEnum):
    """In order; the store is made between PASSPHRASE and RECOVERY, and there is no way back across that."""

    PERSON = 0
    PASSPHRASE = 1
    RECOVERY = 2
    DONE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRunState:
    """Everything the first run shows. ``ask`` are the two groups of the code to type again, counted from 0.

    ``joining`` says that the first step asks for the file and the words from another laptop instead of a name.
    """

    step: Step = Step.PERSON
    joining: bool = False
    file: Path | None = None
    words: str = field(default="", repr=False)
    person: NewPerson = field(default_factory=NewPerson)
    passphrase: str = field(default="", repr=False)
    repeated: str = field(default="", repr=False)
    revealed: bool = False
    strength: Strength | None = None
    recovery_code: str = field(default="", repr=False)
    ask: tuple[int, ...] = ()
    retyped: dict[int, str] = field(default_factory=dict, repr=False)
    problems: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    notice: Notice | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """The recovery code in the groups that are shown and printed."""
        return tuple(self.recovery_code.split("-")) if self.recovery_code else ()


def can_go_back(state: FirstRunState) -> bool:
    return (state.step is Step.PASSPHRASE or (state.step is Step.PERSON and state.joining)) and not state.busy


def problems_of(state: FirstRunState) -> dict[str, str]:
    """What keeps a person on this step: field → sentence beside it; nothing where one can go on."""
    checks = {Step.PERSON: _person_problems, Step.PASSPHRASE: _passphrase_problems, Step.RECOVERY: _recovery_problems}
    check = checks.get(state.step)
    return check(state) if check else {}


def _person_problems(state: FirstRunState) -> dict[str, str]:
    found: dict[str, str] = {}
    if state.joining:
        return _joining_problems(state)
    if not state.person.name.strip():
        found["name"] = tr("first_run", "Type your name as it should stand under your visits.")
    elif len(state.person.name) > LONGEST_NAME:
        found["name"] = tr("first_run", "This is too long for a name.")
    return found


def _joining_problems(state: FirstRunState) -> dict[str, str]:
    if state.file is None:
        return {"file": tr("first_run", "Choose the file that your other laptop wrote.")}
    if len(state.words.split()) != WORDS:
        return {"words": tr("first_run", "Type the six words that the other laptop showed.")}
    return {}


def _passphrase_problems(state: FirstRunState) -> dict[str, str]:
    if not state.passphrase:
        return {"passphrase": tr("first_run", "Type a passphrase, or take the suggestion.")}
    if state.strength is None:
        return {"passphrase": tr("first_run", "The strength is still being worked out; try again in a moment.")}
    if not state.strength.accepted:
        return {"passphrase": tr("first_run", "This is too easy to guess. Add words, or take the suggestion.")}
    if state.passphrase != state.repeated:
        return {"repeated": tr("first_run", "The two are not the same. Type the passphrase again.")}
    return {}


def _recovery_problems(state: FirstRunState) -> dict[str, str]:
    missing = [position for position in state.ask if not state.retyped.get(position, "").strip()]
    if missing:
        return {f"group{position}": tr("first_run", "Type this group from your copy.") for position in missing}
    return {}
