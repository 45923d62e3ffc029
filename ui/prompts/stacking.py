"""Where the rows of a page stand: tops, left edges and widths from heights, and the cards painted below them. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ui.prompts.rows import Ground, PromptRow, RowKind
from ui.tokens import Space

_INDENT, _PAD = int(Space.XL), int(Space.L)
_BEFORE = {RowKind.HEADING: int(Space.XL), RowKind.ADD: int(Space.S), RowKind.REMOVED: int(Space.S)}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one row stands."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(slots=True)
class Stack:
    """All spots with the cards' own; ``height`` is the whole."""

    spots: list[Spot] = field(default_factory=list)
    cards: list[tuple[Ground, Spot]] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)
    height: int = 0

    def at(self, y: int) -> int:
        """The number of the row that stands at or just below a height; the last one below the end."""
        return min(max(0, bisect_right(self.tops, y) - 1), max(0, len(self.spots) - 1))

    def between(self, top: int, bottom: int) -> range:
        """The numbers of the rows that touch a stretch."""
        if not self.spots:
            return range(0)
        return range(self.at(top), self.at(bottom) + 1)


def width_of(row: PromptRow, width: int) -> int:
    """How wide a row is on a page of this width."""
    return max(80, width - row.depth * _INDENT - 2 * len(row.grounds) * _PAD)


def stack(rows: Sequence[PromptRow], heights: Sequence[int], *, width: int, margin: int) -> Stack:
    """Put rows one under another."""
    made = Stack()
    begun: list[tuple[Ground, int]] = []
    y = margin
    for number, row in enumerate(rows):
        before = rows[number - 1].grounds if number else ()
        y = _close(made, begun, row.grounds, (y, width, margin))
        y += _gap(row, number, joins=bool(row.grounds) and row.grounds == before)
        for ground in row.grounds[len(begun) :]:
            begun.append((ground, y))
            y += _PAD
        left = margin + row.depth * _INDENT + len(row.grounds) * _PAD
        made.tops.append(y)
        made.spots.append(Spot(left, y, width_of(row, width), heights[number]))
        y += heights[number]
    y = _close(made, begun, (), (y, width, margin))
    made.height = y + margin
    return made


def _gap(row: PromptRow, number: int, *, joins: bool) -> int:
    if not number:
        return 0
    return int(Space.M) if joins and row.kind is not RowKind.HEADING else _BEFORE.get(row.kind, _PAD)


def _close(made: Stack, begun: list[tuple[Ground, int]], grounds: tuple[Ground, ...], at: tuple[int, int, int]) -> int:
    """End the cards that the next row does not lie on; gives the height below them."""
    y, width, margin = at
    while begun and begun[-1][0] not in grounds:
        ground, top = begun.pop()
        y += _PAD
        inset = len(begun) * _PAD
        made.cards.append((ground, Spot(margin + inset, top, width - 2 * inset, y - top)))
    return y
