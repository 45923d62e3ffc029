"""Padmé: a package's size is rounded up so that it tells little about what is inside (at most 12 % is added)."""

from __future__ import annotations


def padded_length(length: int) -> int:
    """The length to pad to (Nikitin et al. 2019)."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    last_bits = exponent - exponent.bit_length()
    mask = (1 << last_bits) - 1
    return (length + mask) & ~mask


def pad(data: bytes) -> bytes:
    """The data with zero bytes after it."""
    return data + bytes(padded_length(len(data)) - len(data))
