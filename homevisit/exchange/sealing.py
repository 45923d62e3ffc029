"""age encryption in memory. The library holds the interpreter lock, so large pieces go through a child process."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pyrage

import homevisit
from homevisit.errors import HomeVisitError

CHILD_FROM_BYTES = 5_000_000
_SEAL, _OPEN = b"seal", b"open"
_DONE = b"done"
_LENGTHS = struct.Struct(">QQQ")
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from homevisit.exchange.sealing import serve; serve()"


def encrypt(plain: bytes, recipients: Sequence[str]) -> bytes:
    """Seal to ``age1…`` recipients; ``package.recipient`` where one is not an X25519 recipient."""
    if len(plain) > CHILD_FROM_BYTES:
        return _in_child(_SEAL, "\n".join(recipients), plain)
    return _encrypt(plain, recipients)


def decrypt(sealed: bytes, identity: str) -> bytes:
    """Open with one age identity: ``package.not_for_me`` without its key, ``package.damaged`` for changed bytes.

    The header must have been checked before (see ``age_header``).
    """
    if len(sealed) > CHILD_FROM_BYTES:
        return _in_child(_OPEN, identity, sealed)
    return _decrypt(sealed, identity)


def _encrypt(plain: bytes, recipients: Sequence[str]) -> bytes:
    try:
        return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(text) for text in recipients])
    except (pyrage.RecipientError, pyrage.EncryptError):
        raise HomeVisitError("package.recipient") from None


def _decrypt(sealed: bytes, identity: str) -> bytes:
    try:
        return pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as problem:
        foreign = "No matching keys" in str(problem)
        raise HomeVisitError("package.not_for_me" if foreign else "package.damaged") from None


def serve() -> None:
    """What the child process does: one task from its standard input, one answer to its standard output."""
    task, keys, data = _cut(sys.stdin.buffer.read())
    try:
        result = _encrypt(data, keys.decode().split("\n")) if task == _SEAL else _decrypt(data, keys.decode())
        answer = _joined(_DONE, b"", result)
    except HomeVisitError as refusal:
        answer = _joined(refusal.code.encode(), b"", b"")
    sys.stdout.buffer.write(answer)


def _in_child(task: bytes, keys: str, data: bytes) -> bytes:
    # Keys and data go over a pipe: never as arguments, which every user of the machine may read. Not multiprocessing,
    # because that runs the main module again in the child, and with it the window's libraries.
    root = str(Path(homevisit.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-I", "-c", _CHILD, root],
        input=_joined(task, keys.encode(), data),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if done.returncode or len(done.stdout) < _LENGTHS.size:
        raise HomeVisitError("package.process_stopped", status=done.returncode)
    verdict, _, result = _cut(done.stdout)
    if verdict != _DONE:
        raise HomeVisitError(verdict.decode())
    return result


def _joined(first: bytes, second: bytes, rest: bytes) -> bytes:
    return b"".join((_LENGTHS.pack(len(first), len(second), len(rest)), first, second, rest))


def _cut(message: bytes) -> tuple[bytes, bytes, bytes]:
    first, second, rest = _LENGTHS.unpack_from(message)
    start = _LENGTHS.size
    if len(message) != start + first + second + rest:
        raise HomeVisitError("package.process_stopped")
    parts = message[start : start + first], message[start + first : start + first + second]
    return (*parts, message[start + first + second :])
