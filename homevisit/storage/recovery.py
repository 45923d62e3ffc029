"""The printed recovery code: 160 random bits and a checksum, in groups of four that are easy to retype."""

from __future__ import annotations

import hashlib
import secrets

from homevisit.errors import HomeVisitError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
SECRET_BYTES = 20
CHECK_BITS = 20
SYMBOLS = (SECRET_BYTES * 8 + CHECK_BITS) // 5
GROUP = 4
CHECK_CONTEXT = b"homevisit recovery code v1\x00"
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": "", "\u2013": "", "\n": "", "\r": "", "\t": ""})


def new_secret() -> bytes:
    """160 random bits."""
    return secrets.token_bytes(SECRET_BYTES)


def code_of(secret: bytes) -> str:
    """The secret and its checksum as nine groups of four, ``XXXX-XXXX-…``."""
    number = int.from_bytes(secret) << CHECK_BITS | _check(secret)
    symbols = "".join(ALPHABET[number >> shift & 31] for shift in range((SYMBOLS - 1) * 5, -1, -5))
    return "-".join(symbols[start : start + GROUP] for start in range(0, SYMBOLS, GROUP))


def secret_of(code: str) -> bytes:
    """The secret in a code as a person types it; ``store.recovery_code_mistyped`` if the checksum does not fit."""
    symbols = code.upper().translate(READ_AS)
    if len(symbols) != SYMBOLS or any(symbol not in ALPHABET for symbol in symbols):
        raise HomeVisitError("store.recovery_code_mistyped")
    number = 0
    for symbol in symbols:
        number = number << 5 | ALPHABET.index(symbol)
    secret = (number >> CHECK_BITS).to_bytes(SECRET_BYTES)
    if _check(secret) != number & (1 << CHECK_BITS) - 1:
        raise HomeVisitError("store.recovery_code_mistyped")
    return secret


def _check(secret: bytes) -> int:
    return int.from_bytes(hashlib.sha256(CHECK_CONTEXT + secret).digest()[:3]) >> (24 - CHECK_BITS)
