"""The age key pair of a device: packages for a person are sealed to its public half."""

from __future__ import annotations

import pyrage


def new_age_keys() -> tuple[str, str]:
    """A random X25519 pair as (``AGE-SECRET-KEY-1…``, ``age1…``)."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())
