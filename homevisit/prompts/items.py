"""A prompt set as typed, immutable values; the raw FHIR object stays beside them so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.terms import Control, Role

Answer = Mapping[str, object]


class Kind(StrEnum):
    """The item types. References and attachments are read, checked and kept, but nobody can give one here."""

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
    REFERENCE = "reference"
    ATTACHMENT = "attachment"


NOT_GIVEN_HERE = (Kind.REFERENCE, Kind.ATTACHMENT)


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
class Formula:
    """One expression as it stands in the set; ``name`` is what other expressions call its value."""

    text: str
    name: str = ""
    language: str = "text/fhirpath"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule over answers: broken where its expression gives *false*. ``words`` say so to a person."""

    key: str
    words: str
    formula: Formula
    is_error: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    """Every expression of an item, or of the whole set."""

    variables: tuple[Formula, ...] = ()
    calculated: Formula | None = None
    enabling: Formula | None = None
    initial: Formula | None = None
    words: Formula | None = None
    least: Formula | None = None
    most: Formula | None = None
    constraints: tuple[Constraint, ...] = ()


NO_FORMULAS = Formulas()


@dataclass(frozen=True, slots=True)
class Condition:
    """One enableWhen."""

    question: str
    operator: str
    expected: Answer


@dataclass(frozen=True, slots=True)
class Option:
    """One offered answer; choosing an exclusive one leaves no other. ``words`` are those of the chosen language, while
    the answer that is kept is the same in every language. ``weight`` is the text of its ordinal value, if it has one.
    """

    answer: Answer
    initially: bool = False
    exclusive: bool = False
    words: str = ""
    prefix: str = ""
    weight: str = ""

    @property
    def label(self) -> str:
        """The words with their letter or number before them."""
        return f"{self.prefix} {self.words}".strip()


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
    mime_types: tuple[str, ...] = ()
    max_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What a prompt set says of how an item is shown. ``rich`` is safe HTML where the words came as markdown or XHTML,
    ``orientation`` "horizontal" or "vertical", ``usage`` where the item is to be shown at all.
    """

    control: str = ""
    orientation: str = ""
    slider_step: int | None = None
    short_text: str = ""
    support_link: str = ""
    usage: str = ""
    rich: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One prompt, group or text of a prompt set. ``units`` are the codings that a quantity may be given in."""

    link_id: str
    kind: Kind
    text: str = ""
    prefix: str = ""
    roles: frozenset[str] = frozenset()
    control: str = ""
    entry_format: str = ""
    unit: str = ""
    units: tuple[JsonObject, ...] = ()
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    lacks_options: bool = False
    limits: Limits = Limits()
    looks: Looks = Looks()
    options: tuple[Option, ...] = ()
    initial: tuple[Answer, ...] = ()
    conditions: tuple[Condition, ...] = ()
    all_conditions: bool = False
    formulas: Formulas = NO_FORMULAS
    items: tuple[Item, ...] = ()
    raw: JsonObject = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_question(self) -> bool:
        return self.kind not in (Kind.GROUP, Kind.DISPLAY)

    @property
    def can_be_given(self) -> bool:
        """Whether a person can answer this here: not a file, a reference, or a choice whose answers are not known."""
        return self.is_question and self.kind not in NOT_GIVEN_HERE and not self.lacks_options

    @property
    def is_page(self) -> bool:
        return self.kind is Kind.GROUP and self.control == Control.PAGE

    @property
    def is_beside(self) -> bool:
        """Whether this is a text shown beside the item above it, not a line of its own."""
        return self.control in (Control.HELP, Control.FLYOVER, Control.UNIT)

    @property
    def label(self) -> str:
        """The words with their number before them: ``2. Warmth``, ``Question 1: What …``."""
        return self.label_of(self.text)

    def label_of(self, words: str) -> str:
        """The label with other words than those in the set: calculated or of another language."""
        if not self.prefix or not words:
            return words or self.prefix
        mark = "." if self.prefix.isdigit() else ":" if self.prefix[-1].isalnum() else ""
        return f"{self.prefix}{mark} {words}"

    def has_role(self, role: Role) -> bool:
        return role.value in self.roles

    def walk(self) -> Iterator[Item]:
        """This item and everything below it, in document order."""
        yield self
        for item in self.items:
            yield from item.walk()
