"""Ed25519 signatures: the one primitive that both the store (sign, check) and the exchange (verify) need."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SIGNATURE_BYTES = 64


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
    """Whether the signature is right; a malformed key or signature is simply not right.

    By libsodium everywhere: it takes half the time of OpenSSL, and two libraries need not agree about the odd
    signatures that somebody could make on purpose (RFC 8032 leaves open whether keys of small order count).
    """
    from nacl.bindings import crypto_sign_open
    from nacl.exceptions import CryptoError

    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        crypto_sign_open(signature + message, bytes.fromhex(public_hex))
    except (CryptoError, ValueError):
        return False
    return True
