"""Where refused packages stay, still sealed, each with a reason beside it; the original is never touched."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from homevisit.clock import instant
from homevisit.exchange import limits

_REASON = ".json"
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why one file was refused. ``kept`` is the file name of the sealed bytes, "" where they were too large to keep."""

    code: str
    when: str
    name: str
    size: int
    sha256: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where a refused file is now: ``file`` holds the sealed bytes (None if too large to keep), ``reason`` says why."""

    file: Path | None
    reason: Path


def keep(folder: Path, source: Path | bytes, *, code: str, name: str = "") -> Kept:
    """Keep the sealed bytes with the reason; the same bytes are kept once, under the name they first came with.

    A file over the package cap is only described: copying it would let a stranger fill the disk.
    """
    data, size = _bytes_of(source)
    name = name or (source.name if isinstance(source, Path) else "")
    sha256 = hashlib.sha256(data).hexdigest() if len(data) == size else ""
    stem = sha256[:32] or hashlib.sha256(f"{name}/{size}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file, reason = folder / f"{stem}.age", folder / f"{stem}{_REASON}"
    if sha256:
        _write(file, data)
    earlier = _reason(reason).name if reason.exists() else ""
    refused = Refused(
        code=code, when="", name=earlier or name, size=size, sha256=sha256, kept=file.name if sha256 else ""
    )
    _write_reason(reason, refused)
    return Kept(file=file if sha256 else None, reason=reason)


def drop(file: Path) -> None:
    """Remove a kept file and its reason: what was in it has been taken in after all."""
    for path in (file, file.with_suffix(_REASON)):
        with suppress(OSError):
            path.unlink()


def kept_reasons(folder: Path) -> tuple[Refused, ...]:
    """All that is in quarantine, newest first; a reason file that cannot be read is named as such."""
    found = [_reason(path) for path in folder.glob(f"*{_REASON}")]
    return tuple(sorted(found, key=lambda refused: refused.when, reverse=True))


def _reason(path: Path) -> Refused:
    try:
        value = json.loads(path.read_bytes())
        return Refused(**value)
    except (OSError, ValueError, TypeError):
        return Refused(code="quarantine.unreadable", when="", name=path.name, size=0, sha256="", kept="")


def _bytes_of(source: Path | bytes) -> tuple[bytes, int]:
    if isinstance(source, bytes):
        return (source, len(source)) if len(source) <= limits.PACKAGE_BYTES else (b"", len(source))
    size = source.stat().st_size
    return (source.read_bytes() if size <= limits.PACKAGE_BYTES else b"", size)


def _write_reason(path: Path, refused: Refused) -> None:
    # The moment is the file system's own: this room reads no clock.
    path.touch(mode=_PRIVATE)
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    _write(path, json.dumps(asdict(replace(refused, when=instant(when))), indent=1).encode())


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
