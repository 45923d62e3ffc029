"""Where a person is and was: the history behind Alt+Left, without Qt."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 50
PASSING = "!"
"""What follows in an argument is a wish that was granted on arrival: it is not a place to come back to."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what it shows; ``arg`` is a record id or "". It is safe to put on a command line: no names.

    ``in_home`` is the family in whose home the screen was locked: in-home view is on again when one comes back.
    """

    page: str
    arg: str = ""
    in_home: str = ""

    def to_text(self) -> str:
        return "/".join((self.page, self.arg, self.in_home)).rstrip("/")

    @staticmethod
    def from_text(text: str) -> Place | None:
        """The place a text names, None where it could not have come from :meth:`to_text`."""
        page, arg, in_home, *more = (*text.split("/"), "", "")
        safe = all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in page + arg + in_home)
        return Place(page, arg, in_home) if page and safe and not any(more) else None


def lasting(arg: str) -> str:
    """An argument without its passing wish."""
    return arg.partition(PASSING)[0]


class History:
    """Places in the order they were gone to; going somewhere new forgets what was ahead."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    @property
    def here(self) -> Place | None:
        return self._places[-1] if self._places else None

    @property
    def can_go_back(self) -> bool:
        return len(self._places) > 1

    def go(self, place: Place) -> bool:
        """Note a new place; False where the person is there already."""
        if place == self.here:
            return False
        self._places = [*self._places, place][-LONGEST:]
        return True

    def back(self) -> Place | None:
        """Step back; the place to show now, None at the beginning."""
        if not self.can_go_back:
            return None
        self._places.pop()
        return self.here

    def forget(self) -> None:
        """Keep only the present place: what was visited before must not be reachable (in-home view)."""
        self._places = self._places[-1:]
