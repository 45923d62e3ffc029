"""Small disks of their own for tests: filled up, made read-only. Needs the right to mount; otherwise skips."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SIZE = "6m"
BALLAST = "ballast"


@dataclass(frozen=True, slots=True)
class Disk:
    """A mounted file system in memory."""

    root: Path

    def fill(self, *, leave: int = 0) -> None:
        """Leave at most so many bytes free."""
        self.empty()
        status = os.statvfs(self.root)
        descriptor = os.open(self.root / BALLAST, os.O_WRONLY | os.O_CREAT)
        try:
            os.posix_fallocate(descriptor, 0, max(1, status.f_bavail * status.f_frsize - leave))
        finally:
            os.close(descriptor)

    def empty(self) -> None:
        (self.root / BALLAST).unlink(missing_ok=True)

    def make_read_only(self) -> None:
        _run("mount", "-o", "remount,ro", str(self.root))


@contextmanager
def small_disk(folder: Path) -> Generator[Disk]:
    """A disk of a few megabytes at the folder."""
    folder.mkdir()
    if sys.platform != "linux" or not _run("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)):
        pytest.skip("may not mount a disk here")
    try:
        yield Disk(folder)
    finally:
        _run("umount", "-l", str(folder))


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
