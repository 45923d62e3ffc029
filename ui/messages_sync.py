"""What can be said of sending and receiving by itself."""

from __future__ import annotations

SYNC: dict[str, tuple[str, str]] = {
    "place.vanished": (
        "A package that was put there has gone from it again.",
        "Homevisit puts it there once more; if that happens often, ask who else clears up at that place.",
    ),
    "sync.expired": (
        "Nobody fetched this package while it may stay at the place.",
        "What is inside is packed anew; ask the recipient to send and receive.",
    ),
    "sync.nobody": (
        "There is nobody to send this to.",
        "Add your supervisor’s card, or open the team file.",
    ),
    "sync.no_place": (
        "There is no place to send through.",
        "Add a place in Send & receive, or put a package into a folder by hand.",
    ),
    "sync.not_kept": (
        "This package is no longer kept here, and nobody is known to have it.",
        "What is inside is packed anew by itself; its number is not used again.",
    ),
    "sync.overtaken": (
        "Later packages were acknowledged, and this one was not.",
        "What is inside is packed anew by itself; if that happens often, ask whoever looks after the place.",
    ),
    "sync.running": (
        "Homevisit is sending and receiving already.",
        "Wait for it to finish, or break it off and start again.",
    ),
}
"""code → (sentence, next step)."""
