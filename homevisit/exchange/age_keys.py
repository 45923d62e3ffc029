"""A new device's sealing keys: the one place that makes them."""

from __future__ import annotations

import pyrage


def new_age_keys() -> tuple[str, str]:
    """A random age identity (secret) and its ``age1…`` recipient (public)."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())
