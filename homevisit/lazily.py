"""A list of thousands of which a dozen are shown: what was read is kept as it was, an item is made when looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

from typing_extensions import override

Item = TypeVar("Item")
Source = TypeVar("Source")


class Lazily(Sequence[Item], Generic[Item]):
    """Never changes; is equal to itself only, because comparing would make every item."""

    def __init__(self, sources: Sequence[Source], make: Callable[[Source], Item]) -> None:
        self._count = len(sources)
        self._at: Callable[[int], Item] = lambda place: make(sources[place])

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...

    @override
    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(place, slice):
            return tuple(self._at(each) for each in range(*place.indices(self._count)))
        return self._at(place)
