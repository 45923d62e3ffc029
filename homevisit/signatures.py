"""Ed25519 signatures: the one primitive that both the store (sign, check) and the exchange (verify) need."""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_signing_key() -> bytes:
    """A random Ed25519 private key, 32 raw bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(private: bytes) -> str:
    """The public key of a private one, as 64 hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()


def sign(private: bytes, message: bytes) -> bytes:
    """The 64-byte signature of a message."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def verify(public_hex: str, signature: bytes, message: bytes) -> bool:
    """Whether the signature is right; a malformed key or signature is simply not right."""
    try:
        _public(public_hex).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def _public(public_hex: str) -> Ed25519PublicKey:
    """A key is read once for the thousands of signatures that one device makes."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex))
