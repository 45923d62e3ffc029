"""The pages of sending, receiving and reviewing as the desk registers them."""

from __future__ import annotations

from homevisit.domain.card import Desk
from ui.pages import PageSpec
from ui.preferences import Preferences
from ui.presenters.review import ReviewPresenter
from ui.shell import Shell
from ui.views.exchange import ExchangePage, Presenters
from ui.views.review import ReviewPage
from ui.words import tr

SUPERVISOR = frozenset({Desk.SUPERVISOR})


def review_specs() -> tuple[PageSpec, ...]:
    """The supervisor's reading; the first page of that desk."""
    return (
        PageSpec(
            name="review",
            make=_review,
            title=tr("rail", "Review"),
            icon="clipboard-check",
            in_rail=True,
            desks=SUPERVISOR,
        ),
    )


def exchange_specs(preferences: Preferences) -> tuple[PageSpec, ...]:
    """Send & receive, on both desks. It names many families, so it is not shown in in-home view."""
    return (
        PageSpec(
            name="exchange",
            make=lambda shell: ExchangePage(shell, Presenters.of(shell), preferences=preferences),
            title=tr("rail", "Send & receive"),
            icon="arrow-up-down",
            in_rail=True,
        ),
    )


def _review(shell: Shell) -> ReviewPage:
    return ReviewPage(shell, ReviewPresenter(shell))
