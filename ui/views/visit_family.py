"""A page learns whose visit it shows only once it has been read; the desk is told then, for in-home view."""

from __future__ import annotations

from homevisit.changes import Changes
from ui.shell import Shell


class FamilyNews:
    """Tells the desk once for each family that a page turns to."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._told = ""

    def show(self, family: str) -> None:
        """The page shows this family now."""
        if family != self._told:
            self._told = family
            self._shell.tell(Changes.NOTHING)
