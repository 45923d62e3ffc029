"""Keeps None, True and False alive under Python 3.11: PySide6 6.12 gives them back without having taken them.

Measured with 6.12.0 on CPython 3.11.7: every Qt call that returns nothing takes one reference from None, every
``Signal.emit`` one from True. A fresh process has about 6,400 and 600 of them, so a window that lives long enough ends
in "Fatal Python error: none_dealloc" or "bool_dealloc". 6.11.3 does not do it; from Python 3.12 on they cannot be
used up.
"""

from __future__ import annotations

import ctypes
import sys

ENOUGH = 1 << 60


def keep_none() -> None:
    """Give all three more references than any program can lose; once is enough, and more does no harm."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    for value in (None, True, False):
        if sys.getrefcount(value) < ENOUGH:
            ctypes.c_ssize_t.from_address(id(value)).value += ENOUGH
