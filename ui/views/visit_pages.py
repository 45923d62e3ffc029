"""The pages of a visit as the desk registers them."""

from __future__ import annotations

from homevisit.domain.card import Desk
from ui.pages import PageSpec
from ui.presenters.visit import VisitPresenter
from ui.shell import Shell
from ui.views.visit import VisitPage

PRACTITIONER = frozenset({Desk.PRACTITIONER})


def visit_page(shell: Shell) -> VisitPage:
    """A visit while it is being written."""
    return VisitPage(shell, VisitPresenter(shell.services, shell.bridge, shell.clock))


def visit_specs() -> tuple[PageSpec, ...]:
    """Every page of a visit."""
    return (PageSpec(name="visit", make=visit_page, in_home=True, desks=PRACTITIONER),)
