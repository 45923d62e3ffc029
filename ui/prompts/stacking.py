"""Where the rows of a page stand, from their heights, and the cards painted below them. No Qt.

What does not depend on heights is worked out once; a changed height costs one pass of additions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add

from ui.prompts.rows import Ground, PromptRow, RowKind
from ui.tokens import Space

_INDENT, _PAD = int(Space.XL), int(Space.L)
_BEFORE = {RowKind.HEADING: int(Space.XL), RowKind.ADD: int(Space.S), RowKind.REMOVED: int(Space.S)}
Edges = tuple[int, int, int, int]
"""Left, top, width and height."""


@dataclass(frozen=True, slots=True)
class Card:
    """A ground under the rows ``first`` to ``last``; ``above`` and ``below`` are how far it reaches beyond them."""

    ground: Ground
    first: int
    last: int
    above: int
    below: int
    inset: int


class Stack:
    """The rows of a page one under another; put heights into ``heights`` and call :meth:`restack`."""

    def __init__(self, rows: Sequence[PromptRow], *, width: int, margin: int) -> None:
        self.margin, self.width = margin, width
        self.lefts = [margin + row.depth * _INDENT + len(row.grounds) * _PAD for row in rows]
        self.widths = [max(80, width - row.depth * _INDENT - 2 * len(row.grounds) * _PAD) for row in rows]
        self.heights = [0] * len(rows)
        self.tops: list[int] = []
        self._before = [_space(rows, number) for number in range(len(rows))]
        self._cards = list(_cards(rows))
        self._after = _PAD * len(rows[-1].grounds) if rows else 0

    @property
    def height(self) -> int:
        """The whole with its margins."""
        return self.tops[-1] + self.heights[-1] + self._after + self.margin if self.tops else 2 * self.margin

    def restack(self) -> None:
        """Work the tops out anew."""
        steps = map(add, self._before, [self.margin, *self.heights[:-1]])
        self.tops = list(accumulate(steps))

    def edges(self, number: int) -> Edges:
        return (self.lefts[number], self.tops[number], self.widths[number], self.heights[number])

    def at(self, y: int) -> int:
        """The number of the row that stands at or just above a height; the last one below the end."""
        return max(0, bisect_right(self.tops, y) - 1)

    def between(self, top: int, bottom: int) -> range:
        """The numbers of the rows that touch a stretch."""
        return range(self.at(top), self.at(bottom) + 1) if self.tops else range(0)

    def cards(self, top: int, bottom: int) -> Iterator[tuple[Ground, Edges]]:
        """The cards that touch a stretch, outer ones first."""
        for card in self._cards:
            upper = self.tops[card.first] - card.above
            lower = self.tops[card.last] + self.heights[card.last] + card.below
            if upper <= bottom and lower >= top:
                yield card.ground, (self.margin + card.inset, upper, self.width - 2 * card.inset, lower - upper)


def _space(rows: Sequence[PromptRow], number: int) -> int:
    """What is free above a row: the edges of cards that end or begin there, and the usual distance."""
    row, before = rows[number], rows[number - 1] if number else None
    if before is None:
        return _PAD * len(row.grounds)
    shared = _shared(before, row)
    edges = len(before.grounds) - shared + len(row.grounds) - shared
    joins = edges == 0 and bool(row.grounds)
    gap = int(Space.M) if joins and row.kind is not RowKind.HEADING else _BEFORE.get(row.kind, _PAD)
    return gap + _PAD * edges


def _shared(first: PromptRow, second: PromptRow) -> int:
    """How many cards two rows both lie on."""
    pairs = zip(first.grounds, second.grounds, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first.grounds), len(second.grounds)))


def _cards(rows: Sequence[PromptRow]) -> list[Card]:
    found: dict[Ground, tuple[int, int, int]] = {}
    for number, row in enumerate(rows):
        for nesting, ground in enumerate(row.grounds):
            first = found[ground][0] if ground in found else number
            found[ground] = (first, number, nesting)
    return [_card(rows, ground, *span) for ground, span in sorted(found.items(), key=lambda each: each[1][2])]


def _card(rows: Sequence[PromptRow], ground: Ground, first: int, last: int, nesting: int) -> Card:
    opened = len(rows[first].grounds) - nesting
    closed = len(rows[last].grounds) - nesting
    return Card(ground, first, last, _PAD * opened, _PAD * closed, _PAD * nesting)
