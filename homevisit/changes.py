"""What a write touched, so that a screen refreshes only if it cares."""

from __future__ import annotations

from enum import Flag, auto


class Changes(Flag):
    """Kinds of things that a service call changed."""

    NOTHING = 0
    FAMILIES = auto()
    VISITS = auto()
    DRAFTS = auto()
    REVIEWS = auto()
    OUTBOX = auto()
    INBOX = auto()
    CARDS = auto()
    SETTINGS = auto()
    LIBRARY = auto()
    PLACES = auto()
