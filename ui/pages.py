"""What a screen is to the desk: a widget with a few doors, made when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from homevisit.changes import Changes
from homevisit.domain.card import Desk

if TYPE_CHECKING:
    from ui.shell import Shell

BOTH_DESKS = frozenset(Desk)


class Page(QWidget):
    """Base of every screen behind the rail. Override what the screen needs; all of it may do nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def arrive(self, arg: str) -> None:
        """The page is about to be shown for ``arg`` (a record id or ""); it may have been shown for another before."""

    def depart(self) -> None:
        """The page is about to be left: hand pending drafts to the bridge. Nothing waits for it."""

    def refresh(self, changes: Changes) -> None:
        """Something was written; reload if ``changes`` concerns this page. Called only on the page that is shown."""

    def family(self) -> str:
        """The id of the one family on this page, "" where there are several or none."""
        return ""

    def showing(self) -> str:
        """The id of what a page that goes from record to record by itself has come to; "" where ``arg`` says it."""
        return ""

    def find_here(self) -> None:
        """Ctrl+F: put the cursor where one finds things on this page."""

    def save_asked(self) -> bool:
        """Ctrl+S: whether the page took it for something of its own. There is never anything to save by hand."""
        return False

    def rehearse(self) -> None:
        """Before a store is open and unseen: fill in letters that mean nothing, so that all is drawn once."""

    def clear(self) -> None:
        """Take away what :meth:`rehearse` filled in."""

    def panes(self) -> Sequence[QWidget]:
        """What F6 goes round, in reading order; the first one gets the focus on arrival."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """How a page is registered. ``title`` and ``icon`` are for the rail; ``in_home`` pages obey the privacy state and

    may be shown in in-home view. ``below`` names the place of the rail that a page always belongs to.
    """

    name: str
    make: Callable[[Shell], Page]
    title: str = ""
    icon: str = ""
    in_rail: bool = False
    in_home: bool = False
    below: str = ""
    desks: frozenset[Desk] = field(default=BOTH_DESKS)
