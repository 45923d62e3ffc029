"""A page of prompts as a flat list of rows, so that only rows near the screen need widgets. No widgets here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item, Kind
from homevisit.prompts.paths import Path
from homevisit.prompts.terms import Control, Role
from ui.prompts.filling import Filling
from ui.prompts.kinds import group_look
from ui.tokens import Tone


class RowKind(StrEnum):
    """What a row is made of."""

    TITLE = "title"
    HEADING = "heading"
    PROMPT = "prompt"
    TEXT = "text"
    TIMER = "timer"
    LOOK = "look"
    REPEAT = "repeat"
    REMOVED = "removed"
    ADD = "add"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Ground:
    """A card under several rows: one repeat of a group, or a group with a look of its own."""

    path: Path
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class PromptRow:
    """One row. ``depth`` indents it, ``level`` counts the headings above it, ``grounds`` are the cards that it lies on,
    outermost first; ``number`` counts what was removed.
    """

    kind: RowKind
    path: Path
    item: Item
    depth: int = 0
    level: int = 0
    grounds: tuple[Ground, ...] = ()
    number: int = 0

    @property
    def key(self) -> tuple[RowKind, Path, int]:
        """What tells a row of this page from every other."""
        return (self.kind, self.path, self.number)


@dataclass(frozen=True, slots=True)
class _Place:
    depth: int = 0
    level: int = 0
    grounds: tuple[Ground, ...] = ()

    def on(self, ground: Ground) -> _Place:
        return replace(self, grounds=(*self.grounds, ground))

    def deeper(self) -> _Place:
        return replace(self, depth=self.depth + 1)

    def lower(self) -> _Place:
        return replace(self, level=self.level + 1)


class Flattening:
    """Lists the rows below some occurrences; ``shapes`` holds what the list depends on, by path."""

    def __init__(self, filling: Filling) -> None:
        self._filling = filling
        self._in_home = filling.privacy is not None and filling.privacy.in_home
        self.shapes: dict[Path, tuple[bool, tuple[Path, ...]]] = {}

    def rows(self, children: Sequence[Path]) -> tuple[PromptRow, ...]:
        """The rows that are shown now, in order."""
        return tuple(self._below(children, _Place()))

    def _below(self, children: Sequence[Path], place: _Place) -> Iterator[PromptRow]:
        for at, path in enumerate(children):
            state = self._filling.session.find(path)
            if state is None:
                continue
            self.shapes[path] = shape_of(state)
            if state.shown and not state.item.is_beside and not state.item.looks.usage.startswith("display"):
                yield from self._occurrence(state, place)
                if _is_repeat(state.item) and (at + 1 == len(children) or children[at + 1][-1][0] != path[-1][0]):
                    yield from self._after_repeats(state, place)

    def _occurrence(self, state: ItemState, place: _Place) -> Iterator[PromptRow]:
        item = state.item
        if self._in_home and item.has_role(Role.SENSITIVE):
            yield _row(RowKind.PRIVATE, state, place)
        elif item.kind is Kind.GROUP:
            yield from self._group(state, place)
        elif item.kind is Kind.DISPLAY:
            yield _row(RowKind.TIMER if item.control == Control.TIMER else RowKind.TEXT, state, place)
        else:
            yield _row(RowKind.PROMPT, state, place)
            yield from self._below(state.children, place.deeper())

    def _group(self, state: ItemState, place: _Place) -> Iterator[PromptRow]:
        item, look = state.item, group_look(state.item)
        if look is not None:
            place = place.on(Ground(state.path, look.tone))
            yield _row(RowKind.LOOK, state, place)
        elif _is_repeat(item):
            place = place.on(Ground(state.path))
            yield _row(RowKind.REPEAT, state, place)
        elif item.label:
            yield _row(RowKind.HEADING, state, place)
            place = place.lower()
        yield from self._below(state.children, place)

    def _after_repeats(self, last: ItemState, place: _Place) -> Iterator[PromptRow]:
        for number, _ in enumerate(self._filling.removed(last.path[:-1], last.item.link_id)):
            yield _row(RowKind.REMOVED, last, place, number)
        yield _row(RowKind.ADD, last, place)


def title_row(words: str) -> PromptRow:
    """The title of a page, which belongs to no item of its own."""
    return PromptRow(RowKind.TITLE, (), Item(link_id="", kind=Kind.DISPLAY, text=words))


def shape_of(state: ItemState) -> tuple[bool, tuple[Path, ...]]:
    """What the list of rows depends on in a state."""
    return (state.shown, state.children)


def _is_repeat(item: Item) -> bool:
    return item.kind is Kind.GROUP and item.repeats


def _row(kind: RowKind, state: ItemState, place: _Place, number: int = 0) -> PromptRow:
    # What stands after the repeats belongs to all of them, so that it stays itself when one comes or goes.
    path = (*state.path[:-1], (state.item.link_id, 0)) if kind in (RowKind.ADD, RowKind.REMOVED) else state.path
    return PromptRow(kind, path, state.item, place.depth, place.level, place.grounds, number)
