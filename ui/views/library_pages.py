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
    """The prompt sets whose title has these words, and the library by its other name; none in in-home view."""
    wanted = words.casefold().split()
    if not wanted or shell.privacy.in_home:
        return []
    library = tr("rail", "Library")
    hits = [
        GoToHit(page="library", arg=each.canonical, title=each.title, subtitle=library, icon="library")
        for each in shell.services.library.sets
        if all(word in each.title.casefold() for word in wanted)
    ]
    sources = tr("rail", "Sources and licences")
    if all(word in sources.casefold() for word in wanted):
        hits.insert(0, GoToHit(page="library", arg="", title=sources, subtitle=library, icon="library"))
    return hits[:MOST_HITS]


def _library(shell: Shell) -> LibraryPage:
    return LibraryPage(LibraryPresenter(shell), now=shell.clock.now, privacy=shell.privacy)
