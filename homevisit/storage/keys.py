"""Wrapping the random data key: slots for a passphrase (Argon2id), and for two codes (HKDF): the printed recovery code,
and an escrow code that nobody here ever sees.

Each slot has its own random salt, so its wrapping key is used once; a random 96-bit nonce of ChaCha20-Poly1305 is
therefore enough (XChaCha20 is not in the crypto library).
"""

from __future__ import annotations

import secrets
import time
import unicodedata
from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from homevisit.domain.canonical import JsonObject, canonical
from homevisit.errors import HomeVisitError
from homevisit.storage.recovery import secret_of

KEY_BYTES = 32
SALT_BYTES = 32
NONCE_BYTES = 12
PASSPHRASE, RECOVERY, ESCROW = "passphrase", "recovery", "escrow"
CODED: JsonObject = {"name": "hkdf-sha256"}
CODE_PURPOSES = {RECOVERY: b"homevisit recovery slot v1", ESCROW: b"homevisit escrow slot v1"}
FLOOR_KIB = 64 * 1024
CEILING_KIB = 256 * 1024
LARGEST_KIB = 1024 * 1024
MOST_ITERATIONS = 10
MOST_LANES = 16
UNLOCK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Passphrase:
    """What the person types; the same text in any keyboard's composition of accents."""

    text: str = field(repr=False)

    def secret(self) -> bytes:
        return unicodedata.normalize("NFKC", self.text).encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The printed code as it was typed."""

    text: str = field(repr=False)

    def secret(self) -> bytes:
        return secret_of(self.text)


Secret = Passphrase | RecoveryCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess of a passphrase costs. ``allow_weak`` is for tests and throw-away stores, never for a person's."""

    memory_kib: int = FLOOR_KIB
    iterations: int = 3
    lanes: int = 4
    allow_weak: bool = False

    def check_for_writing(self) -> None:
        """A slot is never made weaker than the floor unless that was asked for."""
        if self.memory_kib < FLOOR_KIB and not self.allow_weak:
            raise ValueError("the cost is below the floor")
        self.check_for_reading()

    def check_for_reading(self) -> None:
        """A file cannot make this program use a gigabyte and more, or minutes: ``store.key_cost``."""
        bounded = 8 * self.lanes <= self.memory_kib <= LARGEST_KIB
        if not (bounded and 1 <= self.iterations <= MOST_ITERATIONS and 1 <= self.lanes <= MOST_LANES):
            raise HomeVisitError("store.key_cost")

    def to_json(self) -> JsonObject:
        return {
            "iterations": self.iterations,
            "lanes": self.lanes,
            "memory_kib": self.memory_kib,
            "name": "argon2id",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The data key wrapped for one secret.

    An escrow slot keeps its code with it, ``sealed`` (an age file) for the ``recipient`` of the organisation.
    """

    kind: str
    kdf: JsonObject
    salt: bytes
    nonce: bytes
    wrapped: bytes = field(repr=False)
    recipient: str = ""
    sealed: bytes = field(default=b"", repr=False)

    def to_json(self) -> JsonObject:
        escrow = {"recipient": self.recipient, "sealed": self.sealed.hex()} if self.kind == ESCROW else {}
        return {
            **escrow,
            "kdf": self.kdf,
            "nonce": self.nonce.hex(),
            "salt": self.salt.hex(),
            "type": self.kind,
            "wrapped": self.wrapped.hex(),
        }


def calibrated() -> Cost:
    """The cost that keeps one unlock near a second on this machine, between 64 and 256 MiB."""
    floor = Cost()
    before = time.perf_counter()
    stretched(b"calibration", bytes(SALT_BYTES), floor)
    seconds = max(time.perf_counter() - before, 0.001)
    steps = int(UNLOCK_SECONDS * 0.9 / seconds)
    return Cost(memory_kib=min(CEILING_KIB, FLOOR_KIB * max(1, steps)))


def seal_slot(data_key: bytes, secret: Secret, vault: str, cost: Cost | None = None) -> Slot:
    """Wrap the data key for a passphrase or a recovery code."""
    if isinstance(secret, RecoveryCode):
        return _coded(_empty(RECOVERY, CODED), secret, data_key, vault)
    chosen = cost or calibrated()
    chosen.check_for_writing()
    slot = _empty(PASSPHRASE, chosen.to_json())
    return _filled(slot, stretched(secret.secret(), slot.salt, chosen), data_key, vault)


def seal_escrow_slot(data_key: bytes, code: RecoveryCode, vault: str, *, recipient: str, sealed: bytes) -> Slot:
    """Wrap the data key for a code that only whoever opens ``sealed`` can read."""
    return replace(_coded(_empty(ESCROW, CODED), code, data_key, vault), recipient=recipient, sealed=sealed)


def open_slot(slot: Slot, secret: Secret, vault: str) -> bytes | None:
    """The data key, or None if this secret does not open this slot."""
    if isinstance(secret, Passphrase):
        if slot.kind != PASSPHRASE:
            return None
        wrapping = stretched(secret.secret(), slot.salt, cost_of(slot.kdf))
    elif slot.kind in CODE_PURPOSES:
        wrapping = _expand(secret.secret(), slot.salt, CODE_PURPOSES[slot.kind])
    else:
        return None
    try:
        return ChaCha20Poly1305(wrapping).decrypt(slot.nonce, slot.wrapped, _bound(vault, slot.kind, slot.kdf))
    except InvalidTag:
        return None


def derived(data_key: bytes, purpose: bytes) -> bytes:
    """A key of its own for each further purpose of the data key."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"homevisit " + purpose).derive(data_key)


def cost_of(kdf: JsonObject) -> Cost:
    """The cost that a file names; ``store.key_cost`` if it is none, or beyond what a file may ask for."""
    names = ("memory_kib", "iterations", "lanes")
    numbers = [kdf.get(name) for name in names]
    if kdf.get("name") != "argon2id" or not all(type(number) is int for number in numbers):
        raise HomeVisitError("store.key_cost")
    memory, iterations, lanes = (int(str(number)) for number in numbers)
    cost = Cost(memory_kib=memory, iterations=iterations, lanes=lanes)
    cost.check_for_reading()
    return cost


def stretched(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """A key of something that a person can remember: Argon2id."""
    return Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(secret)


def _empty(kind: str, kdf: JsonObject) -> Slot:
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    return Slot(kind=kind, kdf=dict(kdf), salt=salt, nonce=nonce, wrapped=b"")


def _coded(slot: Slot, code: RecoveryCode, data_key: bytes, vault: str) -> Slot:
    # 160 random bits need no stretching: nobody guesses them, however quickly each guess is tried.
    return _filled(slot, _expand(code.secret(), slot.salt, CODE_PURPOSES[slot.kind]), data_key, vault)


def _filled(slot: Slot, wrapping: bytes, data_key: bytes, vault: str) -> Slot:
    wrapped = ChaCha20Poly1305(wrapping).encrypt(slot.nonce, data_key, _bound(vault, slot.kind, slot.kdf))
    return replace(slot, wrapped=wrapped)


def _expand(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(secret)


def _bound(vault: str, kind: str, kdf: JsonObject) -> bytes:
    return canonical({"kdf": kdf, "type": kind, "vault": vault})
