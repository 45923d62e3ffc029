"""Random identifiers: UUIDs for records (they become FHIR ids), opaque names for files that leave."""

from __future__ import annotations

import re
import secrets
import uuid

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
PACKAGE_NAME = re.compile(r"[0-9a-z]{26}\.age")


def new_id() -> str:
    """A random UUID in its canonical lower-case form."""
    return str(uuid.uuid4())


def new_package_name() -> str:
    """A random file name of 26 characters (134 bits) that says nothing about what is inside."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(26)) + ".age"
