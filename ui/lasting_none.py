"""Keeps None alive under Python 3.11: PySide6 6.12 gives back a None that it never took a reference to.

Measured with 6.12.0 on CPython 3.11.7: every Qt call that returns nothing takes one reference from None, so a window
that lives long enough ends in "Fatal Python error: none_dealloc". From 3.12 on None cannot be used up.
"""

from __future__ import annotations

import ctypes
import sys

ENOUGH = 1 << 60


def keep_none() -> None:
    """Give None more references than any program can lose; once is enough, and more does no harm."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    if sys.getrefcount(None) < ENOUGH:
        ctypes.c_ssize_t.from_address(id(None)).value += ENOUGH
