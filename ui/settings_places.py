"""The cards of Settings that somebody can be sent to, by the argument of the page."""

from __future__ import annotations

from ui.navigation import PASSING

PASSPHRASE, RECOVERY, TEAM = "passphrase", "recovery", "team"
ACTION = "settings."
"""Before the name of a card: what the button of a notice is called that leads there."""


def settings_arg(card: str) -> str:
    """The argument that shows a card on arrival."""
    return f"{PASSING}{card}"


def settings_place(arg: str) -> str:
    """The card that an argument names, "" for none."""
    return arg.partition(PASSING)[2]
