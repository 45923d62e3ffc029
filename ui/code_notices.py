"""What the desk says where a code opened the laptop, or the organisation is to hold one."""

from __future__ import annotations

from ui.notices import Notice
from ui.settings_places import ACTION, PASSPHRASE, TEAM
from ui.tokens import Tone
from ui.words import tr


def opened_by_code(by_organisation: bool) -> Notice:
    """The passphrase is forgotten: a new one is set now, and no old one is asked for."""
    return Notice(
        sentence=tr("desk", "You opened this laptop with the code that your organisation read out. It is used up.")
        if by_organisation
        else tr("desk", "You opened this laptop with a recovery code."),
        next_step=tr(
            "desk", "Choose a new passphrase now: without one you need a code again. The old one is not asked for."
        ),
        tone=Tone.WAITING,
        action=ACTION + PASSPHRASE,
        action_label=tr("desk", "Choose a passphrase"),
        kept=True,
    )


def escrow_untold() -> Notice:
    """The team file came with a package and asks for something that has to be read about first."""
    return Notice(
        sentence=tr("desk", "Your team file asks that your organisation holds a key to this laptop’s records."),
        next_step=tr("desk", "Read in Settings under Team what that means. Nothing is made before you have."),
        tone=Tone.WAITING,
        action=ACTION + TEAM,
        action_label=tr("desk", "Read about it"),
        kept=True,
    )


def handing_needs_passphrase() -> Notice:
    """Only a passphrase takes a screen back that was handed to somebody, and nobody knows one."""
    return Notice(
        sentence=tr("desk", "The screen can be handed over once you have a new passphrase: only it takes it back."),
        tone=Tone.WAITING,
        action=ACTION + PASSPHRASE,
        action_label=tr("desk", "Choose a passphrase"),
    )
