"""What the process itself gives away: no core dumps, no peeking by other programs of the same user, private files."""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """Call once, before anything is read. What the system does not offer is left out."""
    os.umask(0o077)
    if sys.platform != "win32":
        _no_core_file()
    if sys.platform == "linux":
        _not_dumpable()


def _no_core_file() -> None:
    import resource  # noqa: PLC0415 - not there on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _not_dumpable() -> None:
    """Also closes /proc/<pid>/mem to other processes of the same user."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
