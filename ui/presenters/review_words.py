"""What the review desk says after something was done."""

from __future__ import annotations

from ui.notices import Notice
from ui.tokens import Tone
from ui.words import tr

ROOM = "review"
SIGNED, REMOVED, CARRIED = "signed", "removed", "carried"


def notice_words(what: str, *, action: str = "") -> Notice:
    """One of the announcements of this desk."""
    return {
        SIGNED: Notice(
            sentence=tr(ROOM, "The review is signed."),
            next_step=tr(ROOM, "It waits in Send & receive for the person who recorded the visit."),
            tone=Tone.GOOD,
            action=action,
            action_label=tr(ROOM, "Send it"),
        ),
        REMOVED: Notice(
            sentence=tr(ROOM, "The comment was taken out."),
            tone=Tone.NEUTRAL,
            action=action,
            action_label=tr(ROOM, "Put it back"),
        ),
        CARRIED: Notice(
            sentence=tr(ROOM, "This visit was amended after you began to write."),
            next_step=tr(ROOM, "Your comments were kept. Check that each still stands on its passage."),
            tone=Tone.WAITING,
        ),
    }[what]


def conflict_notice() -> Notice:
    """Two versions of the visit stand side by side."""
    return Notice(
        sentence=tr(ROOM, "Two versions of this visit were signed without seeing each other."),
        next_step=tr(ROOM, "Read both under History. Sending it back asks its author to settle them."),
        tone=Tone.WAITING,
    )
