"""One program at a time on one home: an advisory lock that the system drops when the process ends or is replaced."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from homevisit.errors import HomeVisitError
from homevisit.storage.driver import translated
from homevisit.storage.files import PRIVATE_FILE


class HomeLock:
    """Held from opening a store to closing it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """``store.in_use`` if another window or command has the home open."""
        with translated():
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        if not _locked(descriptor):
            os.close(descriptor)
            raise HomeVisitError("store.in_use")
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the home go; closing the descriptor drops the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _locked(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
