"""Thousands of rows of which a dozen are seen: known by their ids and headings, each put into words when painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, overload

from typing_extensions import override

if TYPE_CHECKING:
    from ui.widgets.rows import Row


class LongRows(Sequence["Row"]):
    """Rows of two lines under headings of one. Never changes."""

    def __init__(self, ids: Sequence[str], headings: frozenset[int], row_at: Callable[[int], Row]) -> None:
        self._ids = ids
        self._headings = headings
        self._row_at = row_at

    def place_of(self, row_id: str) -> int:
        """Where the row with this id stands, -1 where there is none."""
        return self._ids.index(row_id) if row_id in self._ids else -1

    def is_heading(self, place: int) -> bool:
        return place in self._headings

    @override
    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    @override
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(place, slice):
            return tuple(self._row_at(each) for each in range(*place.indices(len(self))))
        return self._row_at(place)
