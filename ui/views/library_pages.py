"""The Library as the desk registers it, and its sets among the places of Ctrl+K."""

from __future__ import annotations

from ui.pages import PageSpec
from ui.presenters.library import LibraryPresenter
from ui.shell import GoToHit, Shell
from ui.views.library import LibraryPage
from ui.words import tr

MOST_HITS = 6


def library_spec() -> PageSpec:
    """On both desks. It may name sensitive sets, so it is not shown in in-home view."""
    return PageSpec(name="library", make=_library, title=tr("rail", "Library"), icon="library", in_rail=True)


def sets_like(shell: Shell, words: str) -> list[GoToHit]:
    """The prompt sets whose title has these words; none while a family may look at the screen."""
    wanted = words.casefold().split()
    if not wanted or shell.privacy.in_home:
        return []
    found = (each for each in shell.services.library.sets if all(word in each.title.casefold() for word in wanted))
    subtitle = tr("rail", "Library")
    hits = (
        GoToHit(page="library", arg=each.canonical, title=each.title, subtitle=subtitle, icon="library")
        for each in found
    )
    return list(hits)[:MOST_HITS]


def _library(shell: Shell) -> LibraryPage:
    return LibraryPage(LibraryPresenter(shell), now=shell.clock.now, privacy=shell.privacy)
