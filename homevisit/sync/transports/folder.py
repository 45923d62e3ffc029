"""A folder or USB stick as the way: a package appears there whole under its name, or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from homevisit.errors import HomeVisitError
from homevisit.ids import PACKAGE_NAME

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO}
# File systems of USB sticks know no hard links, and some refuse to fsync a folder.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.EACCES, errno.EPERM, errno.ENOTSUP, errno.EISDIR, errno.EBADF}
_OURS = 0o600


def check(folder: Path) -> None:
    """Refuse a place that cannot take a package before one is made: ``place.missing``, ``place.read_only`` …"""
    with _named_faults():
        if not folder.is_dir():
            raise HomeVisitError("place.missing")
        # Asked of the folder itself: permissions alone do not tell what a mount or an account may write.
        with tempfile.TemporaryFile(dir=folder):
            pass


def put_new(folder: Path, name: str, data: bytes) -> None:
    """Write a package and read it back. The same bytes under the same name are accepted as done before.

    Raises ``place.full``, ``place.read_only``, ``place.missing``, ``place.failed``, ``place.taken`` (another file has
    the name) or ``place.damaged`` (what was read back differs); none of them leaves a file under the name.
    """
    _check_name(name)
    with _named_faults():
        if not folder.is_dir():
            raise HomeVisitError("place.missing")
        if (folder / name).exists():
            return _check_same(folder / name, data)
        part = folder / f".{name}.part"
        try:
            _write(part, data)
            _check_written(part, data)
            _appear(part, folder / name, data)
        finally:
            # A stick that was pulled out has nothing left to tidy.
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        _sync_folder(folder)
        _check_written(folder / name, data)
    return None


def list_packages(folder: Path) -> tuple[str, ...]:
    """The names of the packages in a folder; files with any other name are not ours and are left alone."""
    with _named_faults():
        return tuple(sorted(entry.name for entry in os.scandir(folder) if _is_package(entry)))


def get(folder: Path, name: str, *, max_bytes: int) -> bytes:
    """The bytes of a package; ``package.too_large`` beyond ``max_bytes``."""
    _check_name(name)
    with _named_faults(), (folder / name).open("rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise HomeVisitError("package.not_a_package")
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise HomeVisitError("package.too_large", size=len(data))
    return data


@contextlib.contextmanager
def _named_faults() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise HomeVisitError(_code_of(fault)) from fault


def _code_of(fault: OSError) -> str:
    if fault.errno in _FULL:
        return "place.full"
    if fault.errno in _READ_ONLY:
        return "place.read_only"
    if fault.errno in _MISSING:
        return "place.missing"
    return "place.failed"


def _check_name(name: str) -> None:
    if not PACKAGE_NAME.fullmatch(name):
        raise HomeVisitError("place.name")


def _is_package(entry: os.DirEntry[str]) -> bool:
    return PACKAGE_NAME.fullmatch(entry.name) is not None and entry.is_file()


def _write(part: Path, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        part.unlink()  # what an earlier, interrupted attempt left
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _appear(part: Path, final: Path, data: bytes) -> None:
    """Give the finished file its name without ever replacing another."""
    try:
        os.link(part, final)
    except FileExistsError:
        _check_same(final, data)
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        # Names are random, so between this look and the rename nobody else makes the same one.
        if final.exists():
            return _check_same(final, data)
        part.rename(final)
    return None


def _check_same(path: Path, data: bytes) -> None:
    if not _holds(path, data):
        raise HomeVisitError("place.taken")


def _check_written(path: Path, data: bytes) -> None:
    if not _holds(path, data):
        raise HomeVisitError("place.damaged")


def _holds(path: Path, data: bytes) -> bool:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256")
    return found.digest() == hashlib.sha256(data).digest()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle for a folder that can be flushed
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if fault.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)
