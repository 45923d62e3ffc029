"""Files that are opened by words: a team's key, and what a further laptop of a person begins with."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from homevisit.domain.canonical import JsonObject, canonical
from homevisit.errors import HomeVisitError
from homevisit.storage.keys import NONCE_BYTES, SALT_BYTES, Cost, Passphrase, calibrated, cost_of, stretched

VERSION = 1
LARGEST = 64 * 1024 * 1024


class Held(StrEnum):
    """What such a file is; one is never taken for the other."""

    TEAM_KEY = "homevisit team key"
    SECOND_LAPTOP = "homevisit second laptop"


def seal_under_words(plain: JsonObject, words: str, held: Held, *, cost: Cost | None = None) -> bytes:
    """The file. None measures this machine for the cost of one guess."""
    chosen = cost or calibrated()
    chosen.check_for_writing()
    salt, nonce, kdf = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES), chosen.to_json()
    key = stretched(Passphrase(words).secret(), salt, chosen)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, canonical(plain), _bound(held, kdf))
    whole = {
        "format": held.value,
        "kdf": kdf,
        "nonce": nonce.hex(),
        "salt": salt.hex(),
        "sealed": base64.b64encode(sealed).decode("ascii"),
        "version": VERSION,
    }
    return canonical(whole)


def open_under_words(data: bytes, words: str, held: Held) -> JsonObject:
    """What the file holds: ``words.wrong`` for other words, ``words.malformed`` or ``words.newer`` for the file."""
    whole = _whole(data, held)
    try:
        kdf, salt, nonce = whole["kdf"], bytes.fromhex(str(whole["salt"])), bytes.fromhex(str(whole["nonce"]))
        sealed = base64.b64decode(str(whole["sealed"]), validate=True)
    except (KeyError, ValueError, binascii.Error):
        raise HomeVisitError("words.malformed") from None
    if not isinstance(kdf, dict) or (len(salt), len(nonce)) != (SALT_BYTES, NONCE_BYTES):
        raise HomeVisitError("words.malformed")
    key = stretched(Passphrase(words).secret(), salt, cost_of(kdf))
    try:
        plain = ChaCha20Poly1305(key).decrypt(nonce, sealed, _bound(held, kdf))
    except InvalidTag:
        raise HomeVisitError("words.wrong") from None
    found: JsonObject = json.loads(plain)  # whoever sealed it had the words: this is our own writing
    return found


def _whole(data: bytes, held: Held) -> JsonObject:
    try:
        whole = json.loads(data) if len(data) <= LARGEST else None
    except (ValueError, RecursionError):
        whole = None
    if not isinstance(whole, dict) or whole.get("format") != held.value:
        raise HomeVisitError("words.malformed")
    version = whole.get("version")
    if isinstance(version, int) and version > VERSION:
        raise HomeVisitError("words.newer")
    return whole


def _bound(held: Held, kdf: JsonObject) -> bytes:
    return canonical({"format": held.value, "kdf": kdf, "version": VERSION})
