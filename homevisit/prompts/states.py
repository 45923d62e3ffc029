"""What a response looks like once it is worked out: one state for each occurrence of each item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from homevisit.prompts.checking import Problem
from homevisit.prompts.items import Answer, Item
from homevisit.prompts.paths import Path
from homevisit.prompts.terms import Control, Role
from homevisit.prompts.values import has_content

# Values of usageMode for items that are not there to be answered.
ONLY_TO_READ = ("display", "display-non-empty")


@dataclass(frozen=True, slots=True)
class ItemState:
    """One occurrence of an item: ``children`` are the occurrences directly below it, in order.

    ``words`` are those of the prompt, calculated ones among them. ``calculated`` says that an expression gives the
    answer, ``overridden`` that a person's own stands in its place; ``calculation`` is what the expression gives then.
    """

    path: Path
    item: Item
    enabled: bool
    answers: tuple[Answer, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    children: tuple[Path, ...]
    words: str = ""
    calculated: bool = False
    overridden: bool = False
    calculation: tuple[Answer, ...] = field(default=(), repr=False)

    @property
    def label(self) -> str:
        """The words with the number of the prompt before them."""
        return self.item.label_of(self.words)

    @property
    def answered(self) -> bool:
        return any(has_content(answer) for answer in self.answers)

    @property
    def shown(self) -> bool:
        """Whether it stands on the page while the set is answered."""
        return self.enabled and not self.item.hidden and self.item.looks.usage not in ONLY_TO_READ

    @property
    def unanswered(self) -> bool:
        """Whether a person is still expected to say something here."""
        item = self.item
        expected = item.can_be_given and not item.read_only and not self.calculated
        return expected and not item.has_role(Role.OPTIONAL) and self.shown and not self.answered


@dataclass(frozen=True, slots=True)
class State:
    """Every occurrence by its path; ``top`` are the outermost ones in order, ``problems`` those of the whole set."""

    items: Mapping[Path, ItemState]
    top: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()

    def below(self, path: Path) -> Iterator[ItemState]:
        """The occurrence and everything below it, in document order."""
        found = self.items[path]
        yield found
        for child in found.children:
            yield from self.below(child)

    def texts_beside(self, path: Path, control: Control) -> tuple[str, ...]:
        """The help or flyover texts of an occurrence."""
        children = (self.items[child] for child in self.items[path].children)
        return tuple(each.words for each in children if each.shown and each.item.control == control)

    def walk(self) -> Iterator[ItemState]:
        for path in self.top:
            yield from self.below(path)
