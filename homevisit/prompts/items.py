"""A prompt set as typed, immutable values; the raw FHIR object stays beside them so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.terms import Control, Role

Answer = Mapping[str, object]


class Kind(StrEnum):
    """The item types that are answered or shown."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    QUANTITY = "quantity"


class Verdict(StrEnum):
    """What becomes of a feature: the set cannot be used, the feature has no effect, or it is read in a stated way."""

    REFUSED = "refused"
    INERT = "inert"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Fault:
    """One feature named at load. ``code`` is stable; ``what`` names the element (never an answer)."""

    verdict: Verdict
    code: str
    link_id: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One enableWhen."""

    question: str
    operator: str
    expected: Answer


@dataclass(frozen=True, slots=True)
class Option:
    """One offered answer; choosing an exclusive one leaves no other."""

    answer: Answer
    initially: bool = False
    exclusive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an answer must keep to."""

    max_length: int | None = None
    min_length: int = 0
    min_value: Answer | None = None
    max_value: Answer | None = None
    max_decimal_places: int | None = None
    min_occurs: int = 0
    max_occurs: int | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One prompt, group or text of a prompt set."""

    link_id: str
    kind: Kind
    text: str = ""
    prefix: str = ""
    roles: frozenset[str] = frozenset()
    control: str = ""
    entry_format: str = ""
    unit: str = ""
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    limits: Limits = Limits()
    options: tuple[Option, ...] = ()
    initial: tuple[Answer, ...] = ()
    conditions: tuple[Condition, ...] = ()
    all_conditions: bool = False
    items: tuple[Item, ...] = ()
    raw: JsonObject = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_question(self) -> bool:
        return self.kind not in (Kind.GROUP, Kind.DISPLAY)

    @property
    def is_page(self) -> bool:
        return self.kind is Kind.GROUP and self.control == Control.PAGE

    @property
    def is_beside(self) -> bool:
        """Whether this is a text shown beside the item above it, not a line of its own."""
        return self.control in (Control.HELP, Control.FLYOVER)

    @property
    def label(self) -> str:
        """The words with their number before them: ``2. Warmth``, ``Question 1: What …``."""
        if not self.prefix or not self.text:
            return self.text or self.prefix
        mark = "." if self.prefix.isdigit() else ":" if self.prefix[-1].isalnum() else ""
        return f"{self.prefix}{mark} {self.text}"

    def has_role(self, role: Role) -> bool:
        return role.value in self.roles

    def walk(self) -> Iterator[Item]:
        """This item and everything below it, in document order."""
        yield self
        for item in self.items:
            yield from item.walk()
