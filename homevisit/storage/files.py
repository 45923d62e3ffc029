"""Small private files and folders: mode 0600 and 0700, written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from homevisit.storage.driver import translated

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def private_folder(path: Path) -> Path:
    """Make the folder and its parents for this user only; a folder that stands is closed to others."""
    with translated():
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        path.chmod(PRIVATE_FOLDER)
    return path


@contextmanager
def private_umask() -> Generator[None]:
    """Whatever is made inside, SQLite's own files too, is for this user only."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def write_whole(path: Path, data: bytes, *, at_once: bool = True) -> None:
    """Put a file in place in one step: after a power cut it is the old one or the new one.

    With ``at_once`` false it may be the old one for some seconds: half the cost, where that is sound.
    """
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    with translated():
        write_new(temporary, data)
        try:
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        if at_once:
            sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """A file that was not there, whole and on the disk, or none. An OSError says why, FileExistsError that it is there.

    It needs no O_BINARY on Windows: whatever ``fdopen`` is given, it makes binary.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def sync_file(path: Path) -> None:
    """Bring what was written to a file onto the disk."""
    with path.open("rb+") as target:
        os.fsync(target.fileno())


def sync_folder(path: Path) -> None:
    """Bring new names in a folder onto the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_small(path: Path, most: int) -> bytes | None:
    """The bytes of a small file; None if there is none, it cannot be read or it is larger than expected."""
    try:
        with path.open("rb") as source:
            data = source.read(most + 1)
    except OSError:
        return None
    return data if len(data) <= most else None


def read_ahead(path: Path, *, most: int) -> None:
    """Read a file once, at most so many bytes from its beginning, so that the system holds it in memory afterwards."""
    buffer = bytearray(1024 * 1024)
    with suppress(OSError), path.open("rb", buffering=0) as file:
        while file.tell() < most and file.readinto(buffer):
            pass
