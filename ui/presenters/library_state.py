"""What the Library shows, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from homevisit.prompts.items import Fault
from homevisit.prompts.library import PromptSet
from homevisit.services.prompt_library import InstalledPack, PackOffer
from ui.notices import Notice

RESULTS_ONLY = "C"


class Busy(Enum):
    """What is being done now; the view has the words."""

    NOTHING = auto()
    READING = auto()
    INSTALLING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryState:
    """``chosen`` is a canonical. ``faults`` are those of the chosen set, None while the engine looks at it.

    ``offer`` is a pack that was looked into, ``trying`` a set that is shown as it would be asked; both stand in the
    place of the chosen set until they are closed.
    """

    is_loaded: bool = False
    sets: tuple[PromptSet, ...] = ()
    others: tuple[PromptSet, ...] = ()
    packs: tuple[InstalledPack, ...] = ()
    words: str = field(default="", repr=False)
    licence: str = ""
    chosen: str = ""
    faults: tuple[Fault, ...] | None = None
    offer: PackOffer | None = field(default=None, repr=False)
    file: str = field(default="", repr=False)
    trying: PromptSet | None = None
    busy: Busy = Busy.NOTHING
    notice: Notice | None = None

    @property
    def shown(self) -> tuple[PromptSet, ...]:
        """The sets that fit the words and the licence class, in the order of the list: results only come last."""
        wanted = self.words.casefold().split()
        found = (
            each
            for each in self.sets
            if self.licence in {"", each.licence_class} and all(word in _said(each) for word in wanted)
        )
        return tuple(sorted(found, key=_place))

    @property
    def found(self) -> PromptSet | None:
        """The chosen set, whatever the words leave of the list."""
        return next((each for each in (*self.sets, *self.others) if each.canonical == self.chosen), None)

    @property
    def versions(self) -> tuple[PromptSet, ...]:
        """Other versions of the chosen set that are here, newest first."""
        found = self.found
        if found is None:
            return ()
        others = [each for each in (*self.sets, *self.others) if each.url == found.url and each is not found]
        return tuple(sorted(others, key=lambda each: each.newness, reverse=True))

    @property
    def pack(self) -> InstalledPack | None:
        """The pack that the chosen set came with."""
        found = self.found
        return next((each for each in self.packs if found is not None and each.id == found.pack), None)


def _place(each: PromptSet) -> tuple[bool, str, str]:
    return each.licence_class == RESULTS_ONLY, each.pack, each.title.casefold()


def _said(each: PromptSet) -> str:
    return " ".join((each.title, each.description, each.attribution, each.publisher, each.id)).casefold()
