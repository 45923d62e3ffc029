"""Puts the screens on the desk: one list of pages, plain constructors, nothing looked up by name."""

from __future__ import annotations

from collections.abc import Iterable

from homevisit.domain.card import Desk
from homevisit.domain.summaries import FamilyRow
from ui.desk import DeskView
from ui.pages import PageSpec
from ui.preferences import Preferences
from ui.shell import GoToHit, Shell
from ui.views.desk_pages import desk_specs, search_spec, settings_spec
from ui.views.exchange_pages import exchange_specs, review_specs
from ui.views.library_pages import library_spec, sets_like
from ui.views.recovery import announce_recovered
from ui.views.visit_pages import visit_specs


def empty_desk(shell: Shell, preferences: Preferences) -> DeskView:
    """The desk with every screen that this person has. It asks nothing of a store: one need not be open yet."""
    desk = DeskView(shell, page_specs(preferences))
    shell.finders.append(lambda words: sets_like(shell, words))
    if shell.desk is Desk.PRACTITIONER:
        shell.finders.insert(0, lambda words: _families_like(shell.services.families.list(words)))
    return desk


def announce(shell: Shell) -> None:
    """Look once for what has to be said first, now that the store is open."""
    if shell.desk is Desk.PRACTITIONER:
        announce_recovered(shell)


def page_specs(preferences: Preferences) -> tuple[PageSpec, ...]:
    """Every page, in the order of the rail; the first is where one starts."""
    return (
        *review_specs(),
        *desk_specs(preferences),
        *exchange_specs(preferences),
        *visit_specs(),
        library_spec(),
        search_spec(),
        settings_spec(preferences),
    )


def _families_like(found: Iterable[FamilyRow]) -> list[GoToHit]:
    return [GoToHit(page="family", arg=row.id, title=row.name, subtitle=row.address) for row in found]
