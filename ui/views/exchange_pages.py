"""The pages of sending, receiving and reviewing as the desk registers them."""

from __future__ import annotations

from homevisit.domain.card import Desk
from ui.pages import PageSpec
from ui.presenters.cards import CardsPresenter
from ui.presenters.exchange import ExchangePresenter
from ui.presenters.review import ReviewPresenter
from ui.shell import Shell
from ui.views.exchange import ExchangePage
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


def exchange_specs() -> tuple[PageSpec, ...]:
    """Send & receive, on both desks. It names many families, so it is not shown in in-home view."""
    return (
        PageSpec(
            name="exchange",
            make=_exchange,
            title=tr("rail", "Send & receive"),
            icon="arrow-up-down",
            in_rail=True,
        ),
    )


def _review(shell: Shell) -> ReviewPage:
    return ReviewPage(shell, ReviewPresenter(shell))


def _exchange(shell: Shell) -> ExchangePage:
    return ExchangePage(ExchangePresenter(shell), CardsPresenter(shell))
