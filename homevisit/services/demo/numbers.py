"""NHS numbers for people who do not exist: they begin with 999, which is kept for tests, and their check digit fits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count


def fictional_numbers(start: int = 1) -> Iterator[str]:
    """Ten-digit numbers from 999 upwards; those without a check digit are left out, as they are in life."""
    for serial in count(start):
        digits = f"999{serial * 7919 % 1_000_000:06d}"
        check = (
            11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        ) % 11
        if check != 10:
            yield f"{digits}{check}"
