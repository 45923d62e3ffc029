"""The pages of a visit as the desk registers them."""

from __future__ import annotations

from homevisit.domain.card import Desk
from ui.pages import PageSpec
from ui.presenters.finish import FinishPresenter
from ui.presenters.over_time import OverTimePresenter
from ui.presenters.recovery import RecoveryPresenter
from ui.presenters.signed_visit import SignedVisitPresenter
from ui.presenters.visit import VisitPresenter
from ui.shell import Shell
from ui.views.finish import FinishPage
from ui.views.over_time import OverTimePage
from ui.views.recovery import RecoveryPage
from ui.views.signed_visit import SignedVisitPage
from ui.views.visit import VisitPage

PRACTITIONER = frozenset({Desk.PRACTITIONER})


def visit_specs() -> tuple[PageSpec, ...]:
    """Writing, finishing, reading and recovering a visit."""
    return (
        PageSpec(name="visit", make=_visit, in_home=True, desks=PRACTITIONER),
        PageSpec(name="finish", make=_finish, in_home=True, desks=PRACTITIONER),
        PageSpec(name="signed", make=_signed, in_home=True),
        PageSpec(name="over-time", make=_over_time, in_home=True),
        PageSpec(name="recovery", make=_recovery, in_home=True, desks=PRACTITIONER),
    )


def _visit(shell: Shell) -> VisitPage:
    return VisitPage(shell, VisitPresenter(shell.services, shell.bridge, shell.clock))


def _finish(shell: Shell) -> FinishPage:
    return FinishPage(shell, FinishPresenter(shell.services, shell.bridge))


def _signed(shell: Shell) -> SignedVisitPage:
    return SignedVisitPage(shell, SignedVisitPresenter(shell.services, shell.bridge))


def _recovery(shell: Shell) -> RecoveryPage:
    return RecoveryPage(shell, RecoveryPresenter(shell.services, shell.bridge))


def _over_time(shell: Shell) -> OverTimePage:
    return OverTimePage(shell, OverTimePresenter(shell))
