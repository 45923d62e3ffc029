"""A folder or USB stick as the way: a package appears there whole under its name, or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from homevisit.errors import HomeVisitError
from homevisit.ids import PACKAGE_NAME

_TRIAL_BYTES = 4096
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO}
# File systems of USB sticks know no hard links, and some refuse to fsync a folder.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.EACCES, errno.EPERM, errno.ENOTSUP, errno.EISDIR, errno.EBADF}
_OURS = 0o600
_DEAD_AFTER = 24 * 3600.0
_PART = re.compile(rf"\.{PACKAGE_NAME.pattern}\.part")


class Folder:
    """A folder as a ``Transport``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        check(self._folder)

    def put_new(self, name: str, data: bytes) -> None:
        put_new(self._folder, name, data)

    def put_many(self, items: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, HomeVisitError | None]]:
        """One after the other: a stick does not get faster by being asked for several things at once."""
        for name, data in items:
            try:
                put_new(self._folder, name, data)
            except HomeVisitError as refusal:
                yield name, refusal
            else:
                yield name, None

    def names(self) -> tuple[str, ...]:
        return list_packages(self._folder)

    def get(self, name: str, *, max_bytes: int) -> bytes:
        return get(self._folder, name, max_bytes=max_bytes)

    def get_many(self, names: Iterable[str], *, max_bytes: int) -> Iterator[tuple[str, bytes | HomeVisitError]]:
        for name in names:
            try:
                yield name, get(self._folder, name, max_bytes=max_bytes)
            except HomeVisitError as refusal:
                yield name, refusal

    def remove(self, name: str) -> None:
        remove(self._folder, name)

    def close(self) -> None:
        """Nothing is held open."""


def check(folder: Path) -> None:
    """Refuse a place that cannot take a package before one is made: ``place.missing``, ``place.read_only`` …

    Unfinished files of ours that are a day old, by the folder's own clock, are taken away.
    """
    with _named_faults():
        if not folder.is_dir():
            raise HomeVisitError("place.missing")
        # Asked of the folder itself: permissions alone do not tell what a mount or an account may write, nor is a full
        # one noticed before something is in it.
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(data := secrets.token_bytes(_TRIAL_BYTES))
            trial.flush()
            os.fsync(trial.fileno())
            trial.seek(0)
            if trial.read() != data:
                raise HomeVisitError("place.damaged")
            now = os.fstat(trial.fileno()).st_mtime
        _tidy(folder, now)


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
    with (
        _named_faults(missing="place.gone" if folder.is_dir() else "place.missing"),
        (folder / name).open("rb") as file,
    ):
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise HomeVisitError("package.not_a_package")
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise HomeVisitError("package.too_large", size=len(data))
    return data


def remove(folder: Path, name: str) -> None:
    """Take a package away; one that is not there is done already."""
    _check_name(name)
    with _named_faults():
        if not folder.is_dir():
            raise HomeVisitError("place.missing")
        (folder / name).unlink(missing_ok=True)


@contextlib.contextmanager
def _named_faults(missing: str = "place.missing") -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise HomeVisitError(_code_of(fault, missing)) from fault


def _code_of(fault: OSError, missing: str) -> str:
    if fault.errno in _FULL:
        return "place.full"
    if fault.errno in _READ_ONLY:
        return "place.read_only"
    if fault.errno in _MISSING:
        return missing
    return "place.failed"


def _tidy(folder: Path, now: float) -> None:
    for entry in os.scandir(folder):
        # Others may be writing theirs at this moment, so only what nobody can still be writing goes.
        if _PART.fullmatch(entry.name) and now - entry.stat(follow_symlinks=False).st_mtime > _DEAD_AFTER:
            with contextlib.suppress(OSError):
                Path(entry.path).unlink()


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
